/** The figures of an exchange: what a schema cannot say of them, and their words in other languages. */
import { type Figure, type FigureOf, type FigureTranslation, figure as figureSchema } from '../../model/outputs/figure.ts';
import type { Findings } from '../findings.ts';
import { suggest } from '../findings.ts';
import type { PageMatter } from './page-matter.ts';
import { itemsAt, reportDuplicates } from './references.ts';

/** Reports errors in figures that a schema cannot express. Skips figures that fail their schema, which is reported separately. */
export function checkFigures(matter: PageMatter, findings: Findings): void {
  for (const [index, item] of itemsAt(matter, ['figures']).entries()) {
    const parsed = figureSchema.safeParse(item);
    if (!parsed.success) continue;
    if (parsed.data.kind === 'diagram') reportDuplicates(matter, ['figures', index, 'nodes'], 'node', findings);
    for (const { path, part, reason } of faultsIn(parsed.data)) {
      const key = ['figures', ...path.filter((step) => typeof step === 'string')].join('.');
      findings.add('invalid-value', matter.at(['figures', index, ...path], part), { key, reason });
    }
  }
}

/** A value that contradicts another one. `path` leads to it from its figure. */
interface Fault {
  path: (string | number)[];
  part?: 'key';
  reason: string;
}

function faultsIn(figure: Figure): Fault[] {
  switch (figure.kind) {
    case 'number':
    case 'ladder':
      return [];
    case 'timeline':
      return faultsOfMarks(figure.items, 'items');
    case 'diagram':
      return [...faultsOfDiagram(figure), ...faultsOfMarks(figure.nodes, 'nodes')];
    case 'bars':
      return [
        ...figure.items.flatMap((item, at) => [...faultsOfLog(item, at, figure.scale), ...faultsOfRange(item, ['items', at])]),
        ...faultsOfMarks(figure.items, 'items'),
      ];
    case 'comparison':
      return [...faultsOfComparison(figure), ...faultsOfMarks(figure.columns, 'columns')];
    case 'horizon':
      return [...faultsOfHorizon(figure), ...faultsOfMarks(figure.spans, 'spans')];
    case 'opposites':
      return [...faultsOfOpposites(figure), ...faultsOfMarks(figure.items, 'items')];
    case 'quadrants':
      return [...faultsOfQuadrants(figure), ...faultsOfMarks(figure.cells, 'cells')];
  }
}

function faultsOfDiagram({ nodes, edges }: FigureOf<'diagram'>): Fault[] {
  const ids = nodes.map(({ id }) => id);
  return edges.flatMap((edge, at) => [
    ...(edge.from === edge.to && ids.includes(edge.from)
      ? [{ path: ['edges', at, 'to'], reason: 'an edge leads from one node to another' }]
      : []),
    ...(['from', 'to'] as const).flatMap((end) =>
      ids.includes(edge[end]) ? [] : [{ path: ['edges', at, end], reason: unknownNode(edge[end], ids) }],
    ),
  ]);
}

function faultsOfLog({ value }: { value: string }, at: number, scale: 'linear' | 'log'): Fault[] {
  if (scale === 'linear' || Number(value) > 0) return [];
  return [{ path: ['items', at, 'value'], reason: 'a logarithmic scale has no zero: use scale: linear, or leave this bar out' }];
}

function faultsOfRange({ value, to }: { value: string; to?: string | undefined }, path: Fault['path']): Fault[] {
  if (to === undefined || Number(to) > Number(value)) return [];
  return [{ path: [...path, 'to'], reason: `the end of a range must be above its start: expected more than ${value}, found ${to}` }];
}

/** The colour of the theme says which part proves the headline. On several parts it would say nothing. */
function faultsOfMarks(parts: readonly { mark: boolean }[], list: string): Fault[] {
  const marked = parts.flatMap(({ mark }, at) => (mark ? [at] : []));
  return marked.slice(1).map((at) => ({ path: [list, at, 'mark'], part: 'key', reason: 'only one part of a figure may be marked' }));
}

function faultsOfComparison({ columns, order }: FigureOf<'comparison'>): Fault[] {
  const measured = columns.flatMap(({ value }, at) => (value === undefined ? [] : [at]));
  if (order) {
    const reason = 'order: true is for columns of which no sizes are known: leave the values out, or the order';
    return measured.slice(0, 1).map((at) => ({ path: ['columns', at, 'value'], part: 'key', reason }));
  }
  if (measured.length === 0 || measured.length === columns.length) return [];
  const missing = columns.findIndex(({ value }) => value === undefined);
  return [{ path: ['columns', missing], reason: 'has no value, but other columns have one: give every column a value, or none' }];
}

function faultsOfHorizon({ length, spans }: FigureOf<'horizon'>): Fault[] {
  if (Number(length) === 0) return [{ path: ['length'], reason: 'expected a number above 0' }];
  return spans.flatMap((span, at): Fault[] => {
    const beyond = (['from', 'to'] as const).filter((end) => Number(span[end] ?? 0) > Number(length));
    if (beyond.length > 0) {
      return beyond.map((end) => ({
        path: ['spans', at, end],
        reason: `lies beyond the horizon: expected at most ${length}, found ${span[end]}`,
      }));
    }
    return faultsOfRange({ value: span.from, to: span.to }, ['spans', at]);
  });
}

function faultsOfOpposites({ items, scale }: FigureOf<'opposites'>): Fault[] {
  const sides = new Set(items.map(({ side }) => side));
  const oneSided =
    sides.size === 2 ? [] : [{ path: ['items'], part: 'key' as const, reason: 'all lie on one side: use a figure of kind bars' }];
  return [
    ...oneSided,
    ...items.flatMap((item, at): Fault[] => {
      const reason = `a logarithmic scale with two sides starts at 1: expected 1 or more, found ${item.value}`;
      const below = scale === 'log' && Number(item.value) < 1 ? [{ path: ['items', at, 'value'], reason }] : [];
      return [...below, ...faultsOfRange(item, ['items', at])];
    }),
  ];
}

function faultsOfQuadrants({ cells }: FigureOf<'quadrants'>): Fault[] {
  return cells.flatMap(({ x, y }, at) =>
    cells.findIndex((cell) => cell.x === x && cell.y === y) === at
      ? []
      : [{ path: ['cells', at], reason: `the field with x: ${x} and y: ${y} has a cell already` }],
  );
}

/**
 * Returns the figures of a base file with the words of a translation. Figures and items are matched by position, nodes by id, and edges
 * by their ends. Words that the translation leaves out stay those of the base file; whatever does not fit the base file is reported.
 */
export function translateFigures(
  base: readonly Figure[],
  words: readonly FigureTranslation[],
  matter: PageMatter,
  findings: Findings,
): Figure[] {
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
  comparison: ['columns', 'alt'],
  horizon: ['unit', 'start', 'spans', 'alt'],
  opposites: ['sides', 'items', 'alt'],
  ladder: ['limit', 'steps', 'margin', 'alt'],
  quadrants: ['x', 'y', 'cells', 'alt'],
};

function merge(figure: Figure, words: FigureTranslation, mismatch: Mismatch): Figure {
  const alt = words.alt ?? figure.alt;
  switch (figure.kind) {
    case 'number':
      return { ...figure, value: words.value ?? figure.value, label: words.label ?? figure.label, alt };
    case 'bars':
      return { ...figure, unit: words.unit ?? figure.unit, items: mergeBars(figure.items, words, mismatch), alt };
    case 'timeline':
      return { ...figure, items: mergeEvents(figure, words, mismatch), alt };
    case 'diagram':
      return { ...figure, nodes: mergeNodes(figure, words, mismatch), edges: mergeEdges(figure, words, mismatch), alt };
    case 'comparison':
      return { ...figure, columns: mergeColumns(figure, words, mismatch), alt };
    case 'horizon': {
      const spans = mergeLabels(figure.spans, words.spans, 'spans', mismatch);
      return { ...figure, unit: words.unit ?? figure.unit, start: words.start ?? figure.start, spans, alt };
    }
    case 'opposites':
      return { ...figure, sides: mergeWords(figure.sides, words.sides), items: mergeBars(figure.items, words, mismatch), alt };
    case 'ladder':
      return mergeLadder(figure, words, alt, mismatch);
    case 'quadrants': {
      const cells = mergeLabels(figure.cells, words.cells, 'cells', mismatch);
      return { ...figure, x: mergeWords(figure.x, words.x), y: mergeWords(figure.y, words.y), cells, alt };
    }
  }
}

/** Returns the words of a part, each in the translation where it has one. */
function mergeWords<K extends string>(base: Record<K, string>, words: Partial<Record<K, string | undefined>> = {}): Record<K, string> {
  const keys = Object.keys(base) as K[];
  return Object.fromEntries(keys.map((key) => [key, words[key] ?? base[key]])) as Record<K, string>;
}

function mergeBars<T extends { label: string; text?: string | undefined }>(
  bars: readonly T[],
  words: FigureTranslation,
  mismatch: Mismatch,
): T[] {
  const given = itemsOf(bars.length, words, 'when', mismatch);
  return bars.map((bar, index) => ({ ...bar, label: given[index]?.label ?? bar.label, text: given[index]?.text ?? bar.text }));
}

function mergeEvents({ items }: FigureOf<'timeline'>, words: FigureTranslation, mismatch: Mismatch): FigureOf<'timeline'>['items'] {
  const given = itemsOf(items.length, words, 'text', mismatch);
  return items.map((item, index) => ({ ...item, when: given[index]?.when ?? item.when, label: given[index]?.label ?? item.label }));
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

function mergeColumns(
  { columns }: FigureOf<'comparison'>,
  words: FigureTranslation,
  mismatch: Mismatch,
): FigureOf<'comparison'>['columns'] {
  checkCount(columns.length, words.columns, ['columns'], 'column', mismatch);
  return columns.map((column, index) => {
    const { label, text, items = [] } = words.columns?.[index] ?? {};
    if (items.length > 0) checkCount(column.items.length, items, ['columns', index, 'items'], 'item', mismatch);
    return {
      ...column,
      label: label ?? column.label,
      text: text ?? column.text,
      items: column.items.map((item, at) => items[at] ?? item),
    };
  });
}

function mergeLabels<T extends { label: string }>(
  parts: readonly T[],
  words: readonly { label?: string | undefined }[] | undefined,
  key: 'spans' | 'cells',
  mismatch: Mismatch,
): T[] {
  checkCount(parts.length, words, [key], key.slice(0, -1), mismatch);
  return parts.map((part, index) => ({ ...part, label: words?.[index]?.label ?? part.label }));
}

function mergeLadder(figure: FigureOf<'ladder'>, words: FigureTranslation, alt: string, mismatch: Mismatch): FigureOf<'ladder'> {
  checkCount(figure.steps.length, words.steps, ['steps'], 'step', mismatch);
  if (figure.margin === undefined && words.margin !== undefined) mismatch(['margin'], 'figures.margin', 'the base file has none');
  const margin = figure.margin === undefined ? undefined : (words.margin ?? figure.margin);
  return { ...figure, limit: words.limit ?? figure.limit, steps: figure.steps.map((step, at) => words.steps?.[at] ?? step), margin, alt };
}

function checkCount(
  length: number,
  words: readonly unknown[] | undefined,
  path: (string | number)[],
  noun: string,
  mismatch: Mismatch,
): void {
  if (words === undefined || words.length === length) return;
  const key = ['figures', ...path.filter((step) => typeof step === 'string')].join('.');
  mismatch(path, key, `the base file has ${count(length, noun)}, the translation ${words.length}`);
}

function mergeNodes({ nodes }: FigureOf<'diagram'>, words: FigureTranslation, mismatch: Mismatch): FigureOf<'diagram'>['nodes'] {
  const ids = nodes.map(({ id }) => id);
  const labels = new Map(words.nodes?.map(({ id, label }) => [id, label]));
  for (const [index, { id }] of (words.nodes ?? []).entries()) {
    if (!ids.includes(id)) mismatch(['nodes', index, 'id'], 'figures.nodes', unknownNode(id, ids));
  }
  return nodes.map((node) => ({ ...node, label: labels.get(node.id) ?? node.label }));
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

/** Returns the message about an id that is not among the nodes. */
function unknownNode(id: string, ids: readonly string[]): string {
  const suggestion = suggest(id, ids);
  return `there is no node "${id}"${suggestion === null ? '' : `; did you mean "${suggestion}"?`}`;
}
