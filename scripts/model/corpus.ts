import type { z } from 'zod';
import type { attribution, InterviewMatter } from './front-matter.ts';
import type { Called } from './names/name-finder.ts';
import type { Figure } from './outputs/figure.ts';
import type { Query } from './query.ts';
import type { Statements, StoryStep } from './story.ts';
import type { Block, Localized } from './text/text.ts';

export type Attribution = z.infer<typeof attribution>;

/** Everything read from a content folder. Files with errors are only listed in `broken`. */
export interface Corpus {
  /** The language of files without a language in their name: the most common language of the interviews. */
  baseLanguage: string;
  /** All languages that files are written in: the base language first, the others sorted by code. */
  languages: string[];
  /** Sorted by date, then id. */
  interviews: Interview[];
  /** Sorted by interview, then file name. Includes drafts and embargoed exchanges, which the plan leaves out. */
  exchanges: Exchange[];
  /** Sorted by `order`, then id. */
  themes: Theme[];
  /** Sorted by id. */
  terms: Term[];
  /** The declared tags that are not themes, each with its meaning. */
  tags: ReadonlyMap<string, string>;
  /** Everybody whose name must not be published, including people of broken interviews. */
  withheld: WithheldPerson[];
  broken: BrokenFile[];
}

/** A person who must not be named in any deck that contains their interview. */
export interface WithheldPerson extends Called {
  interview: string;
  /** Id of the person in the interview. */
  person: string;
  attribution: Exclude<Attribution, 'named'>;
}

export interface Person {
  id: string;
  name: string;
  role: InterviewMatter['people'][number]['role'];
  affiliation: string | null;
  /** How far the name is withheld anywhere in the interview. Null when it is not. */
  attribution: WithheldPerson['attribution'] | null;
}

export interface InterviewText {
  title: string;
  people: Person[];
  source: {
    title: string;
    publisher: string | null;
    url: string | null;
    media: string | null;
    accessed: string | null;
    note: string | null;
  } | null;
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
  /** The blocks shown on slides. */
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
  text: Localized<ThemeText>;
}

export interface ThemeText {
  title: string;
  subtitle: string | null;
  summary: Block[];
  keywords: string[];
  /** The sentence that answers the theme's question. */
  answer: string | null;
  /** What stays open, in a phrase. */
  open: string | null;
  /** The steps of the short deck; empty when none are written. `show` holds addresses of exchanges. */
  story: StoryStep[];
  certainty: Statements | null;
}

export interface Term {
  id: string;
  file: string;
  text: Localized<{ term: string; aliases: string[]; definition: Block[] }>;
}

/** Groups by the id of the interview and keeps the order. */
export function byInterview<I extends string | null, T extends { interview: I }>(
  all: readonly T[],
): ReadonlyMap<T['interview'], readonly T[]> {
  const groups = new Map<T['interview'], T[]>();
  for (const each of all) {
    const group = groups.get(each.interview);
    if (group === undefined) groups.set(each.interview, [each]);
    else group.push(each);
  }
  return groups;
}

/** A file with an error. The decks that contain it keep their last good version. */
export interface BrokenFile {
  file: string;
  kind: 'interview' | 'exchange' | 'theme' | 'term' | 'tags' | 'other';
  /** The language of the translation, or null for a base file. */
  lang: string | null;
  /** Id of the theme, term or interview, as far as the file name tells. */
  id: string;
  /** The interview it belongs to, for interviews and exchanges. */
  interview: string | null;
  /** The tags of a broken exchange. Null when they cannot be read; then it is unknown which decks contain it. */
  tags: string[] | null;
  permission: Permission;
}

/** What a broken file says about publishing. An unreadable value forbids it. */
export interface Permission {
  draft: boolean | 'unreadable';
  /** A date, or null when there is none. */
  embargo: string | 'unreadable' | null;
  attribution: 'readable' | 'unreadable';
}
