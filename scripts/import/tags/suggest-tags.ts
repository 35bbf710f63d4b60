/** Suggests themes for an exchange by the themes' keywords. Works offline; the same words give the same tags on every machine. */
// stemmer: Porter's algorithm in 2 kB, so that "scaled" and "scaling" match.

import { stemmer } from 'stemmer';
import { countWords } from '../../model/text/text.ts';
import { chineseWords, type IsWhole } from '../../shared/chinese-words.ts';
import { BASE, type KnownTheme } from '../merge/known.ts';
import { sentencesOf } from '../plain-text.ts';

export interface Suggestion {
  tag: string;
  theme: string;
  /** Each keyword with the first sentence that contains it. */
  because: { keyword: string; times: number; sentence: string }[];
}

/** The text that suggestions are based on. The question counts more than the answer. */
export interface Suggesting {
  question: string;
  answer: readonly string[];
}

/** Returns a function that suggests tags for exchanges in one language. */
export function tagSuggester(themes: readonly KnownTheme[], lang: string): (text: Suggesting) => Suggestion[] {
  const wanted = themes.flatMap(({ id, tag, keywords }) => {
    const words = keywords[lang] ?? keywords[BASE] ?? [];
    return tag === null || words.length === 0 ? [] : [{ id, tag, keywords: distinct(words.map(compile)) }];
  });
  const isWhole = chineseWords();
  return ({ question, answer }) => {
    if (wanted.length === 0) return [];
    const sentences = [
      ...sentencesOf(question).map((text) => ({ text, weight: QUESTION })),
      ...answer.flatMap((paragraph) => sentencesOf(paragraph).map((text) => ({ text, weight: 1 }))),
    ].map(({ text, weight }) => ({ text: text.trim(), folded: text.trim().normalize('NFKC').toLowerCase(), stems: stemsOf(text), weight }));
    const length = Math.max(SHORTEST, countWords(`${question} ${answer.join(' ')}`));
    return wanted.flatMap(({ id, tag, keywords }) => {
      const because = keywords.flatMap((keyword) => weigh(keyword, sentences, isWhole));
      const score = because.reduce((sum, { weight }) => sum + Math.min(weight, MOST_FOR_ONE), 0);
      if (because.length === 0 || score < LEAST || (score * 100) / length < DENSITY) return [];
      return [{ tag, theme: id, because: because.map(({ keyword, times, sentence }) => ({ keyword, times, sentence })) }];
    });
  };
}

/** A keyword in a question counts as much as this many in an answer. */
const QUESTION = 2;
/** The most that repetitions of one keyword count. */
const MOST_FOR_ONE = 4;
/** The least score. Below it a theme is only mentioned in passing. */
const LEAST = 3;
/** Points for each 100 words. */
const DENSITY = 1;
const SHORTEST = 60;

interface Keyword {
  written: string;
  /** Stems, for scripts with spaces between words. */
  stems: readonly string[] | null;
  /** The text itself, for scripts without spaces. */
  text: string;
}

/** Removes duplicates: "align" and "aligned" are the same keyword. */
function distinct(keywords: readonly Keyword[]): Keyword[] {
  return [...new Map(keywords.map((keyword) => [keyword.stems?.join(' ') ?? keyword.text, keyword])).values()];
}

interface Sentence {
  text: string;
  folded: string;
  stems: readonly string[];
  weight: number;
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const LATIN_WORD = /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+/gu;

function compile(written: string): Keyword {
  const text = written.normalize('NFKC').toLowerCase().trim();
  return { written, stems: UNSPACED.test(text) ? null : stemsOf(text), text };
}

function weigh(keyword: Keyword, sentences: readonly Sentence[], isWhole: IsWhole): (Suggestion['because'][number] & { weight: number })[] {
  let [times, weight] = [0, 0];
  let first: string | null = null;
  for (const sentence of sentences) {
    const found = keyword.stems === null ? countText(keyword.text, sentence.folded, isWhole) : countStems(keyword.stems, sentence.stems);
    if (found === 0) continue;
    times += found;
    weight += found * sentence.weight;
    first ??= sentence.text;
  }
  return first === null ? [] : [{ keyword: keyword.written, times, sentence: first, weight }];
}

function countStems(wanted: readonly string[], stems: readonly string[]): number {
  const [head] = wanted;
  if (head === undefined) return 0;
  let count = 0;
  for (let at = stems.indexOf(head); at !== -1; at = stems.indexOf(head, at + 1)) {
    if (wanted.every((stem, index) => stems[at + index] === stem)) count += 1;
  }
  return count;
}

function countText(text: string, sentence: string, isWhole: IsWhole): number {
  let count = 0;
  for (let at = sentence.indexOf(text); at !== -1; at = sentence.indexOf(text, at + text.length)) {
    if (isWhole(sentence, at, at + text.length)) count += 1;
  }
  return count;
}

const stems = new Map<string, string>();

function stemsOf(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/['’]s\b/g, '')
      .match(LATIN_WORD) ?? [];
  return words.map((word) => {
    const known = stems.get(word);
    if (known !== undefined) return known;
    const stem = /^[a-z]+$/.test(word) ? stemmer(word) : word;
    if (stems.size < MOST_STEMS) stems.set(word, stem);
    return stem;
  });
}

const MOST_STEMS = 100_000;
