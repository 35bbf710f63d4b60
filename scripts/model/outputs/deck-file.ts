/** A generated deck as its file tells: what export needs to know, whoever wrote the file. */
export interface DeckFile {
  /** File name without extension. */
  name: string;
  /** Absolute path. */
  file: string;
  theme: string;
  /** Place of the theme among the others. */
  order: number;
  /** Short code. */
  lang: string;
  /** BCP 47. */
  languageTag: string;
  title: string;
  subtitle: string | null;
  /** The theme's colour, such as #1d4ed8; null when the deck names none. */
  accent: string | null;
  author: string;
  /** Newest date of the content: a year, a month or a day. */
  date: string;
  /** Whether what the presenter says may be given to others, on paper. */
  notes: boolean;
  slides: DeckFileSlide[];
}

export interface DeckFileSlide {
  id: string;
  headline: string;
  /** Which part of several it is, such as "(1/2)", as it stands behind the headline; null on a slide of its own. */
  part: string | null;
  /** Content file, relative to the content folder; null on slides that belong to no exchange. */
  source: string | null;
  /** What it shows, a text for each paragraph, item or cell: its headline first. */
  words: string[];
  /** Paragraphs of what the presenter says, in plain text. */
  notes: string[];
  /** SHA-256 of the slide's text in the deck, front matter and notes included. */
  hash: string;
  /** The characters on the slide that are not ASCII, each once. */
  characters: string[];
}
