/** JSON transcripts: parsed once, with the places of their segments, so that findings can name a line. */
import { ExpectedError } from '../../shared/errors.ts';

/** Parses a file. Throws ExpectedError with the place where it is no JSON, or breaks off. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(escapeLineBreaks(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = /position (\d+)/.exec(error.message)?.[1];
    const before = text.slice(0, at === undefined ? text.length : Number(at)).split('\n');
    const place = `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    const isCutOff = at === undefined || Number(at) >= text.trimEnd().length;
    throw new ExpectedError(`${place}: ${isCutOff ? 'the JSON breaks off here' : 'this is no valid JSON'}`, {
      hint: isCutOff ? 'the file is not whole: copy or export it again' : 'export the transcript again, or correct this place',
      cause: error,
    });
  }
}

/** The line of each item in the array under a key of the outermost object (or in the outermost array, for null). `text` is valid JSON. */
export function itemLines(text: string, key: string | null): number[] {
  const found: number[] = [];
  const depthOfItems = key === null ? 1 : 2;
  let [depth, line, isInside, isNext] = [0, 1, key === null, false];
  for (const { sign, at, end } of signsOf(text)) {
    if (sign === '\n') {
      line += 1;
      continue;
    }
    if (depth === 1 && sign === '"' && key !== null && isKey(text, at, end, key)) isInside = true;
    if (isNext && !(sign === ']' && depth === depthOfItems)) found.push(line);
    isNext = false;
    if (sign === '[' || sign === '{') {
      depth += 1;
      isNext = isInside && depth === depthOfItems && sign === '[';
    } else if (sign === ']' || sign === '}') {
      if (isInside && depth === depthOfItems) return found;
      depth -= 1;
    } else if (sign === ',') isNext = isInside && depth === depthOfItems;
  }
  return found;
}

interface Sign {
  sign: string;
  at: number;
  /** The end of a string, or of the sign itself. */
  end: number;
}

/** Brackets, commas, line ends, and the first sign of every string or other value. */
function* signsOf(text: string): Generator<Sign> {
  const pattern = /[[\]{},\n"]|[^\s[\]{},":]+/g;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const sign = match[0][0] ?? '';
    if (sign === '"') pattern.lastIndex = endOfString(text, match.index) + 1;
    yield { sign, at: match.index, end: pattern.lastIndex };
  }
}

function isKey(text: string, at: number, end: number, key: string): boolean {
  return text.slice(at + 1, end - 1) === key && /^\s{0,99}:/.test(text.slice(end, end + 100));
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

/** whisper.cpp escapes quotes and backslashes only: a line break or tab inside a string stays what it is. */
function escapeLineBreaks(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    if (!(error instanceof SyntaxError) || !/control character/i.test(error.message)) return text;
  }
  let [inString, from] = [false, 0];
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') inString = !inString;
    else if (sign === '\\' && inString) at += 1;
    else if (inString && sign !== undefined && sign < ' ') {
      pieces.push(text.slice(from, at), `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
      from = at + 1;
    }
  }
  return pieces.join('') + text.slice(from);
}
