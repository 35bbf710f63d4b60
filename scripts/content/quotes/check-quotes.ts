/** A briefing never says what the interviewee did not say: quotes against the transcripts they come from. */
import type { Person } from '../../model/corpus.ts';
import type { Place, Problem } from '../../model/problems/problem.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { Findings } from '../findings.ts';
import type { ExchangeBody } from '../kinds/exchange-body.ts';
import type { ExchangeDraft } from '../kinds/kind-exchange.ts';
import type { Page } from '../kinds/page-draft.ts';
import type { PageMemory } from '../pages/page-memory.ts';
import { linesFrom, placeInSource, type Source } from '../pages/source-place.ts';
import type { Drafts } from '../read-drafts.ts';
import { findQuote } from './find-quote.ts';
import { nearestPassage } from './nearest-passage.ts';
import { type QuoteText, readAttribution, readQuote, textOfQuote } from './quote-text.ts';
import { peopleCalled } from './speaker-name.ts';
import { readTranscript, type Transcript } from './transcript-lines.ts';

/**
 * Reports every quote in the body or notes of an exchange that does not occur in its transcript, is somebody else's, or cannot be checked. A
 * translation is compared with its own transcript, then with that of the base file.
 */
export function checkQuotes(drafts: Drafts, memory: PageMemory | null, findings: Findings): void {
  for (const exchange of drafts.exchanges) {
    const pages = [...(exchange.page === null ? [] : [exchange.page]), ...exchange.translations.map(({ page }) => page)];
    // Most exchanges quote nothing: nobody needs the words of their transcripts then.
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

/** Who speaks in an exchange, and by which names. */
interface Voices {
  /** By all their names, in every language. */
  people: Person[];
  /** Id, or null when nobody is named. */
  speaker: string | null;
  /** The speaker must not be named: then a description may stand for the name. */
  withheld: boolean;
}

interface QuotedPage {
  file: string;
  source: Source | null;
  quotes: ExchangeBody['quotes'];
  transcript: Transcript | null;
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

/** `apart`: the name stands on a line of its own, so it is meant as one. */
type Attributed = { words: QuoteText; name: string; apart: boolean };

function checkPage(page: QuotedPage, base: Transcript | null, voices: Voices, findings: Findings): void {
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

/** A dash may stand inside a quote or before the name of who says it: so the whole is looked for first, then what stands before the dash. */
function checkQuote(
  { whole, attributed }: { whole: QuoteText; attributed: Attributed | null },
  place: Place,
  page: QuotedPage,
  transcripts: readonly Transcript[],
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
  transcripts: readonly Transcript[],
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

/** Whether a line of the file, from that of the quote on, is a dash and the name. The parser joins lines of a paragraph. */
function standsApart(name: string, line: number, source: Source | null): boolean {
  const lines = source === null ? [] : linesFrom(source.text, line - source.line).split('\n', MOST_LINES);
  return lines.some((each) => /^[\s>]*(?:[—–―]|--)+\s*(.*)$/.exec(each)?.[1]?.replace(/[*_]/g, '').trim() === name);
}

/** No quote is longer. */
const MOST_LINES = 200;

function shorten(text: string): string {
  // The message puts its own marks around it.
  const line = text.replace(/\s+/g, ' ').replace(/^[\s“”"'‘’「『]+|[\s“”"'‘’」』]+$/g, '');
  return line.length > 80 ? `${line.slice(0, 79).replace(/[\ud800-\udbff]$/, '')}…` : line;
}
