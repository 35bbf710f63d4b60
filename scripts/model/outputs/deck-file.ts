/** A generated deck as read from its file. It contains everything that the export needs. */
import type { DeckPart } from './deck.ts';

export interface DeckFile {
  /** File name without extension. */
  name: string;
  /** Absolute path. */
  file: string;
  theme: string;
  /** Position of the theme among the others. */
  order: number;
  /** Short code. */
  lang: string;
  /** BCP 47. */
  languageTag: string;
  title: string;
  subtitle: string | null;
  /** The theme's colour, such as #1d4ed8; null when the deck has none. */
  accent: string | null;
  author: string;
  /** The newest date of the content: a year, a month or a day. */
  date: string;
  /** Whether the presenter's notes may be given to others on paper. */
  notes: boolean;
  /** The names of the deck's parts in its language. Null in a deck that an earlier version has generated. */
  parts: Record<DeckPart, string> | null;
  slides: DeckFileSlide[];
}

export interface DeckFileSlide {
  id: string;
  headline: string;
  /** Null in a deck that an earlier version has generated. */
  part: DeckPart | null;
  /** The label after the headline, such as "(1/2)"; null on a slide that is not continued. */
  continued: string | null;
  /** The section of the interview; null when there is none. */
  section: string | null;
  /** Content file, relative to the content folder; null on slides that belong to no exchange. */
  source: string | null;
  /** The text on the slide, one entry for each paragraph, item or cell; the headline first. */
  words: string[];
  /** The paragraphs of the presenter's notes, in plain text. */
  notes: string[];
  /** SHA-256 of the slide's text in the deck, front matter and notes included. */
  hash: string;
  /** The distinct characters on the slide that are not ASCII. */
  characters: string[];
}
