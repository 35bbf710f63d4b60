/** What all planners share. */
import type { Corpus } from '../model/corpus.ts';
import type { Earlier } from '../model/outputs/earlier.ts';
import { BOOK } from '../model/outputs/output-names.ts';
import type { SlideMemory } from '../model/outputs/slide-memory.ts';
import type { Measure } from './measure/measure.ts';
import type { SelectedExchange } from './select.ts';

export interface PlanContext {
  corpus: Corpus;
  lang: string;
  /** Today as `YYYY-MM-DD`, for embargoes: the plan has no clock. */
  today: string;
  /** The content as it was, when changes since then are asked for. */
  earlier: Earlier | null;
  measure: Measure;
  /** Slides planned before with the same measures; null plans all. */
  memory?: SlideMemory | null;
}

/** The id of the slide on which an exchange starts. */
export type SlideIdOf = (each: SelectedExchange) => string;

/** `scaling` in the base language, else `scaling.zh`: the name of every file made for the deck. */
export function deckName(theme: string, lang: string, baseLanguage: string): string {
  return lang === baseLanguage ? theme : `${theme}.${lang}`;
}

/** The name of the briefing that belongs to a deck: of `scaling` it is `scaling-briefing`, of `scaling.zh` `scaling-briefing.zh`. */
export function briefingName(deck: string): string {
  return nameWith('briefing', deck);
}

/** The name of a deck's handout: `scaling-handout`, `scaling-handout.zh`. */
export function handoutName(deck: string): string {
  return nameWith('handout', deck);
}

/** The name of the book of a language: `book`, `book.zh`. */
export function bookName(lang: string, baseLanguage: string): string {
  return deckName(BOOK, lang, baseLanguage);
}

export { BOOK };

function nameWith(word: string, deck: string): string {
  return deck.replace(/^[^.]+/, (theme) => `${theme}-${word}`);
}

/** Exchanges of one section of one interview that stand in the deck. */
export interface SectionGroup {
  id: string;
  title: string | null;
  /** The language of the titles, when it is not the deck's. */
  foreign: string | null;
  /** The interview's title when the deck shows several interviews. */
  interview: string | null;
  selected: SelectedExchange[];
}
