/** What to say of files that no reader can make anything of. */
import { ExpectedError } from '../../shared/errors.ts';
import { FORMATS } from './formats.ts';

/** Nothing in the file tells what it is. */
export function unrecognised(file: string): ExpectedError {
  return new ExpectedError(`${file}: this is no transcript in a format that is known`, {
    hint: `known: ${FORMATS.join(', ')}; force one with --from FORMAT`,
  });
}

/** A JSON file without the array that its format has. */
export function noSegments(file: string, key: string): ExpectedError {
  return new ExpectedError(`${file}: the JSON has no list "${key}"`, {
    hint: 'known are the JSON of Podcasting 2.0 and of WhisperX ("segments") and that of whisper.cpp ("transcription")',
  });
}
