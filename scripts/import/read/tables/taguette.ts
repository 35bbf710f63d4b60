/**
 * The highlights CSV of Taguette: `id,document,tag,content`, one row for each tag of a highlight. It lacks the text between highlights.
 */
import { ExpectedError } from '../../../shared/errors.ts';
import type { ImportFinding } from '../../finding.ts';
import { finding } from '../../finding-text.ts';
import type { Transcript, Turn } from '../../transcript.ts';
import { emptyTranscript, type TranscriptReading, type TranscriptSource } from '../source.ts';
import { parseLabel } from '../turns/label.ts';
import { decideSpeakers, labelKey, type Speakers } from '../turns/speakers.ts';
import { isTaguette } from './csv-columns.ts';
import { readRows } from './csv-rows.ts';

interface Highlight {
  document: string;
  content: string;
  tags: Set<string>;
  line: number;
}

/** Returns one transcript for each document. Throws ExpectedError when the first line has other headings. */
export function readTaguette({ text, file }: TranscriptSource): TranscriptReading {
  const { rows, unclosed } = readRows(text);
  const headings = (rows[0]?.cells ?? []).map((heading) => heading.trim().toLowerCase());
  if (!isTaguette(headings)) {
    throw new ExpectedError(
      `${file}:1:1: the headings of Taguette's export are id,document,tag,content; here they are "${headings.join(',')}"`,
      {
        hint: 'export the highlights as CSV, or choose another format: --from csv',
      },
    );
  }
  const findings: ImportFinding[] = [];
  if (unclosed !== null) findings.push(finding('unclosed-quote', { file, line: unclosed, column: 1 }, {}));
  const highlights = new Map<string, Highlight>();
  const [id, document, tag, content] = ['id', 'document', 'tag', 'content'].map((name) => headings.indexOf(name)) as [
    number,
    number,
    number,
    number,
  ];
  for (const { cells, line } of rows.slice(1)) {
    if ((cells[content] ?? '').trim() === '') {
      findings.push(finding('short-row', { file, line, column: 1 }, { cells: cells.length, columns: headings.length }));
      continue;
    }
    const key = JSON.stringify([cells[document], cells[id], cells[content]]);
    const known = highlights.get(key) ?? { document: cells[document]?.trim() ?? '', content: cells[content] ?? '', tags: new Set(), line };
    highlights.set(key, known);
    const name = cells[tag]?.trim() ?? '';
    if (name !== '') known.tags.add(name);
  }
  const documents = new Map<string, Highlight[]>();
  for (const highlight of highlights.values()) {
    const same = documents.get(highlight.document);
    if (same === undefined) documents.set(highlight.document, [highlight]);
    else same.push(highlight);
  }
  return { transcripts: [...documents].map(([title, items]) => toTranscript(title, items, file)), findings };
}

function toTranscript(title: string, highlights: readonly Highlight[], file: string): Transcript {
  const texts = highlights.map(({ content }) => content.split(/\n/).filter((text) => text.trim() !== ''));
  const labels = texts.flat().flatMap((text) => parseLabel(text.trim()) ?? []);
  const speakers = decideSpeakers(labels, { paragraphs: texts.flat().length, known: [] });
  const parts = highlights.flatMap((highlight, index) => toTurns(highlight, texts[index] ?? [], speakers, file));
  const transcript = { ...emptyTranscript(file, 'taguette'), parts };
  transcript.head.title = title === '' ? null : title.replace(/\.(?:txt|md|html?|docx?|odt|pdf|rtf)$/i, '');
  return transcript;
}

/** Converts a highlight to turns. Highlights are taken out of context, so the first speaker is known only when a label names them. */
function toTurns({ tags, line }: Highlight, texts: readonly string[], { accepted }: Speakers, file: string): Turn[] {
  const turns: Turn[] = [];
  for (const text of texts) {
    const label = parseLabel(text.trim());
    const isLabel = label !== null && accepted.has(labelKey(label.name));
    const words = isLabel ? label.rest : text.trim();
    if (isLabel || turns.length === 0) {
      const [speaker, start, end] = isLabel ? [label.name, label.start, label.end] : [null, null, null];
      turns.push({ type: 'turn', speaker, paragraphs: [], start, end, codes: [...tags], place: { file, line, column: 1 } });
    }
    if (words !== '') turns.at(-1)?.paragraphs.push(words);
  }
  return turns.filter(({ paragraphs }) => paragraphs.length > 0);
}
