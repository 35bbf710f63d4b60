/** The input that all planners share. */
import type { Corpus } from '../model/corpus.ts';
import type { Earlier } from '../model/outputs/earlier.ts';
import { BOOK, type OutputSuffix } from '../model/outputs/output-names.ts';
import type { SlideMemory } from '../model/outputs/slide-memory.ts';
import type { Measure } from './measure/measure.ts';
import type { SelectedExchange } from './select.ts';

export interface PlanContext {
  corpus: Corpus;
  lang: string;
  /** Today as `YYYY-MM-DD`, for embargoes. Passed in, so that planning does not depend on the clock. */
  today: string;
  /** The content at an earlier time; null when changes are not asked for. */
  earlier: Earlier | null;
  measure: Measure;
  /** Slides planned earlier with the same measures. Null to plan all. */
  memory?: SlideMemory | null;
}

/** Returns the id of the first slide of an exchange. */
export type SlideIdOf = (each: SelectedExchange) => string;

/** Returns the base name of all files made for a deck: `scaling` in the base language, else `scaling.zh`. */
export function deckName(theme: string, lang: string, baseLanguage: string): string {
  return lang === baseLanguage ? theme : `${theme}.${lang}`;
}

/** Returns the name of a deck's output: `scaling-briefing` for `scaling`, `scaling-briefing.zh` for `scaling.zh`. */
export function outputName(deck: string, suffix: OutputSuffix | null): string {
  return suffix === null ? deck : deck.replace(/^[^.]+/, (theme) => `${theme}-${suffix}`);
}

/** Returns the name of the book in a language: `book`, `book.zh`. */
export function bookName(lang: string, baseLanguage: string): string {
  return deckName(BOOK, lang, baseLanguage);
}

/** The exchanges of a deck that belong to one section of one interview. */
export interface SectionGroup {
  id: string;
  title: string | null;
  /** The language of the titles when it differs from the deck's; else null. */
  foreign: string | null;
  /** The interview's title when the deck shows several interviews. */
  interview: string | null;
  selected: SelectedExchange[];
}
