/** A deck on paper, for those who hear it or missed it: its slides, each with what was said to it. */
import type { PaperSize } from './paper.ts';

export interface Handout {
  title: string;
  /** The short code. */
  lang: string;
  /** The theme's colour; null when the deck names none. */
  accent: string | null;
  /** A year, a month or a day. */
  date: string;
  entries: HandoutEntry[];
}

/** Slides that are spoken to in one go, with the words. */
export interface HandoutEntry {
  slides: HandoutSlide[];
  /** Paragraphs in plain text. */
  notes: string[];
  question: string | null;
  source: string | null;
}

export interface HandoutSlide {
  /** Counted from 1, as in the deck. */
  number: number;
  /** Of its headline, in the handout. */
  level: 1 | 2 | 3;
}

/** A handout without its slides, which are put into their places where the deck is shown. */
export interface HandoutPage {
  html: string;
  style: string;
  size: PaperSize;
}
