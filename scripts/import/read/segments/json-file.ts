/** Parses JSON transcripts and finds the lines of their segments for findings. */
import { ExpectedError } from '../../../shared/errors.ts';

/** Parses a file. Throws ExpectedError with the place when it is not JSON or is truncated. */
export function parseJsonFile(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = isCutOff(error, text) ? text.trimEnd().length : faultIn(text, error);
    const isCut = at === text.trimEnd().length;
    throw new ExpectedError(`${placeIn(text, file, at)}: ${isCut ? 'the JSON breaks off here' : 'this is no valid JSON'}`, {
      hint: isCut ? 'the file is not whole: copy or export it again' : 'export the transcript again, or correct this place',
      cause: error,
    });
  }
}

function placeIn(text: string, file: string, at: number | null): string {
  if (at === null) return file;
  const before = text.slice(0, at).split('\n');
  return `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

function positionIn({ message }: SyntaxError): number | null {
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined ? null : Number(position);
}

/** Whether the text is a truncated JSON document. */
function isCutOff(error: SyntaxError, text: string): boolean {
  return /^(?:Unexpected end|Unterminated)/.test(error.message) || (positionIn(error) ?? -1) >= text.trimEnd().length;
}

/**
 * Returns the position of an error, which V8 does not always give. Then a binary search looks for the longest prefix that is merely
 * truncated.
 */
function faultIn(text: string, error: SyntaxError): number | null {
  const position = positionIn(error);
  // For a larger file, twenty steps take too long.
  if (position !== null || text.length > 2_000_000) return position;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isBeginning(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return isCutOff(error, text);
  }
}

/** Parses JSON. Accepts line breaks and tabs inside strings, because whisper.cpp escapes only quotes and backslashes. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError) || !/control character/i.test(error.message)) throw error;
    return JSON.parse(withEscapes(text));
  }
}

/** Returns the line of each item in the array under a top-level key (null: the top-level array itself). `text` must be valid JSON. */
export function itemLines(text: string, key: string | null): number[] {
  const start = key === null ? text.indexOf('[') + 1 : arrayUnder(text, key);
  const found: number[] = [];
  let [depth, line, isNext] = [0, text.slice(0, start).split('\n').length, true];
  for (let at = start; at < text.length && depth >= 0; at += 1) {
    const sign = text[at] ?? '';
    if (sign === '\n') line += 1;
    if (sign <= ' ') continue;
    depth += DEPTH[sign] ?? 0;
    if (isNext && depth >= 0) found.push(line);
    isNext = sign === ',' && depth === 0;
    if (sign === '"') at = endOfString(text, at);
  }
  return found;
}

/** Returns the position after the `[` of an array, or the end of the text when there is no such array. */
function arrayUnder(text: string, key: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    depth += DEPTH[sign] ?? 0;
    if (sign !== '"') continue;
    const end = endOfString(text, at);
    const value = depth === 1 && text.slice(at + 1, end) === key ? /^"\s{0,99}:\s{0,99}\[/.exec(text.slice(end, end + 250)) : null;
    if (value !== null) return end + value[0].length;
    at = end;
  }
  return text.length;
}

const DEPTH: Readonly<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 };

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function withEscapes(text: string): string {
  let [isString, from] = [false, 0];
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (sign === '"') isString = !isString;
    else if (sign === '\\' && isString) at += 1;
    else if (isString && sign < ' ') {
      pieces.push(text.slice(from, at), `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
      from = at + 1;
    }
  }
  return pieces.join('') + text.slice(from);
}
