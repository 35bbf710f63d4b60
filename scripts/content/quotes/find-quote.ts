/** Whether a quote was said, and if not, what is wrong with it. */
import type { QuoteFault } from '../../model/problems/quote-fault.ts';
import type { Gap, QuoteText } from './quote-text.ts';
import { type Token, weightOf } from './quote-tokens.ts';
import type { Transcript, Word } from './transcript-lines.ts';

/** Said by nobody, by whom it may be, or by somebody else: `line` is where. */
export type Found = { type: 'said' } | { type: 'other-speaker'; speaker: string; line: number } | { type: 'not-said'; fault: QuoteFault };

/** Longest stretch of left-out words, and of words that brackets may stand for; in words or Chinese characters. */
const REACH: Record<Gap, number> = { ellipsis: 100, brackets: 10 };
const MOST_ELLIPSES = 3;
/** In words; a Chinese character is half a one. */
const SHORTEST_PIECE = 2;

/**
 * Looks for a quote. Its pieces must occur word by word and in order, near each other, in what one person says. `speaker` is the id of
 * who is quoted, null when nobody knows.
 */
export function findQuote(quote: QuoteText, transcript: Transcript, speaker: string | null): Found {
  const fault = faultOf(quote);
  if (fault !== null) return { type: 'not-said', fault };
  const places = quote.pieces.map(({ tokens }) => transcript.placesOf(tokens));
  const missing = places.findIndex((each) => each.length === 0);
  if (missing !== -1) {
    return { type: 'not-said', fault: { type: 'words', at: firstStray(quote.pieces[missing]?.tokens ?? [], quote, missing, transcript) } };
  }

  const speakers = [...new Set(transcript.words.flatMap((word) => word.speaker ?? []))];
  const voices = speaker !== null || speakers.length === 0 ? [speaker] : speakers;
  const search = { quote, places, transcript };
  if (voices.some((voice) => placeOf(search, voice, true) !== null)) return { type: 'said' };
  for (const other of speakers) {
    const place = placeOf(search, other, true);
    if (place !== null) return { type: 'other-speaker', speaker: other, line: lineOf(transcript, place) };
  }
  const isNegation = [...voices, ...speakers].some((voice) => placeOf(search, voice, false) !== null);
  return { type: 'not-said', fault: isNegation ? { type: 'negation' } : { type: 'far-apart', reach: REACH.ellipsis } };
}

/** What makes a quote doubtful whatever was said. */
function faultOf({ pieces, gaps, inserted }: QuoteText): QuoteFault | null {
  const short = pieces.find(({ tokens }, index) => {
    const beside = [gaps[index - 1], gaps[index]];
    return beside.includes('ellipsis') && weightOf(tokens) < SHORTEST_PIECE;
  });
  if (short !== undefined) return { type: 'short-piece', piece: short.text };
  if (gaps.filter((gap) => gap === 'ellipsis').length > MOST_ELLIPSES) return { type: 'many-gaps', most: MOST_ELLIPSES };
  if (weightOf(inserted) > weightOf(pieces.flatMap(({ tokens }) => tokens))) return { type: 'brackets' };
  if (inserted.some(({ key }) => isNegation(key))) return { type: 'negation' };
  return null;
}

interface Search {
  quote: QuoteText;
  /** Where each piece occurs, in order. */
  places: readonly number[][];
  transcript: Transcript;
}

/** Index of the word at which a quote begins in what one person says; null when it does not occur there. Each piece is joined to the nearest one before it. */
function placeOf({ quote, places, transcript: { words, passages } }: Search, voice: string | null, strictly: boolean): number | null {
  const isTheirs = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) {
      const speaker = words[at]?.speaker ?? null;
      if (speaker !== null && speaker !== voice) return false;
    }
    return true;
  };
  let ends: { end: number; start: number }[] = [];
  quote.pieces.forEach(({ tokens }, piece) => {
    const theirs = (places[piece] ?? []).filter((at) => isTheirs(at, at + tokens.length));
    if (piece === 0) {
      ends = theirs.map((at) => ({ end: at + tokens.length, start: at }));
      return;
    }
    const reach = REACH[quote.gaps[piece - 1] ?? 'brackets'];
    let last = -1;
    const next: typeof ends = [];
    for (const at of theirs) {
      while ((ends[last + 1]?.end ?? Number.POSITIVE_INFINITY) <= at) last += 1;
      const before = ends[last];
      if (before === undefined || at - before.end > reach || !isTheirs(before.end, at)) continue;
      if (strictly && leavesOutNegation(words, before.end, at, passages)) continue;
      next.push({ end: at + tokens.length, start: before.start });
    }
    ends = next;
  });
  return ends[0]?.start ?? null;
}

/** Whether words left out of one sentence turn it into its opposite, as far as that shows in a word. */
function leavesOutNegation(words: readonly Word[], from: number, to: number, passages: Transcript['passages']): boolean {
  const [first, last] = [words[from - 1], words[to]];
  if (first === undefined || last === undefined || first.passage !== last.passage) return false;
  const between = passages[first.passage]?.text.slice(first.to, last.from) ?? '';
  return !/[.!?](?=["'”’)\]]*\s)|[。！？]/.test(between) && words.slice(from, to).some(({ key }) => isNegation(key));
}

const NEGATION = /^(?:not?|never|nobody|none|nothing|neither|nor|cannot|without|hardly|[a-z]+n't|[不没沒无無非未别別莫勿])$/;
const isNegation = (key: string) => NEGATION.test(key);

/** The first word of a piece that nowhere follows on those before it, as the quote has it. */
function firstStray(tokens: readonly Token[], quote: QuoteText, piece: number, transcript: Transcript): string {
  let [low, high] = [0, tokens.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (transcript.placesOf(tokens.slice(0, middle + 1)).length === 0) high = middle;
    else low = middle + 1;
  }
  const stray = tokens[low];
  return stray === undefined ? '' : (quote.pieces[piece]?.text.slice(stray.from, stray.to) ?? '');
}

function lineOf({ words, passages }: Transcript, place: number): number {
  return passages[words[place]?.passage ?? 0]?.line ?? 1;
}
