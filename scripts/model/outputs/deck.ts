/** The planned slides of one theme in one language. All decisions about content are made; nothing is rendered yet. */
import type { InterviewText } from '../corpus.ts';
import type { Certainty, StoryRole } from '../story.ts';
import type { Block } from '../text/text.ts';
import type { Figure, FigureOf } from './figure.ts';
import type { CertaintySize, FigureRoom, Geometry, HeadlineSize, RowSize, TextSize, Type } from './metrics.ts';

export interface Deck {
  theme: string;
  /** The short code, as in file names. */
  lang: string;
  /** Output name without extension: `scaling` for the base language, else `scaling.zh`. */
  name: string;
  title: string;
  subtitle: string | null;
  accent: string;
  /** Position of the theme among the others. */
  order: number;
  /** Whether points appear one by one while presenting. */
  steps: boolean;
  /** Whether the presenter's notes may be given to others on paper. */
  notes: boolean;
  /** The interviewed people, as shown. */
  people: DeckPerson[];
  /** The newest date among the interviews, with the precision of the content. */
  date: string;
  summary: Block[];
  slides: Slide[];
  /** Content files the deck is made from, relative to the content folder, sorted. */
  sources: string[];
  /** Slides whose content is larger than its box, as far as that can be calculated without a browser. */
  overfull: { slide: string; file: string | null; pixels: number }[];
}

export interface DeckPerson {
  /** Null when attribution withholds the name. Then only the role is shown. */
  name: string | null;
  role: 'interviewer' | 'interviewee' | 'moderator' | 'other';
  affiliation: string | null;
}

/** The source of a claim. */
export interface Locator {
  /** The speaker's name; null when withheld or unknown. */
  speaker: string | null;
  interview: string;
  /** The interview's title when the deck shows several interviews; else null. */
  whichInterview: string | null;
  date: string;
  section: string | null;
  /** Position of the exchange in its interview, counted from 1. */
  number: number;
  start: string | null;
  /** The address of the source; null when there is none. */
  href: string | null;
}

/** The parts of a deck, in order: the argument, what proves it, and what it rests on (DESIGN.md 5). */
export const DECK_PARTS = ['short', 'evidence', 'reference'] as const;
export type DeckPart = (typeof DECK_PARTS)[number];

/** Which of several slides with the same headline this is. `count` is 1 for a slide that is not continued. */
export interface Continuation {
  index: number;
  count: number;
}

export interface SlideLink {
  /** Id of the target slide. */
  slide: string;
  text: string;
  /** The language of the text when it differs from the deck's; else null. */
  foreign: string | null;
}

interface SlideBase {
  /** Unique in the deck. Used as route alias in Slidev and as anchor in the PDF. */
  id: string;
  part: DeckPart;
  continued: Continuation;
  /** The language of the text when it differs from the deck's, because a translation is missing; else null. */
  foreign: string | null;
  /**
   * The texts of the front matter that need more than one line, divided at their Chinese words: those with an odd index are words. Absent
   * when there are none.
   */
  words?: string[][];
}

/** The common fields of all slides of an exchange. */
interface FromExchange extends SlideBase {
  headline: string;
  /** The language of the headline when it differs from the text's, because only the headline is translated; else null. */
  headlineLang: string | null;
  headlineSize: HeadlineSize;
  /** Where a Chinese headline is broken, in UTF-16 units; null to let the browser decide. */
  breakAt: number | null;
  textSize: TextSize;
  /** Null when the question itself is the headline. */
  question: string | null;
  /** The question above the headline; null when there is no room for it. */
  questionLine: string | null;
  section: string | null;
  locator: Locator;
  terms: SlideLink[];
  /** On a slide of the short deck the evidence slides that prove it; on an evidence slide the slide of the short deck that needs it. */
  elsewhere: string[];
  notes: Block[];
  /** What the slide has no room for: the end of the points, and further figures in words. It stands in the notes. */
  more: Block[];
  /** `<interview>/<exchange>`. */
  exchange: string;
  /** Content file, relative to the content folder. */
  file: string;
  /** Whether the text was taken from the answer because no points are written yet. */
  draft: boolean;
}

export type CoverSlide = SlideBase & {
  kind: 'cover';
  /** The theme's answer, or its title when there is none. */
  claim: string;
  /** In CSS pixels. */
  claimSize: number;
  /** Above the claim: the theme's title. Null when the claim is the title. */
  title: string | null;
  /** Below a title. Null below an answer. */
  subtitle: string | null;
  people: DeckPerson[];
  interviews: { title: string; date: string; publisher: string | null }[];
  /** What kind of source it is: of the first interview that says so. */
  sourceNote: string | null;
  summary: Block[];
};
/** Rows. Sizes are in CSS pixels: of the text, and of the room around it. */
export interface Rows {
  rowSize: RowSize;
  padding: number;
}
/** A line of the summary: a step of the story. `role` is null in a story that nobody has written; its steps have numbers, from 1. */
export type SummaryRow = SlideLink & { role: StoryRole | null; number: number };
/** The argument in a few lines. `headline` is the theme's subtitle, or null. */
export type SummarySlide = SlideBase &
  Rows & { kind: 'summary'; headline: string | null; headlineSize: HeadlineSize; breakAt: number | null; rows: SummaryRow[] };
/** What is stated, expected and left open, each in a column. A statement leads to the evidence that it rests on, if it names any. */
export type CertaintySlide = SlideBase & {
  kind: 'certainty';
  rowSize: CertaintySize;
  columns: { certainty: Certainty; statements: { text: string; slide: string | null }[] }[];
};
/** The argument on one page: the answer, what carries it, and what stays open. Sizes are in CSS pixels. */
export type MapSlide = SlideBase & {
  kind: 'map';
  claim: string;
  claimSize: number;
  supports: SlideLink[];
  supportSize: number;
  open: string | null;
};
export type ChangeRow = SlideLink & {
  mark: 'new' | 'changed';
  /** The previous headline, when it changed and may be shown. */
  earlier: string | null;
};
export type ChangesSlide = SlideBase &
  Rows & {
    kind: 'changes';
    /** The day or month that changes are counted from. */
    since: string;
    rows: ChangeRow[];
    /** The number of exchanges that are no longer in the deck; 0 on all but the last of continued slides. */
    gone: number;
    /** Whether to say that nothing has changed. */
    nothing: boolean;
  };
export type ExchangeSlide = FromExchange & { kind: 'exchange'; blocks: Block[] };
export type DrawnFigure = Exclude<Figure, FigureOf<'number'>>;
/** The place of a figure: beside the points, in a strip above them, or alone on the slide. */
export type Arrangement = 'beside' | 'strip' | 'alone';
export type FigureSlide = FromExchange & {
  kind: 'figure';
  blocks: Block[];
  figure: DrawnFigure;
  arrangement: Arrangement;
  room: FigureRoom;
};
/** A quote in large type. `by` is the speaker; null when withheld or unknown. */
export type QuoteSlide = FromExchange & { kind: 'quote'; blocks: Block[]; by: string | null };
/** `valueSize` in CSS pixels, the same for all numbers of the slide: below each other beside the points, or side by side above them. */
export type NumberSlide = FromExchange & {
  kind: 'number';
  blocks: Block[];
  numbers: FigureOf<'number'>[];
  arrangement: 'beside' | 'strip';
  valueSize: number;
};
export interface GlossaryTerm {
  id: string;
  term: string;
  aliases: string[];
  definition: Block[];
  foreign: string | null;
  /** A definition that is longer than a column continues in the next one. */
  continued: Continuation;
}
/** `type`: one for all slides of the glossary. */
export type GlossarySlide = SlideBase & { kind: 'glossary'; type: Geometry['glossary']['sizes'][number]; columns: GlossaryTerm[][] };
/** Another theme that shares exchanges with this one. `exchanges` is the number of shared exchanges; `shared` lists the first of them. */
export interface RelatedTheme {
  name: string;
  title: string;
  subtitle: string | null;
  foreign: string | null;
  accent: string;
  exchanges: number;
  shared: SlideLink[];
}
/** `titleSize` in CSS pixels, the same for all themes of the slide. */
export type RelatedSlide = SlideBase & { kind: 'related'; titleSize: number; themes: RelatedTheme[] };
/** An exchange among the sources. `section` is what opens above it: its section, with its interview when there are several. */
export interface SourceEntry {
  section: string | null;
  slide: string;
  headline: string;
  foreign: string | null;
  locator: Locator;
}
export interface SourceInterview extends Pick<InterviewText, 'title' | 'source'> {
  /** The language of labels and dates. */
  lang: string;
  people: DeckPerson[];
  date: string;
}
/** `type`: one for all slides of the sources. */
export type SourcesSlide = SlideBase & { kind: 'sources'; type: Type; interviews: SourceInterview[]; columns: SourceEntry[][] };

export type Slide =
  | CoverSlide
  | SummarySlide
  | ChangesSlide
  | CertaintySlide
  | MapSlide
  | ExchangeSlide
  | FigureSlide
  | NumberSlide
  | QuoteSlide
  | GlossarySlide
  | RelatedSlide
  | SourcesSlide;
export type SlideKind = Slide['kind'];
