/** The planned slides of one theme in one language: all decisions about content made, no look yet. */
import type { Block } from '../text/text.ts';
import type { Figure, FigureOf } from './figure.ts';
import type { FigureRoom, HeadlineSize, RowSize, TextSize } from './metrics.ts';

export interface Deck {
  theme: string;
  /** The short code, as in file names. */
  lang: string;
  /** Output name without extension: `scaling` for the base language, else `scaling.zh`. */
  name: string;
  title: string;
  subtitle: string | null;
  accent: string;
  /** Place of the theme among the others. */
  order: number;
  /** Points come one by one while presenting. */
  steps: boolean;
  /** Whether what the presenter says may be given to others, on paper. */
  notes: boolean;
  /** Who is interviewed, as shown. */
  people: DeckPerson[];
  /** The newest date among the interviews, as content gives it. */
  date: string;
  summary: Block[];
  slides: Slide[];
  /** Content files the deck is made from, relative to the content folder, sorted. */
  sources: string[];
  /** Slides whose content is larger than its box, as far as that is known without a browser. */
  overfull: { slide: string; file: string | null; pixels: number }[];
}

export interface DeckPerson {
  /** Null where attribution withholds the name: then only the role is shown. */
  name: string | null;
  role: 'interviewer' | 'interviewee' | 'moderator' | 'other';
  affiliation: string | null;
}

/** Where a claim comes from. */
export interface Locator {
  /** Name of who speaks, or null when it is withheld or not given. */
  speaker: string | null;
  interview: string;
  /** Its title again, where the deck shows several interviews; else null. */
  whichInterview: string | null;
  date: string;
  section: string | null;
  /** Position of the exchange in its interview, counted from 1. */
  number: number;
  start: string | null;
  /** Where a reader can follow it up. */
  href: string | null;
}

/** Which piece of a continued slide this is; count is 1 when it stands alone. */
export interface Part {
  index: number;
  count: number;
}

export interface SlideLink {
  /** Id of the slide it leads to. */
  slide: string;
  text: string;
  /** The language of the text, when it is not the deck's. */
  foreign: string | null;
}

interface SlideBase {
  /** Unique in the deck; route alias in Slidev, anchor in the PDF. */
  id: string;
  part: Part;
  /** The language the text is really in, when it is not the deck's: an untranslated text. */
  foreign: string | null;
}

/** What every slide of an exchange carries. */
interface FromExchange extends SlideBase {
  headline: string;
  headlineSize: HeadlineSize;
  /** Where a Chinese headline is divided, in UTF-16 units; null where the browser decides. */
  breakAt: number | null;
  textSize: TextSize;
  /** Null when the question itself is the headline. */
  question: string | null;
  /** The question as the line above the headline; null where it finds no room. */
  questionLine: string | null;
  section: string | null;
  locator: Locator;
  terms: SlideLink[];
  notes: Block[];
  /** `<interview>/<exchange>`. */
  exchange: string;
  /** Content file, relative to the content folder. */
  file: string;
  /** The text was taken from the answer because nobody has written points yet. */
  draft: boolean;
}

export type CoverSlide = SlideBase & {
  kind: 'cover';
  title: string;
  /** In CSS pixels. */
  titleSize: number;
  subtitle: string | null;
  subtitleSize: number;
  people: DeckPerson[];
  interviews: { title: string; date: string; publisher: string | null }[];
  /** As much of the summary as there is room for; the notes have all of it. */
  shown: Block[];
  summary: Block[];
};
/** Numbered rows: the number of the first, the size of their text, what each takes besides it (CSS pixels). */
export interface Rows {
  first: number;
  rowSize: RowSize;
  padding: number;
}
export type BottomLineSlide = SlideBase & Rows & { kind: 'bottom-line'; takeaways: SlideLink[] };
export type ChangeRow = SlideLink & {
  mark: 'new' | 'changed';
  /** The headline of then, where it was another one and may be shown. */
  earlier: string | null;
};
export type ChangesSlide = SlideBase &
  Omit<Rows, 'first'> & {
    kind: 'changes';
    /** Since when: a day or a month. */
    since: string;
    rows: ChangeRow[];
    /** Exchanges that the deck has no more; 0 on all but the last of continued slides. */
    gone: number;
    /** Whether to say that nothing has changed. */
    nothing: boolean;
  };
export type AgendaSlide = SlideBase &
  Rows & {
    kind: 'agenda';
    /** Titles are null for exchanges that belong to no section. */
    sections: { slide: string; title: string | null; foreign: string | null; exchanges: number; interview: string | null }[];
  };
export type SectionSlide = SlideBase & {
  kind: 'section';
  title: string | null;
  /** In CSS pixels. */
  titleSize: number;
  interviewSize: number;
  index: number;
  count: number;
  interview: string | null;
  /** How many exchanges the section has here, and those of them that the slide names. */
  exchanges: number;
  listed: SlideLink[];
};
export type ExchangeSlide = FromExchange & { kind: 'exchange'; blocks: Block[] };
export type DrawnFigure = Exclude<Figure, FigureOf<'number'>>;
/** Beside the points, as a strip above them, or alone on the slide. */
export type Arrangement = 'beside' | 'strip' | 'alone';
export type FigureSlide = FromExchange & {
  kind: 'figure';
  blocks: Block[];
  figure: DrawnFigure;
  arrangement: Arrangement;
  room: FigureRoom;
};
/** The speaker's own words, large. `by` is who says them; null when that is withheld or not given. */
export type QuoteSlide = FromExchange & { kind: 'quote'; blocks: Block[]; by: string | null };
/** `valueSize` in CSS pixels: one for all numbers of the slide. */
export type NumberSlide = FromExchange & { kind: 'number'; blocks: Block[]; numbers: FigureOf<'number'>[]; valueSize: number };
export interface GlossaryTerm {
  id: string;
  term: string;
  aliases: string[];
  definition: Block[];
  foreign: string | null;
  /** A definition that is longer than a column goes on in the next one. */
  part: Part;
}
export type GlossarySlide = SlideBase & { kind: 'glossary'; columns: GlossaryTerm[][] };
/** Another theme that takes some of the same exchanges. `exchanges` counts what the two have in common; `shared` are the first of them. */
export interface RelatedTheme {
  name: string;
  title: string;
  subtitle: string | null;
  foreign: string | null;
  accent: string;
  exchanges: number;
  shared: SlideLink[];
}
/** `titleSize` in CSS pixels: one for all themes of the slide. */
export type RelatedSlide = SlideBase & { kind: 'related'; titleSize: number; themes: RelatedTheme[] };
export type SourcesSlide = SlideBase & {
  kind: 'sources';
  /** Set in small type, for a row would be higher than the slide. */
  small: boolean;
  /** Where the interviews were published; only on the first of continued slides. */
  interviews: {
    title: string;
    people: DeckPerson[];
    date: string;
    source: { title: string; publisher: string | null; url: string | null; media: string | null; accessed: string | null } | null;
  }[];
  exchanges: { slide: string; headline: string; foreign: string | null; locator: Locator }[];
};

export type Slide =
  | CoverSlide
  | BottomLineSlide
  | ChangesSlide
  | AgendaSlide
  | SectionSlide
  | ExchangeSlide
  | FigureSlide
  | NumberSlide
  | QuoteSlide
  | GlossarySlide
  | RelatedSlide
  | SourcesSlide;
export type SlideKind = Slide['kind'];
