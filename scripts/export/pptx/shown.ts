/** Slides as the browser shows them, in terms of a presentation: boxes, texts, tables, pictures. All lengths are CSS pixels on the slide. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** `#rrggbb`; in drawings `#rrggbbaa`, too, where something shows through. */
export type Colour = string;

export type Target =
  /** Index of a slide in the deck, counted from 0. */
  | { type: 'slide'; index: number }
  /** Another deck next to this one, by name. */
  | { type: 'deck'; name: string }
  | { type: 'web'; url: string };

export interface ShownRun {
  text: string;
  /** Names in its `font-family`, first choice first. */
  fonts: string[];
  size: number;
  bold: boolean;
  italic: boolean;
  underline: boolean;
  colour: Colour;
  /** The colour behind the letters. Null when there is none. */
  ground: Colour | null;
  /** BCP 47. */
  lang: string;
  link: Target | null;
  /** Whether it follows a line break. */
  broken: boolean;
  /** Whether it is the slide's number, which changes when the slide is moved. */
  counts: boolean;
}

export interface Paragraph {
  runs: ShownRun[];
  align: 'left' | 'right' | 'center';
  rightToLeft: boolean;
  /** Null when the font decides the line height. */
  lineHeight: number | null;
  /** The space above it, except for the first paragraph. */
  gap: number;
  /** Distance from the left edge of the text. */
  indent: number;
  /** The number of lists around it. */
  depth: number;
  mark: { type: 'dash' | 'number'; number: number; width: number; colour: Colour } | null;
}

export interface TextItem {
  type: 'text';
  role: 'title' | 'page' | 'text';
  box: Box;
  paragraphs: Paragraph[];
  /** Whether lines must not be broken, because the box is only as wide as they are. */
  tight: boolean;
  /** Decorative text, not meant to be read. */
  decoration: boolean;
}

export interface Cell {
  paragraphs: Paragraph[];
  padding: { top: number; right: number; bottom: number; left: number };
  line: { width: number; colour: Colour } | null;
}

export interface Stroke {
  colour: Colour;
  width: number;
  /** Lengths of dashes and of the gaps after them, in turn. Empty for a whole line. */
  dashes: number[];
  cap: 'butt' | 'round' | 'square';
  join: 'miter' | 'round' | 'bevel';
}

export interface PathStep {
  type: 'move' | 'line' | 'curve' | 'close';
  /** Where it leads: one point, for a cubic curve three, for the way back to the start none. */
  points: { x: number; y: number }[];
}

/** A member of a drawing. */
export type DrawnPart =
  | TextItem
  | { type: 'rectangle'; box: Box; radius: number; fill: Colour | null; stroke: Stroke | null }
  | { type: 'ellipse'; box: Box; fill: Colour | null; stroke: Stroke | null }
  | { type: 'path'; steps: PathStep[]; fill: Colour | null; stroke: Stroke | null };

export type ShownItem =
  | TextItem
  | { type: 'box'; box: Box; fill: Colour | null; outline: { width: number; colour: Colour } | null }
  | { type: 'table'; box: Box; columns: number[]; rows: { height: number; head: boolean; cells: Cell[] }[] }
  | { type: 'drawing'; box: Box; alt: string; parts: DrawnPart[] }
  /** `box` is on the slide, `clip` on the page. */
  | { type: 'picture'; box: Box; clip: Box; alt: string };

export interface ShownSlide {
  kind: 'cover' | 'frame';
  ground: Colour;
  items: ShownItem[];
}

/** The colours of the first slide, used for the theme of the presentation. */
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
