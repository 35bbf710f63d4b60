import type { Figure, FigureOf, FigureTranslation } from '../../model/outputs/figure.ts';
import type { Findings } from '../findings.ts';
import type { Matter } from './page-matter.ts';
import { unknownNode } from './read-figures.ts';

/**
 * The figures of a base file with the words of a translation: figures and items by position, nodes by id, edges by their ends.
 * Words that are left out stay those of the base file; what does not fit it is a finding.
 */
export function translateFigures(
  base: readonly Figure[],
  words: readonly FigureTranslation[],
  matter: Matter,
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
