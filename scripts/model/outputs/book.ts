/** The briefings of all themes in one language in one document. Shared parts, such as the glossary, are at its end. */
import type { BottomLine, Briefing, BriefingExchange, BriefingInterview, BriefingSection } from './briefing.ts';
import type { DeckPerson, GlossaryTerm, RelatedTheme } from './deck.ts';

export interface Book {
  /** The short code, as in file names. */
  lang: string;
  /** Output name without extension: `book` for the base language, else `book.zh`. */
  name: string;
  people: DeckPerson[];
  /** The newest date among the interviews, with the precision of the content. */
  date: string;
  interviews: BriefingInterview[];
  chapters: BookChapter[];
  glossary: GlossaryTerm[];
  /** Every exchange once, in the order of its number. */
  exchanges: BriefingExchange[];
  /** Content files the book is made from, relative to the content folder, sorted. */
  sources: string[];
}

/** The chapter of a theme. Its ids begin with the theme's id, because they must be unique in the book. */
export interface BookChapter extends Pick<Briefing, 'theme' | 'title' | 'subtitle' | 'accent' | 'foreign' | 'summary' | 'answer' | 'open'> {
  id: string;
  bottomLine: BottomLine[];
  sections: BookSection[];
  related: (RelatedTheme & { chapter: string })[];
}

export interface BookSection extends Omit<BriefingSection, 'exchanges'> {
  exchanges: BookExchange[];
}

/** An exchange is printed in the first chapter that has it. Other chapters refer to that place. */
export type BookExchange =
  | { kind: 'told'; exchange: BriefingExchange }
  | { kind: 'referred'; id: string; headline: string; foreign: string | null; source: number; to: BookPlace };

export interface BookPlace {
  id: string;
  chapter: string;
  foreign: string | null;
}
