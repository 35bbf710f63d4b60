/** The planned reading version of one theme in one language. It has the content of the deck, but nothing is split to fit a slide. */
import type { StoryRole } from '../story.ts';
import type { Block } from '../text/text.ts';
import type { ChangeRow, DeckPerson, DrawnFigure, GlossaryTerm, Locator, RelatedTheme, SlideLink } from './deck.ts';
import type { FigureOf } from './figure.ts';

export interface Briefing {
  theme: string;
  /** The short code, as in file names. */
  lang: string;
  /** Output name without extension: `scaling-briefing` for the base language, else `scaling-briefing.zh`. */
  name: string;
  title: string;
  subtitle: string | null;
  accent: string;
  /** The language of title and summary when it differs from the briefing's; else null. */
  foreign: string | null;
  people: DeckPerson[];
  /** The newest date among the interviews, with the precision of the content. */
  date: string;
  summary: Block[];
  /** The theme's answer, and what stays open. Null when the theme has none. */
  answer: string | null;
  open: string | null;
  interviews: BriefingInterview[];
  bottomLine: BottomLine[];
  /** Null when changes were not asked for. */
  changes: { since: string; rows: (ChangeRow & { source: number })[]; gone: number } | null;
  sections: BriefingSection[];
  glossary: GlossaryTerm[];
  related: RelatedTheme[];
  /** Content files the briefing is made from, relative to the content folder, sorted. */
  sources: string[];
}

export interface BriefingInterview {
  title: string;
  people: DeckPerson[];
  date: string;
  /** Null when it is missing, or would reveal a person who must not be named. */
  source: { title: string; publisher: string | null; url: string | null; media: string | null; accessed: string | null } | null;
}

/** A link to an exchange. `source` is its number in the list of sources. */
export type BriefingLink = SlideLink & { source: number };

/** A line of the argument. `role` is null for the key exchanges of a theme that has no story. */
export type BottomLine = BriefingLink & { role: StoryRole | null };

export interface BriefingSection {
  id: string;
  /** Null for exchanges that belong to no section. */
  title: string | null;
  foreign: string | null;
  /** The interview's title when the briefing shows several interviews. */
  interview: string | null;
  exchanges: BriefingExchange[];
}

/** A complete exchange. */
export interface BriefingExchange {
  /** Unique in the briefing; the same as the id of its first slide. */
  id: string;
  /** Its number in the list of sources and in footnotes, counted from 1. */
  source: number;
  headline: string;
  /** Null when the question itself is the headline. */
  question: string | null;
  foreign: string | null;
  locator: Locator;
  terms: SlideLink[];
  numbers: FigureOf<'number'>[];
  figures: DrawnFigure[];
  parts: BriefingPart[];
  /** The presenter's notes as prose; empty when the theme leaves them out. */
  notes: Block[];
  /** Whether the points were taken from the answer because none are written yet. */
  draft: boolean;
  /** `<interview>/<exchange>`. */
  exchange: string;
  /** Content file, relative to the content folder. */
  file: string;
}

/** The points and quotes of an exchange in order. `by` is the speaker of a quote; null when withheld or unknown. */
export type BriefingPart = { kind: 'points'; blocks: Block[] } | { kind: 'quote'; blocks: Block[]; by: string | null };
