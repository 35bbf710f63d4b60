/** A deck on paper, for its audience: the slides, each with its notes. */
import type { PaperSize } from './paper.ts';

export interface Handout {
  title: string;
  /** The short code. */
  lang: string;
  /** The theme's colour; null when the deck has none. */
  accent: string | null;
  /** A year, a month or a day. */
  date: string;
  entries: HandoutEntry[];
}

/** Slides that share the same notes. */
export interface HandoutEntry {
  slides: HandoutSlide[];
  /** The notes as paragraphs of plain text. */
  notes: string[];
  question: string | null;
  source: string | null;
}

export interface HandoutSlide {
  /** Counted from 1, as in the deck. */
  number: number;
  /** The level of its headline in the handout. */
  level: 1 | 2;
}

/** A handout without its slide images, which are inserted when the deck is rendered. */
export interface HandoutPage {
  html: string;
  style: string;
  size: PaperSize;
}
