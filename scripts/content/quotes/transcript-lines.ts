/** The words of a transcript, ready to be searched. */
import type { Person } from '../../model/corpus.ts';
import type { ContentPassage } from '../kinds/kind-exchange.ts';
import { type Token, tokensOf } from './quote-tokens.ts';

export interface TranscriptWord extends Token {
  /** Index of its passage. */
  passage: number;
  /** Id of the speaker; null when the transcript does not tell. */
  speaker: string | null;
}

export interface QuotedTranscript {
  file: string;
  passages: readonly ContentPassage[];
  words: TranscriptWord[];
  /** Returns every place at which the tokens occur side by side, in order. */
  placesOf(tokens: readonly Token[]): number[];
}

/**
 * Returns the words of a transcript. A name of the interview followed by a colon (`Name:`) at the start of a passage or sentence names
 * the speaker and is not among the words.
 */
export function readTranscript(file: string, passages: readonly ContentPassage[], people: readonly Person[]): QuotedTranscript {
  const labels = speakerLabels(people);
  const words: TranscriptWord[] = [];
  let speaker: string | null = null;
  passages.forEach(({ text }, passage) => {
    let from = 0;
    const take = (to: number) => {
      for (const token of tokensOf(text.slice(from, to))) {
        words.push({ ...token, from: token.from + from, to: token.to + from, passage, speaker });
      }
    };
    for (const label of labelsIn(text, labels)) {
      take(label.from);
      from = label.to;
      speaker = label.speaker ?? speaker;
    }
    take(text.length);
  });
  const line = new SearchLine(words);
  return { file, passages, words, placesOf: (tokens) => line.placesOf(tokens) };
}

/** Joins words into one string with spaces around each, so that the engine's own string search can be used. */
class SearchLine {
  readonly #text: string;
  readonly #starts: number[] = [];
  constructor(tokens: readonly Token[]) {
    let offset = 0;
    for (const { key } of tokens) {
      this.#starts.push(offset);
      offset += key.length + 1;
    }
    this.#text = joined(tokens);
  }

  placesOf(tokens: readonly Token[]): number[] {
    const wanted = joined(tokens);
    const places: number[] = [];
    if (tokens.length === 0) return places;
    for (let at = this.#text.indexOf(wanted); at !== -1; at = this.#text.indexOf(wanted, at + 1)) places.push(this.#indexOf(at));
    return places;
  }

  #indexOf(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function joined(tokens: readonly Token[]): string {
  return ` ${tokens.map(({ key }) => key).join(' ')} `;
}

/** The labels that name a speaker, before a colon or alone in a paragraph. */
interface Labels {
  pattern: RegExp;
  ids: ReadonlyMap<string, string | null>;
}

/** `[00:04:12]` before or after the name is part of the label. Returns null when no person has a name. */
function speakerLabels(people: readonly Person[]): Labels | null {
  const ids = new Map<string, string | null>();
  for (const { id, name, role } of people) {
    const parts = name.split(/[\s·・]+/);
    for (const label of new Set([name, parts[0] ?? '', parts.at(-1) ?? '', id, role].map(folded))) {
      // A label that fits two people names neither.
      ids.set(label, ids.has(label) && ids.get(label) !== id ? null : id);
    }
  }
  const known = [...ids.keys()].filter((label) => label !== '').sort((a, b) => b.length - a.length);
  if (known.length === 0) return null;
  const names = known.map((label) => label.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/ /g, '\\s+')).join('|');
  const time = '(?:[\\[(]?(?:\\d{1,3}:)?\\d{1,2}:\\d{2}(?:[.,]\\d+)?[\\])]?[\\s\\-–—]*)?';
  return { pattern: new RegExp(`(?:^|(?<=[.!?…。！？”"']\\s*)(?<!\\p{L}))\\s*${time}(${names})\\s*${time}$`, 'iu'), ids };
}

/** Looks back from each colon, as far as a label can be long. Colons are rare, and most of them follow no name. */
function labelsIn(text: string, labels: Labels | null): { from: number; to: number; speaker: string | null }[] {
  if (labels === null) return [];
  const found: { from: number; to: number; speaker: string | null }[] = [];
  const ends = [...text.matchAll(/[:：]/g)].map(({ index }) => ({ at: index, to: index + 1 }));
  for (const { at, to } of text.length <= LONGEST_LABEL ? [...ends, { at: text.length, to: text.length }] : ends) {
    const start = Math.max(0, at - LONGEST_LABEL);
    // A label cannot begin where the text was cut.
    const before = `${start > 0 ? 'x' : ''}${text.slice(start, at)}`;
    const match = labels.pattern.exec(before);
    if (match === null || (to === at && match.index > 0)) continue;
    const from = start + match.index - (start > 0 ? 1 : 0);
    found.push({ from, to, speaker: labels.ids.get(folded(match[1] ?? '')) ?? null });
  }
  return found;
}

/** In characters, including a time before and after the name. */
const LONGEST_LABEL = 160;

const folded = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
