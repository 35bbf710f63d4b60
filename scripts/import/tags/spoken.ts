/** The parts of a transcript as what is cut into exchanges: who said it, paragraph by paragraph. */
import type { Place } from '../../model/problems/problem.ts';
import type { Speaker } from '../exchanges/people.ts';
import { linesOf } from '../plain-text.ts';
import type { TranscriptPart, Turn } from '../transcript.ts';

/** What somebody says. */
export interface Spoken {
  speaker: Speaker;
  /** Each as one line, at least one. */
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

/** As many sections as an interview may have. */
const MOST_SECTIONS = 100;
const LONGEST_TITLE = 300;
/** In characters: so much of a context can be shown. The rest becomes remarks, which are not. */
const MOST_CONTEXT = 40_000;
/** In characters: no paragraph is longer, so that no content file grows too large. */
const LONGEST_PARAGRAPH = 100_000;

/** Sorts what was said from what was not. Prose before the first turn and behind the last one is the interview's context; between turns it is a remark. */
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

/** Whether a heading can be a section. */
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

/** Cut at a space where there is one. */
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
