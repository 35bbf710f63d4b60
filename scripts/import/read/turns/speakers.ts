/**
 * Decides which labels are speakers. `Note:`, `https:` and `The point is:` look like labels too, but a speaker is known or occurs
 * repeatedly.
 */
import type { Label } from './label.ts';
import { isNeverSpeaker, isRole, looksNamed } from './speaker-words.ts';

export interface Evidence {
  /** The number of paragraphs or cues, labelled or not. */
  paragraphs: number;
  /** Names that are certainly speakers: from voice tags or a list of participants. */
  known: readonly string[];
}

export interface Speakers {
  /** Keys (see labelKey) of the speakers. */
  accepted: ReadonlySet<string>;
  /** Keys of possible speakers that occur only once and are not known. */
  unsure: ReadonlySet<string>;
}

/** Normalizes a label, so that spellings of the same speaker are equal. */
export function labelKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Decides which labels of a file are speakers. */
export function decideSpeakers(labels: readonly Label[], { paragraphs, known }: Evidence): Speakers {
  const counts = countLabels(labels);
  const knownKeys = new Set(known.map(labelKey));
  const candidates = [...counts.values()].filter((each) => knownKeys.has(each.key) || !isNeverSpeaker(each.name));
  const repeats = candidates.filter((each) => isAccepted(each, candidates, paragraphs) || knownKeys.has(each.key));
  const isShort = repeats.length < 2;
  const accepted = new Set([...repeats, ...(isShort ? fromShortFile(candidates, paragraphs) : [])].map(({ key }) => key));
  const unsure = candidates.filter(({ key, name, count }) => !accepted.has(key) && count === 1 && looksNamed(name) && name.includes(' '));
  return { accepted, unsure: new Set(unsure.map(({ key }) => key)) };
}

interface Counted {
  key: string;
  name: string;
  count: number;
  /** How often a time stands beside it, as only beside speakers. */
  timed: number;
  bare: number;
}

function countLabels(labels: readonly Label[]): Map<string, Counted> {
  const counts = new Map<string, Counted>();
  for (const { name, mark } of labels) {
    const key = labelKey(name);
    const counted = counts.get(key) ?? { key, name, count: 0, timed: 0, bare: 0 };
    counted.count += 1;
    if (mark === 'timed') counted.timed += 1;
    if (mark === 'bare') counted.bare += 1;
    counts.set(key, counted);
  }
  return counts;
}

function isAccepted({ name, count, timed, bare }: Counted, all: readonly Counted[], paragraphs: number): boolean {
  // A single "A:" may begin a list of points. Beside a "Q:" it is an answer.
  if (QUESTION_OR_ANSWER.test(name)) return count >= 2 || all.filter((each) => QUESTION_OR_ANSWER.test(each.name)).length >= 2;
  if (isRole(name)) return true;
  if (bare === count) return count >= 2 && looksNamed(name);
  if (timed >= 2) return true;
  if (count < 2) return timed === 1 && looksNamed(name);
  // Accepts lower-case names, as in chats, if they begin most paragraphs. Phrases such as "my point is:" do not.
  return looksNamed(name) || (!name.includes(' ') && count >= 3 && covered(all.filter((each) => each.count >= 3)) >= paragraphs * 0.6);
}

const QUESTION_OR_ANSWER = /^(?:q|a|question|answer|问|答|提问)$/i;

/** In a short file no speaker repeats. Labels are then speakers if they begin most of its paragraphs. */
function fromShortFile(candidates: readonly Counted[], paragraphs: number): Counted[] {
  const named = candidates.filter(({ name, bare }) => looksNamed(name) && bare === 0);
  return named.length >= 2 && named.length <= 6 && covered(named) >= Math.max(2, paragraphs * 0.6) ? named : [];
}

function covered(labels: readonly Counted[]): number {
  return labels.reduce((sum, { count }) => sum + count, 0);
}
