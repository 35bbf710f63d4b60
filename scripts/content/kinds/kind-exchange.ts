import type { z } from 'zod';
import type { ExchangeText } from '../../model/corpus.ts';
import { exchangeMatter, exchangeTranslation } from '../../model/front-matter.ts';
import { type Figure, type FigureOf, type FigureTranslation, figure as figureSchema } from '../../model/outputs/figure.ts';
import { type Block, inlineToPlain, type Quote, quotesIn, textsOf } from '../../model/text/text.ts';
import type { Findings } from '../findings.ts';
import { suggest } from '../findings.ts';
import { headingAsParagraph, type MarkdownPart, type MarkdownText } from '../markdown/markdown.ts';
import type { Kind, PageDraft } from './page-draft.ts';
import type { PageMatter } from './page-matter.ts';
import { itemsAt, reportDuplicates } from './references.ts';

type ExchangeMatter = z.output<typeof exchangeMatter>;
type ExchangeTranslation = z.output<typeof exchangeTranslation>;

export type ExchangeDraft = PageDraft<ExchangeMatter, ExchangeTranslation, ExchangeBody, ExchangeText> & {
  interview: string;
  /** Position in its interview, counted from 1 over all files, so that a broken file does not renumber the others. */
  number: number;
  /** Null when the tags cannot be read. */
  tags: string[] | null;
};

export const exchangeKind: Kind<ExchangeMatter, ExchangeTranslation, ExchangeBody, ExchangeText> = {
  schema: exchangeMatter,
  translationSchema: exchangeTranslation,
  body: splitExchange,
  check({ file, matter, body }, findings) {
    checkFigures(matter, findings);
    checkTimes(matter, findings);
    if (matter.body !== null && body.body.length === 0 && body.transcript.length === 0) {
      findings.add('empty-exchange', { file, line: 1, column: 1 }, {});
    }
  },
  text({ question, takeaway, figures }, { file, body: { body, notes, transcript } }) {
    return { file, question, takeaway: takeaway ?? null, body, notes, transcript, figures };
  },
  translate(base, { question, takeaway, figures }, { file, matter, body }, findings) {
    // The points and the transcript count as one answer: taken from different languages they would not match.
    const answer = body.body.length > 0 || body.transcript.length > 0 ? body : base;
    return {
      file,
      question: question ?? base.question,
      takeaway: takeaway ?? base.takeaway,
      body: answer.body,
      transcript: answer.transcript,
      notes: body.notes.length > 0 ? body.notes : base.notes,
      figures: figures === undefined ? base.figures : translateFigures(base.figures, figures, matter, findings),
    };
  },
};

/** An exchange cannot end before it starts. */
function checkTimes(matter: PageMatter, findings: Findings): void {
  const start = seconds(matter.data?.start);
  const end = seconds(matter.data?.end);
  if (start !== null && end !== null && end < start) {
    findings.add('invalid-value', matter.at(['end']), { key: 'end', reason: `is before the start, ${String(matter.data?.start)}` });
  }
}

function seconds(value: unknown): number | null {
  if (typeof value !== 'string' || !/^[\d:.]+$/.test(value)) return null;
  return value.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

export interface ExchangeBody {
  body: Block[];
  notes: Block[];
  transcript: Block[];
  /** The quotes in body and notes, with the place of the block that holds them. */
  quotes: { line: number; column: number; quote: Quote }[];
  /** The paragraphs of the transcript. */
  said: ContentPassage[];
}

/** A paragraph of a transcript. `line` is the line of the block that contains it. */
export interface ContentPassage {
  text: string;
  line: number;
}

/** Splits the text of an exchange at `## Notes` and `## Transcript`. These headings are English in every language. */
function splitExchange(text: MarkdownText, file: string, findings: Findings): ExchangeBody {
  const parts: Record<'body' | 'notes' | 'transcript', MarkdownPart[]> = { body: [], notes: [], transcript: [] };
  let section: keyof typeof parts = 'body';
  for (const part of text.parts) {
    if (part.type !== 'heading' || part.depth > 2) {
      parts[section].push(part);
      continue;
    }
    const heading = inlineToPlain(part.children).trim();
    const name = heading.toLowerCase();
    if (part.depth === 2 && (name === 'notes' || name === 'transcript')) section = name;
    else findings.add('unknown-heading', { file, line: part.line, column: part.column }, { heading });
  }
  return {
    body: parts.body.map(blockOf),
    notes: parts.notes.map(blockOf),
    transcript: parts.transcript.map(blockOf),
    quotes: [...parts.body, ...parts.notes].flatMap((part) =>
      quotesIn([blockOf(part)]).map((quote) => ({ line: part.line, column: part.column, quote })),
    ),
    said: parts.transcript.flatMap((part) => textsOf([blockOf(part)]).map((text) => ({ text, line: part.line }))),
  };
}

function blockOf(part: MarkdownPart): Block {
  return part.type === 'block' ? part.block : headingAsParagraph(part.children);
}

/**
 * Returns the figures of a base file with the words of a translation. Figures and items are matched by position, nodes by id, and edges
 * by their ends. Words that the translation leaves out stay those of the base file; whatever does not fit the base file is reported.
 */
function translateFigures(base: readonly Figure[], words: readonly FigureTranslation[], matter: PageMatter, findings: Findings): Figure[] {
  if (base.length !== words.length) {
    const reason = `the base file has ${count(base.length, 'figure')}, the translation ${words.length}`;
    findings.add('translation-mismatch', matter.at(['figures'], 'key'), { key: 'figures', reason });
  }
  return base.map((figure, index) => {
    const given = words[index];
    if (given === undefined) return figure;
    const mismatch: Mismatch = (path, key, reason) =>
      findings.add('translation-mismatch', matter.at(['figures', index, ...path], path.length === 1 ? 'key' : 'value'), { key, reason });
    for (const key of Object.keys(given)) {
      if (!parts[figure.kind].includes(key)) mismatch([key], `figures.${key}`, `a figure of kind ${figure.kind} has none`);
    }
    return merge(figure, given, mismatch);
  });
}

type Mismatch = (path: (string | number)[], key: string, reason: string) => void;

const parts: Record<Figure['kind'], readonly string[]> = {
  number: ['value', 'label', 'alt'],
  bars: ['unit', 'items', 'alt'],
  timeline: ['items', 'alt'],
  diagram: ['nodes', 'edges', 'alt'],
};

function merge(figure: Figure, words: FigureTranslation, mismatch: Mismatch): Figure {
  const alt = words.alt ?? figure.alt;
  switch (figure.kind) {
    case 'number':
      return { ...figure, value: words.value ?? figure.value, label: words.label ?? figure.label, alt };
    case 'bars':
      return { ...figure, unit: words.unit ?? figure.unit, items: mergeBars(figure, words, mismatch), alt };
    case 'timeline':
      return { ...figure, items: mergeEvents(figure, words, mismatch), alt };
    case 'diagram':
      return { ...figure, nodes: mergeNodes(figure, words, mismatch), edges: mergeEdges(figure, words, mismatch), alt };
  }
}

type Items<K extends Figure['kind']> = FigureOf<K> extends { items: infer I } ? I : never;

function mergeBars({ items }: FigureOf<'bars'>, words: FigureTranslation, mismatch: Mismatch): Items<'bars'> {
  const given = itemsOf(items.length, words, 'when', mismatch);
  return items.map((item, index) => ({ ...item, label: given[index]?.label ?? item.label, text: given[index]?.text ?? item.text }));
}

function mergeEvents({ items }: FigureOf<'timeline'>, words: FigureTranslation, mismatch: Mismatch): Items<'timeline'> {
  const given = itemsOf(items.length, words, 'text', mismatch);
  return items.map((item, index) => ({ when: given[index]?.when ?? item.when, label: given[index]?.label ?? item.label }));
}

function itemsOf(length: number, { items = [] }: FigureTranslation, foreign: 'when' | 'text', mismatch: Mismatch) {
  if (items.length > 0 && items.length !== length) {
    mismatch(['items'], 'figures.items', `the base file has ${count(length, 'item')}, the translation ${items.length}`);
  }
  for (const [index, item] of items.entries()) {
    if (item[foreign] !== undefined) mismatch(['items', index, foreign], `figures.items.${foreign}`, 'an item of this figure has none');
  }
  return items;
}

function mergeNodes({ nodes }: FigureOf<'diagram'>, words: FigureTranslation, mismatch: Mismatch): FigureOf<'diagram'>['nodes'] {
  const ids = nodes.map(({ id }) => id);
  const labels = new Map(words.nodes?.map(({ id, label }) => [id, label]));
  for (const [index, { id }] of (words.nodes ?? []).entries()) {
    if (!ids.includes(id)) mismatch(['nodes', index, 'id'], 'figures.nodes', unknownNode(id, ids));
  }
  return nodes.map(({ id, label }) => ({ id, label: labels.get(id) ?? label }));
}

function mergeEdges({ edges }: FigureOf<'diagram'>, words: FigureTranslation, mismatch: Mismatch): FigureOf<'diagram'>['edges'] {
  const merged = edges.map((edge) => ({ ...edge }));
  const taken = new Set<number>();
  for (const [index, { from, to, label }] of (words.edges ?? []).entries()) {
    const at = merged.findIndex((edge, position) => edge.from === from && edge.to === to && !taken.has(position));
    const edge = merged[at];
    if (edge === undefined) mismatch(['edges', index], 'figures.edges', `there is no edge from "${from}" to "${to}"`);
    else edge.label = label;
    taken.add(at);
  }
  return merged;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** Reports errors in figures that a schema cannot express. Skips figures that fail their schema, which is reported separately. */
function checkFigures(matter: PageMatter, findings: Findings): void {
  for (const [index, item] of itemsAt(matter, ['figures']).entries()) {
    const parsed = figureSchema.safeParse(item);
    if (!parsed.success) continue;
    if (parsed.data.kind === 'diagram') checkDiagram(parsed.data, index, matter, findings);
    if (parsed.data.kind === 'bars') checkBars(parsed.data, index, matter, findings);
  }
}

function checkDiagram({ nodes, edges }: Extract<Figure, { kind: 'diagram' }>, index: number, matter: PageMatter, findings: Findings): void {
  reportDuplicates(matter, ['figures', index, 'nodes'], 'node', findings);
  const ids = nodes.map(({ id }) => id);
  for (const [at, edge] of edges.entries()) {
    if (edge.from === edge.to && ids.includes(edge.from)) {
      const reason = 'an edge leads from one node to another';
      findings.add('invalid-value', matter.at(['figures', index, 'edges', at, 'to']), { key: 'figures.edges.to', reason });
    }
    for (const end of ['from', 'to'] as const) {
      if (ids.includes(edge[end])) continue;
      const place = matter.at(['figures', index, 'edges', at, end]);
      findings.add('invalid-value', place, { key: `figures.edges.${end}`, reason: unknownNode(edge[end], ids) });
    }
  }
}

function checkBars({ items, scale }: Extract<Figure, { kind: 'bars' }>, index: number, matter: PageMatter, findings: Findings): void {
  for (const [at, { value, to }] of items.entries()) {
    if (scale === 'log' && Number(value) === 0) {
      const reason = 'a logarithmic scale has no zero: use scale: linear, or leave this bar out';
      findings.add('invalid-value', matter.at(['figures', index, 'items', at, 'value']), { key: 'figures.items.value', reason });
    }
    if (to === undefined || Number(to) > Number(value)) continue;
    const reason = `the end of a range must be above its start: expected more than ${value}, found ${to}`;
    findings.add('invalid-value', matter.at(['figures', index, 'items', at, 'to']), { key: 'figures.items.to', reason });
  }
}

/** Returns the message about an id that is not among the nodes. */
function unknownNode(id: string, ids: readonly string[]): string {
  const suggestion = suggest(id, ids);
  return `there is no node "${id}"${suggestion === null ? '' : `; did you mean "${suggestion}"?`}`;
}
