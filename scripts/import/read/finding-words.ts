/** What reading finds, in words. */
import type { Wording } from '../finding-text.ts';

/** What each finding of reading carries. */
export interface ReadingArgs {
  /** The bytes are not UTF-8 and say nothing of their encoding. */
  'guessed-encoding': { encoding: string };
  /** A few characters of a UTF-8 file were already broken. */
  'broken-characters': Record<never, never>;
  /** A cue's times cannot be read; its words are kept without them. */
  'broken-cue': { found: string };
  /** A name before a colon that stands there once: it was taken as part of the text. */
  'unsure-speaker': { label: string };
  /** A further paragraph was taken as part of an editor's note. */
  'longer-note': { term: string };
}

export const readingWords: Wording<ReadingArgs> = {
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
    message: ({ label }) => `"${label}:" may be a speaker, but stands here only; it was kept as part of the text above`,
    hint: ({ label }) => `if ${label} speaks, add a line at the top: "Participants: ${label}, ..."`,
  },
  'longer-note': {
    severity: 'warning',
    message: ({ term }) => `this paragraph was taken as part of the note on "${term}", for it names the term and nobody speaks before the next turn`,
    hint: () => 'if it belongs to the answer, put it before the note and import again',
  },
};
