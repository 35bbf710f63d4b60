import type { Findings } from '../findings.ts';
import { shownTexts } from '../shown-texts.ts';
import type { Matter } from './page-matter.ts';

/** Warns of texts in the front matter that are longer than slides are made for: each with its place. */
export function reportLongTexts(matter: Matter, findings: Findings): void {
  for (const { path, key, text } of shownTexts(matter.data)) {
    const limit = LIMITS[key];
    if (limit === undefined) continue;
    if (widthOf(text) > limit) findings.add('long-text', matter.at(path), { key, characters: [...text].length });
  }
}

/** In Latin letters; a Chinese character is as wide as two. Titles of twice this length are still set whole, but in small type. */
const LIMITS: Readonly<Record<string, number>> = {
  title: 240,
  subtitle: 300,
  takeaway: 300,
  question: 600,
  name: 120,
  affiliation: 160,
  label: 160,
  term: 240,
};

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/gu;

function widthOf(text: string): number {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}
