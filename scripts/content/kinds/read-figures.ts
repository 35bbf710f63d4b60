import { type Figure, figure as figureSchema } from '../../model/outputs/figure.ts';
import { itemsAt, reportDuplicates } from '../duplicates.ts';
import type { Findings } from '../findings.ts';
import { suggest } from '../suggest.ts';
import type { Matter } from './page-matter.ts';

/** Findings in figures that a schema cannot make. A figure whose own schema fails is left to that finding. */
export function checkFigures(matter: Matter, findings: Findings): void {
  for (const [index, item] of itemsAt(matter, ['figures']).entries()) {
    const parsed = figureSchema.safeParse(item);
    if (!parsed.success) continue;
    if (parsed.data.kind === 'diagram') checkDiagram(parsed.data, index, matter, findings);
    if (parsed.data.kind === 'bars') checkBars(parsed.data, index, matter, findings);
  }
}

function checkDiagram({ nodes, edges }: Extract<Figure, { kind: 'diagram' }>, index: number, matter: Matter, findings: Findings): void {
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

function checkBars({ items, scale }: Extract<Figure, { kind: 'bars' }>, index: number, matter: Matter, findings: Findings): void {
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

/** Words for a node id that is not among the nodes. */
export function unknownNode(id: string, ids: readonly string[]): string {
  const suggestion = suggest(id, ids);
  return `there is no node "${id}"${suggestion === null ? '' : `; did you mean "${suggestion}"?`}`;
}
