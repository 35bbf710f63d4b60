import type { z } from 'zod';
import type { attribution, InterviewMatter } from './front-matter.ts';
import type { Called } from './names/name-finder.ts';
import type { Figure } from './outputs/figure.ts';
import type { Query } from './query.ts';
import type { Block, Localized } from './text/text.ts';

export type Attribution = z.infer<typeof attribution>;

/** Everything read from a content folder. Holds only what is free of errors; what is not stands in `broken`. */
export interface Corpus {
  /** The language of the files without a language in their name: that of most interviews. */
  baseLanguage: string;
  /** Every language that some file is written in, the base language first, the others in order of their code. */
  languages: string[];
  /** By date, then id. */
  interviews: Interview[];
  /** By interview, then file name. Drafts and embargoed ones are in here: the plan leaves them out. */
  exchanges: Exchange[];
  /** By `order`, then id. */
  themes: Theme[];
  /** By id. */
  terms: Term[];
  /** The declared tags that are not themes, each with its meaning. */
  tags: ReadonlyMap<string, string>;
  /** Everybody whose name must not leave the house; also of interviews that are broken. */
  withheld: WithheldPerson[];
  broken: BrokenFile[];
}

/** Somebody who is not to be named, in any deck that their interview is part of. */
export interface WithheldPerson extends Called {
  interview: string;
  /** Id in the interview. */
  person: string;
  attribution: Exclude<Attribution, 'named'>;
}

export interface Person {
  id: string;
  name: string;
  role: InterviewMatter['people'][number]['role'];
  affiliation: string | null;
  attribution: Attribution | null;
}

export interface InterviewText {
  title: string;
  people: Person[];
  source: { title: string; publisher: string | null; url: string | null; media: string | null; accessed: string | null } | null;
  sections: { id: string; title: string }[];
  context: Block[];
}

export interface Interview {
  id: string;
  /** Path of the base file, relative to the content folder, with forward slashes. */
  file: string;
  date: string;
  lang: string;
  attribution: Attribution;
  embargo: string | null;
  text: Localized<InterviewText>;
}

export interface ExchangeText {
  file: string;
  question: string;
  takeaway: string | null;
  /** What the slides show. */
  body: Block[];
  notes: Block[];
  transcript: Block[];
  figures: Figure[];
}

export interface Exchange {
  /** The slug of the file name, unique in its interview. */
  id: string;
  interview: string;
  file: string;
  /** Position in its interview, counted from 1. */
  number: number;
  tags: string[];
  /** Tags that an import suggests. */
  suggested: string[];
  section: string | null;
  speaker: string | null;
  start: string | null;
  end: string | null;
  key: boolean;
  terms: string[];
  draft: boolean;
  attribution: Attribution | null;
  text: Localized<ExchangeText>;
}

export interface Theme {
  id: string;
  file: string;
  order: number;
  accent: string;
  query: Query;
  steps: boolean;
  /** Whether the briefing prints the notes of exchanges. */
  notes: boolean;
  text: Localized<{ title: string; subtitle: string | null; summary: Block[]; keywords: string[] }>;
}

export interface Term {
  id: string;
  file: string;
  text: Localized<{ term: string; aliases: string[]; definition: Block[] }>;
}

/** A file with an error. The decks that it belongs to keep their last good version. */
export interface BrokenFile {
  file: string;
  kind: 'interview' | 'exchange' | 'theme' | 'term' | 'tags' | 'other';
  /** The language of the translation, or null for a base file. */
  lang: string | null;
  /** Theme, term or interview id the file stands for, as far as the file name tells. */
  id: string;
  /** The interview it belongs to, for interviews and exchanges. */
  interview: string | null;
  /** The tags of a broken exchange as far as they can be read, else null: then nobody knows which decks it belongs to. */
  tags: string[] | null;
  permission: Permission;
}

/** What a broken file still says about whether it may be published. What cannot be read forbids it. */
export interface Permission {
  draft: boolean | 'unreadable';
  /** A date, or null when there is none. */
  embargo: string | 'unreadable' | null;
  attribution: 'readable' | 'unreadable';
}
