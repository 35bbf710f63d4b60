/** The planned reading version of one theme in one language: the same decisions as in its deck, but nothing split to fit a slide. */
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
  /** The language of title and summary, when it is not the briefing's. */
  foreign: string | null;
  people: DeckPerson[];
  /** The newest date among the interviews, as content gives it. */
  date: string;
  summary: Block[];
  interviews: BriefingInterview[];
  bottomLine: BriefingLink[];
  /** Null where nobody asked what has changed. */
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
  /** Null when it is not given, or would tell who somebody is that must not be named. */
  source: { title: string; publisher: string | null; url: string | null; media: string | null; accessed: string | null } | null;
}

/** A link to an exchange; `source` is the number under which the sources list it. */
export type BriefingLink = SlideLink & { source: number };

export interface BriefingSection {
  id: string;
  /** Null for exchanges that belong to no section. */
  title: string | null;
  foreign: string | null;
  /** The interview's title when the briefing shows several interviews. */
  interview: string | null;
  exchanges: BriefingExchange[];
}

/** An exchange, whole. */
export interface BriefingExchange {
  /** Unique in the briefing; the same as that of its first slide. */
  id: string;
  /** Under this number, counted from 1, the sources list it: what a footnote's number is. */
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
  /** What a presenter would say, as prose; nothing where the theme keeps it out. */
  notes: Block[];
  /** The points were taken from the answer because nobody has written any yet. */
  draft: boolean;
  /** `<interview>/<exchange>`. */
  exchange: string;
  /** Content file, relative to the content folder. */
  file: string;
}

/** Points in their order, and quotes between them. `by` is who says a quote; null when that is withheld or not given. */
export type BriefingPart = { kind: 'points'; blocks: Block[] } | { kind: 'quote'; blocks: Block[]; by: string | null };
