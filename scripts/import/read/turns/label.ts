/** Finds possible speaker labels at the beginning of lines. Whether they are speakers depends on the whole file: speakers.ts. */
import { CLOCK, toMilliseconds } from '../cues/clock.ts';
import { isRole } from './speaker-words.ts';

export interface Label {
  /** As written in the file, without brackets, asterisks and times. */
  name: string;
  /** In ms, when there is a time beside the name; `end` is set for a range of times. */
  start: number | null;
  end: number | null;
  /** The rest of the line. */
  rest: string;
  /** `timed`: with a time beside the name. `bare`: with a time but no colon. */
  mark: 'plain' | 'timed' | 'bare';
}

/** In characters, including times and asterisks. No label is longer. */
const LONGEST = 120;
const LONGEST_NAME = 60;

/** Returns null when the line cannot begin with a label. Reads only the beginning, so long lines take no extra time. */
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

/** Reads a name alone on a line, without colon or time. The lines around it decide whether it is a name. */
export function nameAlone(line: string): string | null {
  const name = line.length > LONGEST_NAME ? '' : bareName(line);
  return mayBeName(name) && !/[.:：]$/.test(name) ? name : null;
}

/** Reads a time alone on a line or at its beginning: `[00:04:01]`, `(4:01)`, `\[04:01\]`. */
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

/** Returns the position of the first colon that is not part of a time, a ratio, an address or `::`. */
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
  /** Asterisks opened before the name and closed after the words: `**Ana: text**`. */
  openStars: string;
}

function colonLabel(start: string, from: number, colon: number): Found {
  const before = start.slice(from, colon);
  const timed = TRAILING_TIME.exec(before);
  const times = timed === null ? null : spanOf(timed);
  const written = times === null || timed === null ? before : before.slice(0, timed.index + leadOf(timed[0]));
  const stars = /^\s*(\*{1,3}|_{1,2})/.exec(written)?.[1] ?? '';
  const isOpen = stars !== '' && !/[*_]\s*$/.test(before);
  // In `**Ana:** text`, the asterisks after the colon close those before the name.
  const closing = isOpen ? (/^[*_]{1,3}/.exec(start.slice(colon + 1))?.[0] ?? '') : '';
  const behind = times === null ? timeBehind(start, colon + 1 + closing.length) : null;
  return {
    name: bareName(written),
    times: times ?? behind?.times ?? null,
    restAt: colon + 1 + closing.length + (behind?.length ?? 0),
    openStars: isOpen && closing === '' ? stars : '',
  };
}

/** Reads the time in `Ana: [00:04:01] text`. Without brackets it would be part of the words. */
function timeBehind(start: string, at: number): { length: number; times: Span } | null {
  const rest = start.slice(at);
  if (!/^\s*[*_]*\\?[[(（【]/.test(rest)) return null;
  const match = new RegExp(`^${TIME}\\s*`).exec(rest);
  const times = match === null ? null : spanOf(match);
  return match === null || times === null ? null : { length: match[0].length, times };
}

/** Reads `【安娜】text` and `[Speaker 1] (0:03) text`. Square brackets without a time hold sounds (`[laughter]`). */
function bracketLabel(start: string, from: number): Found | null {
  const match = /^\s*(?:【([^】]{1,40})】|\\?\[([^[\]]{1,60})\\?\])\s*(?![:：])/.exec(start.slice(from));
  if (match === null) return null;
  const name = bareName(match[1] ?? match[2] ?? '');
  const restAt = from + match[0].length;
  const behind = timeBehind(start, restAt);
  if (match[1] === undefined && behind === null && !isRole(name)) return null;
  return { name, times: behind?.times ?? null, restAt: restAt + (behind?.length ?? 0), openStars: '' };
}

/** Reads `Ana Lee  0:03` (Otter, Rev, Feishu), `**Ana Lee** *00:00:43*`, and `(speaker 0) text` of whisper.cpp. */
function bareLabel(line: string, lead: { length: number; times: Span | null }): Label | null {
  const diarised = /^\s*\((speaker [\d?]{1,3})\)\s*/i.exec(line);
  if (diarised !== null) return { name: diarised[1] ?? '', start: null, end: null, rest: line.slice(diarised[0].length), mark: 'plain' };
  const timed = TRAILING_TIME.exec(line);
  const times = timed === null ? null : spanOf(timed);
  if (timed === null || times === null) {
    const role = bareName(line.slice(lead.length));
    // After a time, a name looks like other words. Only a role is certain, as in `00:12:03 Speaker 2`.
    if (lead.times === null || !isRole(role)) return null;
    return { name: role, start: lead.times[0], end: lead.times[1], rest: '', mark: 'bare' };
  }
  const name = bareName(line.slice(0, timed.index + leadOf(timed[0])));
  return mayBeName(name) ? { name, start: times[0], end: times[1], rest: '', mark: 'bare' } : null;
}

/** A closing bracket or asterisk before a trailing time belongs to the name. */
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

/** Whether a text may be a name: it has letters, few words and no sentence punctuation. */
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
  // Allows one comma: `Ana Lee, Anthropic`.
  return name.split(' ').length <= 7 && name.split(',').length <= 2;
}
