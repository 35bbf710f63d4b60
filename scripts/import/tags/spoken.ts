/** Prepares the parts of a transcript for cutting into exchanges: speakers and paragraphs. */
import type { Place } from '../../model/problems/problem.ts';
import type { Speaker } from '../exchanges/people.ts';
import { linesOf } from '../plain-text.ts';
import type { TranscriptPart, Turn } from '../transcript.ts';

/** A turn of one speaker. */
export interface Spoken {
  speaker: Speaker;
  /** At least one paragraph, each as one line. */
  paragraphs: string[];
  start: number | null;
  end: number | null;
  codes: string[];
  place: Place;
}

export type SpokenItem = ({ type: 'spoken' } & Spoken) | { type: 'section'; index: number } | { type: 'remark'; text: string };

export interface SpokenParts {
  context: string[];
  sections: string[];
  items: SpokenItem[];
}

/** The most sections an interview may have. */
const MOST_SECTIONS = 100;
const LONGEST_TITLE = 300;
/** In characters. The longest context that can be shown; the rest becomes remarks, which are not shown. */
const MOST_CONTEXT = 40_000;
/** In characters. Longer paragraphs are cut, so that no content file grows too large. */
const LONGEST_PARAGRAPH = 100_000;

/**
 * Separates speech from other text. Prose before the first and after the last turn is the interview's context; between turns it is a
 * remark.
 */
export function spokenParts(parts: readonly TranscriptPart[], speakerOf: (label: string | null) => Speaker): SpokenParts {
  const sorted: SpokenParts & { size: number } = { context: [], sections: [], items: [], size: 0 };
  const spoken = parts.map((part) => (part.type === 'turn' ? asSpoken(part, speakerOf) : null));
  const first = spoken.findIndex((each) => each !== null);
  const last = spoken.findLastIndex((each) => each !== null);
  for (const [index, part] of parts.entries()) {
    const said = spoken[index];
    if (said != null) sorted.items.push({ type: 'spoken', ...said });
    else if (part.type === 'prose' || (part.type === 'heading' && !addSection(part.text, sorted))) {
      addUnspoken(part.type === 'heading' ? [part.text] : part.paragraphs, index < first || index > last, sorted);
    }
  }
  return sorted;
}

/** Adds a section. Returns whether the heading can be one. */
function addSection(text: string, { sections, items }: SpokenParts): boolean {
  const title = linesOf([text]).join(' ');
  if (title === '') return true;
  if (title.length > LONGEST_TITLE || sections.length >= MOST_SECTIONS) return false;
  items.push({ type: 'section', index: sections.push(title) - 1 });
  return true;
}

function addUnspoken(paragraphs: readonly string[], isOutside: boolean, sorted: SpokenParts & { size: number }): void {
  for (const text of linesOf(paragraphs)) {
    if (isOutside) sorted.size += text.length;
    if (isOutside && sorted.size <= MOST_CONTEXT) sorted.context.push(text);
    else sorted.items.push({ type: 'remark', text });
  }
}

function asSpoken({ speaker, paragraphs, start, end, codes, place }: Turn, speakerOf: (label: string | null) => Speaker): Spoken | null {
  const lines = linesOf(paragraphs).flatMap(cutLong);
  return lines.length === 0 ? null : { speaker: speakerOf(speaker), paragraphs: lines, start, end, codes, place };
}

/** Cuts a long text, at a space if possible. */
function cutLong(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > LONGEST_PARAGRAPH) {
    const space = rest.lastIndexOf(' ', LONGEST_PARAGRAPH);
    const end =
      space > LONGEST_PARAGRAPH / 2 ? space : LONGEST_PARAGRAPH - (/[\ud800-\udbff]/.test(rest.charAt(LONGEST_PARAGRAPH - 1)) ? 1 : 0);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, rest];
}
