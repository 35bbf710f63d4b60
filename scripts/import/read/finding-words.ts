/** What reading finds, in words. */
import type { Wording } from '../finding-text.ts';

/** What each finding of reading carries. */
export interface ReadingArgs {
  /** The bytes are not UTF-8 and say nothing of their encoding. */
  'guessed-encoding': { encoding: string };
  /** A cue's times cannot be read; its words are kept without them. */
  'broken-cue': { found: string };
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
};
