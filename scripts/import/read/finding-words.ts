/** The texts of findings about reading files */
import type { FindingWording } from '../finding-text.ts';

/** The arguments of each finding. */
export interface ReadingArgs {
  /** The bytes are not UTF-8 and do not declare their encoding. */
  'guessed-encoding': { encoding: string };
  /** A few characters of a UTF-8 file are broken already. */
  'broken-characters': Record<never, never>;
  /** The times of a cue cannot be read. Its words are kept without them. */
  'broken-cue': { found: string };
  /** A segment of a JSON file does not match its format. It is left out. */
  'broken-segment': { key: string };
  'broken-time': { found: string };
  /** A row ends before the column of the words. It is left out. */
  'short-row': { cells: number; columns: number };
  /** A row has more cells than there are columns. The extra cells are taken as words. */
  'wide-row': { cells: number; columns: number };
  'unclosed-quote': Record<never, never>;
  /** A reference to a code that is not in the codebook. */
  'unknown-code': { code: string };
  /** A source without text, such as a picture or recording. */
  'unread-source': { name: string; kind: string };
  /** A source whose text is outside the file, or missing. */
  'missing-text': { source: string; path: string };
  /** Codes on a passage that is not spoken, or that is not in the text. */
  'unplaced-code': { codes: string[]; quote: string };
  /** A name before a colon that occurs only once. It is taken as part of the text. */
  'unsure-speaker': { label: string };
  /** Another paragraph is taken as part of an editor's note. */
  'longer-note': { term: string };
}

export const readingWords: FindingWording<ReadingArgs> = {
  'guessed-encoding': {
    severity: 'warning',
    message: ({ encoding }) => `the file is not UTF-8; it was read as ${encoding}`,
    hint: () => 'if letters look wrong, name its encoding: --encoding NAME',
  },
  'broken-cue': {
    severity: 'error',
    message: ({ found }) => `the times of this cue cannot be read: "${found}"; its words are kept without times`,
    hint: () => 'write them as 00:04:12.000 --> 00:04:15.500 and import again',
  },
  'broken-characters': {
    severity: 'warning',
    message: () => 'from here on some bytes are not UTF-8; each became a question mark in a diamond',
    hint: () => 'look at these words; if the file is in another encoding, name it: --encoding NAME',
  },
  'unsure-speaker': {
    severity: 'warning',
    message: ({ label }) => `"${label}:" may be a speaker, but occurs only here; it was kept as part of the text above`,
    hint: ({ label }) => `if ${label} speaks, add a line at the top: "Participants: ${label}, ..."`,
  },
  'longer-note': {
    severity: 'warning',
    message: ({ term }) =>
      `this paragraph was taken as part of the note on "${term}", for it names the term and nobody speaks before the next turn`,
    hint: () => 'if it belongs to the answer, put it before the note and import again',
  },
  'broken-segment': {
    severity: 'error',
    message: ({ key }) => `this segment ${key === '' ? 'is no segment' : `has no "${key}" that can be read`}; it is left out`,
    hint: () => 'correct it in the file, or export the transcript again',
  },
  'broken-time': {
    severity: 'error',
    message: ({ found }) => `this time cannot be read: "${found}"; the words are kept without it`,
    hint: () => 'write times as 00:04:12 or 04:12, or as seconds',
  },
  'short-row': {
    severity: 'error',
    message: ({ cells, columns }) => `this row has no words and is left out (${cells} of ${columns} cells)`,
    hint: () => 'give it all columns of the first line',
  },
  'wide-row': {
    severity: 'warning',
    message: ({ cells, columns }) => `this row has ${cells} cells for ${columns} columns; the surplus was read as part of its words`,
    hint: () => 'put words that hold the delimiter in quotes',
  },
  'unclosed-quote': {
    severity: 'warning',
    message: () => 'a quote that opens here is never closed; from here on quotes were read as characters',
    hint: () => 'close it, or double it where it is meant as a character, and import again',
  },
  'unknown-code': {
    severity: 'error',
    message: ({ code }) => `a passage has the code ${code}, which the codebook does not have; it is left out`,
    hint: () => 'export the project together with its codebook',
  },
  'unread-source': {
    severity: 'error',
    message: ({ name, kind }) => `the source "${name}" is a ${kind} without a transcript; it is left out`,
    hint: () => 'transcribe it in the program it comes from, or import its transcript as a file of its own',
  },
  'missing-text': {
    severity: 'error',
    message: ({ source, path }) =>
      `the text of the source "${source}" is not in the file${path === '' ? '' : ` (${path})`}; it is left out`,
    hint: () => 'export the project with its sources inside, or import this text as a file of its own',
  },
  'unplaced-code': {
    severity: 'error',
    message: ({ codes, quote }) =>
      `${codes.map((code) => `"${code}"`).join(', ')} ${codes.length === 1 ? 'is' : 'are'} left out: ${quote === '' ? 'no turn is there' : `no turn contains the passage "${quote}"`}`,
    hint: () => 'tag the exchange by hand',
  },
};
