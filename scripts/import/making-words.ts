/** The texts of findings about making content files */
import type { FindingWording } from './finding-text.ts';

/** The arguments of each finding. */
export interface MakingArgs {
  /** Some or all speakers have no label. */
  'unnamed-speaker': { name: string; all: boolean };
  /** No speaker seems to ask questions. */
  'nobody-asks': Record<never, never>;
  /** There are more people than an interview may have. */
  'too-many-people': { names: string[]; limit: number };
  /** An exchange has more codes than it may have tags. */
  'too-many-tags': { tags: string[]; limit: number };
  /** A value in the head of the file is invalid. */
  'unusable-head': { key: string; value: string };
  /** New terms are base files, but their language is not the content's base language. */
  'term-language': { count: number; lang: string; base: string };
  /** The existing interview has another value. */
  'kept-as-written': { key: string; given: string; written: string };
  /** A content file cannot be updated. */
  'not-updated': { key: string };
  /** A content file is not UTF-8. */
  'not-read': Record<never, never>;
  /** Somebody has split or joined exchanges. */
  regrouped: { files: string[] };
  /** The same, and the file has words that are in none of these exchanges. */
  'regrouped-news': { files: string[] };
  /** Text without a speaker. Existing notes and context belong to their author, so it is not added. */
  'remark-left-out': { text: string; file: string };
}

export const makingWords: FindingWording<MakingArgs> = {
  'unnamed-speaker': {
    severity: 'warning',
    message: ({ name, all }) => `the file does not say who speaks${all ? '' : ' here and elsewhere'}; the speaker appears as "${name}"`,
    hint: () => "write the name into the interview's index.md, as `name` of that person",
  },
  'nobody-asks': {
    severity: 'warning',
    message: () =>
      'nobody seems to ask questions: exchanges begin at headings and after about two minutes of speech, and their first sentences are used as questions',
    hint: () => 'name the person who asks: --interviewer NAME',
  },
  'too-many-people': {
    severity: 'warning',
    message: ({ names, limit }) => `more than ${limit} people speak; these stand only in the transcripts: ${names.join(', ')}`,
    hint: () => 'give people who are one the same name: --name LABEL=NAME',
  },
  'too-many-tags': {
    severity: 'error',
    message: ({ tags, limit }) => `the exchange has more than ${limit} codes; left out: ${tags.join(', ')}`,
    hint: () => 'join codes before you export them',
  },
  'unusable-head': {
    severity: 'error',
    message: ({ key, value }) => `the ${key} of the file, "${value}", cannot be used and is left out`,
    hint: ({ key }) => `give it yourself: --${key}`,
  },
  'term-language': {
    severity: 'warning',
    message: ({ count, lang, base }) =>
      `${count === 1 ? 'a term is' : `${count} terms are`} in ${lang}, and the terms of this content are in ${base}`,
    hint: ({ lang }) => `write them in the language of the content, and these texts as <id>.${lang}.md`,
  },
  'kept-as-written': {
    severity: 'warning',
    message: ({ key, given, written }) => `the ${key} of the existing interview stays "${written}"; "${given}" is ignored`,
    hint: () => 'change it in index.md',
  },
  'not-updated': {
    severity: 'error',
    message: ({ key }) => `the front matter cannot be changed without touching what you wrote; ${key} stays as it is`,
    hint: () => 'npm run briefdeck -- check says what is wrong with it; correct it and import again',
  },
  'not-read': {
    severity: 'error',
    message: () => 'the file is not UTF-8 text; nothing is done to it, and its exchange may be there twice',
    hint: () => 'save it as UTF-8, or remove it, and import again',
  },
  regrouped: {
    severity: 'warning',
    message: ({ files }) => `exchanges were divided or joined by hand, and stay so: ${files.join(', ')}`,
    hint: () => 'nothing is to be done: every word of the file is in them',
  },
  'regrouped-news': {
    severity: 'error',
    message: ({ files }) =>
      `exchanges were divided or joined by hand, and words of the file that they do not have are left out: ${files.join(', ')}`,
    hint: () => 'bring their transcripts up to date by hand',
  },
  'remark-left-out': {
    severity: 'warning',
    message: ({ text, file }) => `"${text}" has no speaker and is not in ${file}, which exists already and stays as it is`,
    hint: () => 'add it there if it matters',
  },
};
