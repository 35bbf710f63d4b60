/** What may be a speaker's label at the beginning of a line. Whether it is one, the whole file decides: speakers.ts. */
import { CLOCK, toMilliseconds } from '../cues/clock.ts';
import { isRole } from './speaker-words.ts';

export interface Label {
  /** As the file writes it, without brackets, stars and times. */
  name: string;
  /** Milliseconds, where a time stands beside the name; an end where it is a span. */
  start: number | null;
  end: number | null;
  /** What follows on the line. */
  rest: string;
  /** How it is written: `timed` with a time beside the name, `bare` with a time and without a colon. */
  mark: 'plain' | 'timed' | 'bare';
}

/** No label is longer, in characters, its time and stars included. */
const LONGEST = 120;
const LONGEST_NAME = 60;

/** Null where the line cannot begin with a label. Looks at the line's beginning only, so a long line costs no more than a short one. */
export function parseLabel(line: string): Label | null {
  const start = line.slice(0, LONGEST);
  const lead = leadingTime(start);
  const colon = colonAt(start, lead.length);
  const label = bracketLabel(start, lead.length) ?? (colon === -1 ? null : colonLabel(start, lead.length, colon));
  if (label === null) return line.length <= LONGEST ? bareLabel(line, lead) : null;
  const { name, times, restAt, openStars } = label;
  if (!mayBeName(name)) return null;
  const [from, to] = times ?? lead.times ?? [null, null];
  return { name, start: from, end: to, rest: openStars + line.slice(restAt).trimStart(), mark: from === null ? 'plain' : 'timed' };
}

/** A name on a line of its own, without colon or time; what says that it is one stands around it. */
export function nameAlone(line: string): string | null {
  const name = line.length > LONGEST_NAME ? '' : bareName(line);
  return mayBeName(name) && !/[.:：]$/.test(name) ? name : null;
}

/** A time that stands alone on its line, or at the beginning of one: `[00:04:01]`, `(4:01)`, `\[04:01\]`. */
export function timeAlone(line: string): [number, number | null] | null {
  if (line.length > 60) return null;
  const { length, times } = leadingTime(line);
  return times !== null && /^[\s*_]*$/.test(line.slice(length)) ? times : null;
}

export type Span = [number, number | null];

const TIME = String.raw`[*_\s]*\\?[\[(（【]?\s?${CLOCK}(?:\s*(?:--?>|[-–—])\s*${CLOCK})?\s?\\?[\])）】]?[*_]*`;
const LEADING_TIME = new RegExp(String.raw`^(?:>>>?\s*)?${TIME}(?=$|[\s|\-–—:：]|\p{L}|\[|【|\*)(?:\s*[|\-–—]\s+|\s*)`, 'u');
const TRAILING_TIME = new RegExp(String.raw`(?:^|[\s\])）】*_]|(?<=\S)(?=[\[(（【]))[\s|,·\-–—]*${TIME}[\s*_]*$`, 'u');

export function leadingTime(start: string): { length: number; times: Span | null } {
  const match = LEADING_TIME.exec(start);
  const times = match === null ? null : spanOf(match);
  if (match === null || times === null) return { length: /^\s*(?:>>>?\s*)?/.exec(start)?.[0].length ?? 0, times: null };
  return { length: match[0].length, times };
}

function spanOf(match: RegExpExecArray): Span | null {
  const from = toMilliseconds(match.slice(1, 5));
  if (from === null) return null;
  return [from, match[6] === undefined ? null : toMilliseconds(match.slice(5, 9))];
}

/** The first colon that is no part of a time, a ratio, an address or `::`. */
function colonAt(start: string, from: number): number {
  for (let at = from; at < start.length; at += 1) {
    const sign = start[at];
    if (sign === '：') return at;
    if (sign !== ':') continue;
    const after = start[at + 1] ?? ' ';
    const before = start[at - 1] ?? ' ';
    if (after === ':' || after === '/' || before === ':') return -1;
    if (/\d/.test(before) && /\d/.test(after)) continue;
    return at;
  }
  return -1;
}

interface Found {
  name: string;
  times: Span | null;
  restAt: number;
  /** Opened before the name and closed behind what is said: `**Ana: text**`. */
  openStars: string;
}

function colonLabel(start: string, from: number, colon: number): Found {
  const before = start.slice(from, colon);
  const timed = TRAILING_TIME.exec(before);
  const times = timed === null ? null : spanOf(timed);
  const written = times === null || timed === null ? before : before.slice(0, timed.index + leadOf(timed[0]));
  const stars = /^\s*(\*{1,3}|_{1,2})/.exec(written)?.[1] ?? '';
  const isOpen = stars !== '' && !/[*_]\s*$/.test(before);
  // `**Ana:** text`: the stars behind the colon close those before the name.
  const closing = isOpen ? (/^[*_]{1,3}/.exec(start.slice(colon + 1))?.[0] ?? '') : '';
  const behind = times === null ? timeBehind(start, colon + 1 + closing.length) : null;
  return {
    name: bareName(written),
    times: times ?? behind?.times ?? null,
    restAt: colon + 1 + closing.length + (behind?.length ?? 0),
    openStars: isOpen && closing === '' ? stars : '',
  };
}

/** `Ana: [00:04:01] text`; without brackets it would be what she says. */
function timeBehind(start: string, at: number): { length: number; times: Span } | null {
  const rest = start.slice(at);
  if (!/^\s*[*_]*\\?[[(（【]/.test(rest)) return null;
  const match = new RegExp(`^${TIME}\\s*`).exec(rest);
  const times = match === null ? null : spanOf(match);
  return match === null || times === null ? null : { length: match[0].length, times };
}

/** `【安娜】text`, `[Speaker 1] (0:03) text`; square brackets alone hold sounds (`[laughter]`). */
function bracketLabel(start: string, from: number): Found | null {
  const match = /^\s*(?:【([^】]{1,40})】|\\?\[([^[\]]{1,60})\\?\])\s*(?![:：])/.exec(start.slice(from));
  if (match === null) return null;
  const name = bareName(match[1] ?? match[2] ?? '');
  const restAt = from + match[0].length;
  const behind = timeBehind(start, restAt);
  if (match[1] === undefined && behind === null && !isRole(name)) return null;
  return { name, times: behind?.times ?? null, restAt: restAt + (behind?.length ?? 0), openStars: '' };
}

/** `Ana Lee  0:03` (Otter, Rev, Feishu), `**Ana Lee** *00:00:43*`, `(speaker 0) text` of whisper.cpp. */
function bareLabel(line: string, lead: { length: number; times: Span | null }): Label | null {
  const diarised = /^\s*\((speaker [\d?]{1,3})\)\s*/i.exec(line);
  if (diarised !== null) return { name: diarised[1] ?? '', start: null, end: null, rest: line.slice(diarised[0].length), mark: 'plain' };
  const timed = TRAILING_TIME.exec(line);
  const times = timed === null ? null : spanOf(timed);
  if (timed === null || times === null) {
    const role = bareName(line.slice(lead.length));
    // Behind a time hardly anything tells a name from words: only `00:12:03 Speaker 2` is sure.
    if (lead.times === null || !isRole(role)) return null;
    return { name: role, start: lead.times[0], end: lead.times[1], rest: '', mark: 'bare' };
  }
  const name = bareName(line.slice(0, timed.index + leadOf(timed[0])));
  return mayBeName(name) ? { name, start: times[0], end: times[1], rest: '', mark: 'bare' } : null;
}

/** What a trailing time takes with it of the name before it: a closing bracket or star belongs to the name. */
function leadOf(timed: string): number {
  return /^[\])）】*_]/.test(timed) ? 1 : 0;
}

function bareName(written: string): string {
  return written
    .replace(/\\([[\]()_*])/g, '$1')
    .replace(/^[\s*_[【「]+/, '')
    .replace(/[\s*_\]】」,，|·]+$/, '')
    .replace(/\s+/g, ' ');
}

/** Names have letters, few words and no punctuation of sentences. */
function mayBeName(name: string): boolean {
  if (
    name.length === 0 ||
    name.length > LONGEST_NAME ||
    /^\d{1,3}[.)]/.test(name) ||
    !/^[\p{L}\p{N}"'“‘(（@#]/u.test(name) ||
    !/\p{L}/u.test(name)
  )
    return false;
  if (/[!?。！？，;；<>=\\|{}「」《》]|https?$/u.test(name) || /\.(?!\s|$|-)/.test(name.replace(/\b\p{Lu}\.(?=\p{Lu}\.)/gu, '')))
    return false;
  // `Ana Lee, Anthropic`: one comma at most.
  return name.split(' ').length <= 7 && name.split(',').length <= 2;
}
