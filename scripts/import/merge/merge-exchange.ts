/** Updates an existing exchange: its transcript, its times and its suggested tags. Everything else belongs to its author. */
import type { SpokenExchange } from '../exchanges/group-exchanges.ts';
import { wordsOf } from '../plain-text.ts';
import { timesOf, transcriptSection, type Voice } from '../tags/written.ts';
import { setKey } from './edit-matter.ts';
import type { ExistingExchange } from './existing.ts';

export interface Tagging {
  /** The codes of the file and, when asked for, the suggested tags. */
  tags: readonly string[];
  suggested: readonly string[];
  /** Terms that this import adds, which nobody can have removed yet. */
  newTerms: readonly string[];
}

export interface MergedExchange {
  text: string;
  /** The key whose value could not be set; null when all were. */
  refused: string | null;
  /** Text without a speaker that is not in the notes. */
  missingRemarks: string[];
}

/** Updates one exchange. Codes become tags only when the exchange has no tags yet. */
export function mergeExchange(
  { text, matter, transcript }: ExistingExchange,
  fresh: SpokenExchange,
  voice: Voice,
  { tags, suggested, newTerms }: Tagging,
): MergedExchange {
  const missingRemarks = remarksMissingIn(text, fresh.remarks);
  if (matter === null) return { text, refused: 'the exchange', missingRemarks };
  const section = transcriptSection(fresh, voice);
  let merged = replaceTranscript(text, transcript, section);
  let refused: string | null = null;
  const set = (key: string, value: Parameters<typeof setKey>[2]) => {
    const next = setKey(merged, key, value);
    if (next === null) refused ??= key;
    else merged = next;
  };
  const data = matter.data;
  for (const [key, time] of Object.entries(timesOf(fresh))) if (time !== null && data[key] !== time) set(key, { quoted: time });
  const given = wordsIn(data.tags);
  if (given.length === 0 && tags.length > 0) set('tags', { words: tags });
  const open = [...suggested, ...tags].filter((tag) => !(given.length === 0 ? tags : given).includes(tag));
  if (open.join() !== wordsIn(data.suggested).join()) set('suggested', open.length === 0 ? null : { words: [...new Set(open)] });
  const terms = wordsIn(data.terms);
  const added = newTerms.filter((term) => !terms.includes(term));
  if (added.length > 0) set('terms', { words: [...terms, ...added] });
  return { text: merged, refused, missingRemarks };
}

/** Returns the transcript section of a file in normalized form, for comparison. */
export function transcriptIn({ text, transcript }: Pick<ExistingExchange, 'text' | 'transcript'>): string | null {
  return transcript === null ? null : normal(text.slice(transcript.from, transcript.to));
}

function replaceTranscript(text: string, place: { from: number; to: number } | null, section: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const written = section.replaceAll('\n', eol);
  if (place === null) return `${text.trimEnd()}${eol}${eol}${written}`;
  if (normal(text.slice(place.from, place.to)) === normal(section)) return text;
  const rest = text.slice(place.to);
  return `${text.slice(0, place.from)}${written}${rest === '' ? '' : `${eol}${rest}`}`;
}

function normal(section: string): string {
  return section.replace(/\r\n?/g, '\n').trimEnd();
}

/** Returns the remarks that a file does not contain. They are new, or somebody has removed them. */
export function remarksMissingIn(text: string, remarks: readonly string[]): string[] {
  if (remarks.length === 0) return [];
  const words = ` ${wordsOf(text).join(' ')} `;
  return remarks.filter((remark) => !words.includes(` ${wordsOf(remark).join(' ')} `) && wordsOf(remark).length > 0);
}

function wordsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
