/** Slides as the browser shows them, in what a presentation is made of: boxes, texts, tables, pictures. All lengths are CSS pixels on the slide. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** `#rrggbb`. */
export type Colour = string;

export type Target =
  /** Place of a slide in the deck, counted from 0. */
  | { type: 'slide'; index: number }
  /** Another deck beside this one, by its name. */
  | { type: 'deck'; name: string }
  | { type: 'web'; url: string };

export interface Run {
  text: string;
  /** Names of its `font-family`, first choice first. */
  fonts: string[];
  size: number;
  bold: boolean;
  italic: boolean;
  underline: boolean;
  colour: Colour;
  /** Behind the letters; null where nothing is. */
  ground: Colour | null;
  /** BCP 47. */
  lang: string;
  link: Target | null;
  /** Follows a break of the line. */
  broken: boolean;
  /** The number of the slide, which moves with it. */
  counts: boolean;
}

export interface Paragraph {
  runs: Run[];
  align: 'left' | 'right' | 'center';
  rightToLeft: boolean;
  /** Null where lines are as high as the font makes them. */
  lineHeight: number | null;
  /** Above it, but for the first. */
  gap: number;
  /** From the left of the text. */
  indent: number;
  /** Lists around it. */
  depth: number;
  mark: { type: 'dash' | 'number'; number: number; width: number; colour: Colour } | null;
}

export interface TextItem {
  type: 'text';
  role: 'title' | 'page' | 'text';
  box: Box;
  paragraphs: Paragraph[];
  /** Whether lines are not to be broken: the box is only as wide as they are. */
  tight: boolean;
  /** There to be looked at, not to be read. */
  decoration: boolean;
}

export interface Cell {
  paragraphs: Paragraph[];
  padding: { top: number; right: number; bottom: number; left: number };
  line: { width: number; colour: Colour } | null;
}

export type ShownItem =
  | TextItem
  | { type: 'box'; box: Box; fill: Colour | null; outline: { width: number; colour: Colour } | null }
  | { type: 'table'; box: Box; columns: number[]; rows: { height: number; head: boolean; cells: Cell[] }[] }
  /** `box` on its slide, `clip` on the page. */
  | { type: 'picture'; box: Box; clip: Box; alt: string };

export interface ShownSlide {
  kind: 'cover' | 'section' | 'frame';
  ground: Colour;
  items: ShownItem[];
}

/** Of the first slide: what a presentation calls its theme. */
export interface Palette {
  ink: Colour;
  paper: Colour;
  muted: Colour;
  tint: Colour;
  accent: Colour;
  accentInk: Colour;
  rule: Colour;
}

export interface ShownSlides {
  slides: ShownSlide[];
  palette: Palette;
}
