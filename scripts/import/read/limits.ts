/** Limits on the size of input. Reading takes time and memory in proportion to it. */
import { ExpectedError } from '../../shared/errors.ts';

/** Larger files are refused, so check the size before reading. JSON with a time for every word has 1 MB an hour. */
export const MAX_INPUT_BYTES = 100 * 1024 * 1024;
/** The limit for plain text, cues, HTML and CSV. A talk of ten hours has 1 MB. */
export const MAX_TEXT_BYTES = 32 * 1024 * 1024;
/** About the lines of subtitles for a hundred hours. */
export const MAX_LINES = 500_000;

/** Returns the error for a file that is too large. Needs only its size. */
export function tooLarge(file: string, bytes: number, limit = MAX_INPUT_BYTES): ExpectedError {
  const megabytes = (count: number) => Math.ceil(count / 1024 / 1024);
  return new ExpectedError(`${file}: the file has ${megabytes(bytes)} MB; at most ${megabytes(limit)} MB are read`, {
    hint: 'a transcript of ten hours has about 1 MB: give it without recordings, or split the file',
  });
}

/** Throws ExpectedError when a text has more lines than any transcript. */
export function refuseEndless(text: string, file: string): void {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lines += 1;
    if (lines <= MAX_LINES) continue;
    throw new ExpectedError(`${file}: the text has more than ${MAX_LINES} lines; no more are read`, { hint: 'split the file' });
  }
}
