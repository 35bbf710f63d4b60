/** Checks quotes against the transcripts they come from, so that a briefing never quotes what the interviewee did not say. */
import type { Person } from '../../model/corpus.ts';
import type { Place, Problem } from '../../model/problems/problem.ts';
import type { QuoteFault } from '../../model/problems/problem-text.ts';
import { type Quote, textsOf } from '../../model/text/text.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { Findings } from '../findings.ts';
import type { ExchangeBody, ExchangeDraft } from '../kinds/kind-exchange.ts';
import type { Page } from '../kinds/page-draft.ts';
import type { PageMemory } from '../pages/page-memory.ts';
import type { Drafts } from '../read-drafts.ts';
import { nearestPassage } from './nearest-passage.ts';
import { linesFrom, placeInSource, type QuoteSource, type Token, tokensOf, weightOf } from './quote-tokens.ts';
import { type QuotedTranscript, readTranscript, type TranscriptWord } from './transcript-lines.ts';

/**
 * Reports every quote in the body or notes of an exchange that does not occur in the transcript, was said by another person, or cannot be
 * checked. A translation is compared with its own transcript first, then with that of the base file.
 */
export function checkQuotes(drafts: Drafts, memory: PageMemory | null, findings: Findings): void {
  for (const exchange of drafts.exchanges) {
    const pages = [...(exchange.page === null ? [] : [exchange.page]), ...exchange.translations.map(({ page }) => page)];
    // Most exchanges quote nothing, so their transcripts need not be split into words.
    if (pages.every(({ body }) => body.quotes.length === 0)) continue;
    const voices = voicesOf(exchange, drafts);
    const find = () => findingsIn(exchange, voices);
    const hash = () => sha256(JSON.stringify([voices, exchange.page?.hash ?? null, pages.map((page) => page.hash)]));
    for (const finding of memory === null ? find() : memory.recallFindings(exchange.file, hash(), find)) findings.addProblem(finding);
  }
}

function findingsIn(exchange: ExchangeDraft, voices: Voices): Problem[] {
  const findings = new Findings();
  const base = exchange.page === null ? null : quotedPage(exchange.page, voices);
  if (base !== null) checkPage(base, null, voices, findings);
  for (const { page } of exchange.translations) checkPage(quotedPage(page, voices), base?.transcript ?? null, voices, findings);
  return findings.problems;
}

/** The people of an exchange and their names. */
interface Voices {
  /** With all their names, in every language. */
  people: Person[];
  /** The id of the speaker; null when none is named. */
  speaker: string | null;
  /** Whether the speaker must not be named. Then a description may stand in place of the name. */
  withheld: boolean;
}

interface QuotedPage {
  file: string;
  source: QuoteSource | null;
  quotes: ExchangeBody['quotes'];
  transcript: QuotedTranscript | null;
}

function voicesOf(exchange: ExchangeDraft, { interviews }: Drafts): Voices {
  const interview = interviews.get(exchange.interview);
  const people = interview?.texts.flatMap(({ text }) => text.people) ?? [];
  const { speaker, attribution } = exchange.page?.value ?? {};
  const person = people.find(({ id }) => id === speaker) ?? null;
  const levels = [interview?.page?.value?.attribution, attribution, person?.attribution];
  return { people, speaker: person?.id ?? null, withheld: levels.some((level) => level != null && level !== 'named') };
}

function quotedPage({ file, matter, body }: Page<unknown, ExchangeBody>, { people }: Voices): QuotedPage {
  const transcript = body.said.length === 0 ? null : readTranscript(file, body.said, people);
  return { file, source: matter.body, quotes: body.quotes, transcript };
}

/** `apart`: the name is on its own line, so it is certainly meant as a name. */
type Attributed = { words: QuoteText; name: string; apart: boolean };

function checkPage(page: QuotedPage, base: QuotedTranscript | null, voices: Voices, findings: Findings): void {
  const transcripts = [page.transcript, base].filter((transcript) => transcript !== null);
  for (const { quote, ...start } of page.quotes) {
    const whole = readQuote(textOfQuote(quote));
    if (whole.pieces.length === 0) continue;
    const place: Place = { file: page.file, ...placeInSource(whole.pieces[0]?.tokens ?? [], start, page.source) };
    const attribution = readAttribution(whole.text);
    const attributed = attribution && {
      words: readQuote(attribution.words),
      name: attribution.name,
      apart: standsApart(attribution.name, start.line, page.source),
    };
    checkQuote({ whole, attributed }, place, page, transcripts, voices, findings);
  }
}

/** A dash may be part of a quote or introduce the speaker's name, so the whole text is searched first, then the text before the dash. */
function checkQuote(
  { whole, attributed }: { whole: QuoteText; attributed: Attributed | null },
  place: Place,
  page: QuotedPage,
  transcripts: readonly QuotedTranscript[],
  voices: Voices,
  findings: Findings,
): void {
  const isSaid = (words: QuoteText) => transcripts.some((transcript) => findQuote(words, transcript, voices.speaker).type === 'said');
  if (isSaid(whole)) return;
  const isName = attributed !== null && (attributed.apart || peopleCalled(attributed.name, voices.people).length > 0);
  if (isName && !isSpeaker(attributed.name, voices)) {
    findings.add('false-attribution', place, { name: attributed.name, speaker: nameOf(voices) });
    return;
  }
  const words = isName ? attributed.words : whole;
  if (!isSaid(words)) reportUnsaid(words, place, page, transcripts, voices, findings);
}

function reportUnsaid(
  quote: QuoteText,
  place: Place,
  { transcript, source }: QuotedPage,
  transcripts: readonly QuotedTranscript[],
  voices: Voices,
  findings: Findings,
): void {
  const shown = shorten(quote.text);
  for (const each of transcripts) {
    const found = findQuote(quote, each, voices.speaker);
    if (found.type !== 'other-speaker') continue;
    const other = voices.people.find(({ id }) => id === found.speaker)?.name ?? found.speaker;
    findings.add('other-speaker', place, { quote: shown, other, speaker: nameOf(voices) ?? '', line: found.line });
    return;
  }
  if (transcript === null) {
    findings.add('unchecked-quote', place, { quote: shown, translated: transcripts.length > 0 });
    return;
  }
  const found = findQuote(quote, transcript, voices.speaker);
  if (found.type !== 'not-said') return;
  const words = quote.pieces.flatMap(({ tokens }) => tokens);
  findings.add('unverified-quote', place, { quote: shown, fault: found.fault, nearest: nearestPassage(words, transcript, source) });
}

function isSpeaker(written: string, { people, speaker, withheld }: Voices): boolean {
  const called = peopleCalled(written, people);
  if (called.length === 0) return withheld;
  return speaker === null || called.some(({ id }) => id === speaker);
}

function nameOf({ people, speaker }: Voices): string | null {
  return people.find(({ id }) => id === speaker)?.name ?? null;
}

/**
 * Whether a line of the file, from the line of the quote on, holds only a dash and the name. The parser joins the lines of a paragraph.
 */
function standsApart(name: string, line: number, source: QuoteSource | null): boolean {
  const lines = source === null ? [] : linesFrom(source.text, line - source.line).split('\n', MOST_LINES);
  return lines.some((each) => /^[\s>]*(?:[—–―]|--)+\s*(.*)$/.exec(each)?.[1]?.replace(/[*_]/g, '').trim() === name);
}

/** In lines. No quote is longer. */
const MOST_LINES = 200;

function shorten(text: string): string {
  // The message adds its own quotation marks.
  const line = text.replace(/\s+/g, ' ').replace(/^[\s“”"'‘’「『]+|[\s“”"'‘’」』]+$/g, '');
  return line.length > 80 ? `${line.slice(0, 79).replace(/[\ud800-\udbff]$/, '')}…` : line;
}

// Names after the dash of a quote

/**
 * Returns the people that a name may stand for: by full, first or last name, with or without title. Ignores text after a comma or
 * bracket.
 */
function peopleCalled(written: string, people: readonly Person[]): Person[] {
  const name = folded((written.split(/[,，、;；(（[]/)[0] ?? '').replace(TITLE, ''));
  return people.filter((person) => {
    const parts = person.name.split(/[\s·・]+/);
    return name !== '' && [person.name, parts[0], parts.at(-1)].some((part) => part !== undefined && folded(part) === name);
  });
}

const TITLE = /^\s*(?:(?:dr|prof|professor|mr|mrs|ms|sir|dame)\b\.?\s*)+/i;

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

// Parsing of quotes

export interface QuoteText {
  text: string;
  /** Runs of words that must occur as they are. */
  pieces: { text: string; tokens: Token[] }[];
  /** The gaps between consecutive pieces. */
  gaps: QuoteGap[];
  /** Words that the editor added in brackets. */
  inserted: Token[];
}

/** `…`, `...`, `[…]`: words are left out. `[the model]`: words of the editor, which may replace others. */
export type QuoteGap = 'ellipsis' | 'brackets';

/** Returns the text of a quote, one line for each paragraph. */
function textOfQuote(quote: Quote): string {
  return textsOf(quote.children).join('\n');
}

/** Splits a quote at its ellipses and brackets. A single letter in brackets (`[T]he`) only changes the case, which is ignored. */
function readQuote(text: string): QuoteText {
  const plain = text.replace(/\[(\p{Lu}|\p{Ll})\](?=\p{L})/gu, '$1');
  const quote: QuoteText = { text, pieces: [], gaps: [], inserted: [] };
  let gap: QuoteGap | null = null;
  let from = 0;
  const take = (to: number) => {
    const piece = plain.slice(from, to).trim();
    const tokens = tokensOf(piece);
    if (tokens.length === 0) return;
    if (quote.pieces.length > 0) quote.gaps.push(gap ?? 'brackets');
    quote.pieces.push({ text: piece, tokens });
    gap = null;
  };
  for (const match of plain.matchAll(GAP)) {
    take(match.index);
    from = match.index + match[0].length;
    const inserted = tokensOf(match[1] ?? '');
    if (inserted.length === 0) gap = 'ellipsis';
    else gap ??= 'brackets';
    quote.inserted.push(...inserted);
  }
  take(plain.length);
  return quote;
}

const dots = '(?:\\.{3,}|(?:\\. ){2}\\.|…+|⋯+)';
const GAP = new RegExp(`[[(]\\s*${dots}\\s*[\\])]|${dots}|\\[([^[\\]]{0,500})\\]`, 'g');

/** Splits a text at its last dash: the words before it, and what may be the speaker's name after it. Null when there is no dash. */
function readAttribution(text: string): { words: string; name: string } | null {
  const match = /^(.*?)(?:^|[\s”"'」』]|(?<=[\p{P}]))(?:[—–―]|--)+\s*(?=\p{L})([^—–―\n]{1,80})$/su.exec(text.trimEnd());
  const [, words = '', name = ''] = match ?? [];
  return match === null || tokensOf(words).length === 0 ? null : { words, name: name.trim() };
}

// Search for a quote in a transcript

/** Whether a quote was said, by another speaker (at `line`), or not at all. */
type Found = { type: 'said' } | { type: 'other-speaker'; speaker: string; line: number } | { type: 'not-said'; fault: QuoteFault };

/** The most words that an ellipsis or brackets may stand for; in words or Chinese characters. */
const REACH: Record<QuoteGap, number> = { ellipsis: 100, brackets: 10 };
const MOST_ELLIPSES = 3;
/** In words; a Chinese character counts as half a word. */
const SHORTEST_PIECE = 2;

/**
 * Looks for a quote. Its pieces must occur word by word, in order and close together, in what one person says. `speaker` is the id of the
 * person quoted, or null when unknown.
 */
function findQuote(quote: QuoteText, transcript: QuotedTranscript, speaker: string | null): Found {
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

/** Returns a fault that makes a quote doubtful regardless of the transcript, or null. */
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
  /** The places of each piece, in order. */
  places: readonly number[][];
  transcript: QuotedTranscript;
}

/**
 * Returns the index of the word at which a quote begins in what one person says, or null when it does not occur there. Each piece is
 * matched with the nearest one before it.
 */
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

/** Whether the words left out of a sentence contain a negation, so that the quote may mean the opposite. */
function leavesOutNegation(words: readonly TranscriptWord[], from: number, to: number, passages: QuotedTranscript['passages']): boolean {
  const [first, last] = [words[from - 1], words[to]];
  if (first === undefined || last === undefined || first.passage !== last.passage) return false;
  const between = passages[first.passage]?.text.slice(first.to, last.from) ?? '';
  return !/[.!?](?=["'”’)\]]*\s)|[。！？]/.test(between) && words.slice(from, to).some(({ key }) => isNegation(key));
}

const NEGATION = /^(?:not?|never|nobody|none|nothing|neither|nor|cannot|without|hardly|[a-z]+n't|[不没沒无無非未别別莫勿])$/;
const isNegation = (key: string) => NEGATION.test(key);

/** Returns the first word of a piece that never follows the words before it in the transcript. */
function firstStray(tokens: readonly Token[], quote: QuoteText, piece: number, transcript: QuotedTranscript): string {
  let [low, high] = [0, tokens.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (transcript.placesOf(tokens.slice(0, middle + 1)).length === 0) high = middle;
    else low = middle + 1;
  }
  const stray = tokens[low];
  return stray === undefined ? '' : (quote.pieces[piece]?.text.slice(stray.from, stray.to) ?? '');
}

function lineOf({ words, passages }: QuotedTranscript, place: number): number {
  return passages[words[place]?.passage ?? 0]?.line ?? 1;
}
