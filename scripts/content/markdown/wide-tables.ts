import type { Nodes, Root, Table } from 'mdast';
import type { MarkdownContext } from './markdown-inline.ts';

/** Warns of tables whose words have no room beside each other even in small type: slides and pages refuse them, for no word is broken. */
export function reportWideTables(
  root: Root,
  { source, file, line, findings }: Pick<MarkdownContext, 'source' | 'file' | 'line' | 'findings'>,
): void {
  const visit = (node: Nodes) => {
    if (node.type !== 'table') {
      if ('children' in node) node.children.forEach(visit);
      return;
    }
    if (neededEms(node, source) <= MOST_EMS) return;
    const start = node.position?.start ?? { line: 1, column: 1 };
    findings.add(
      'wide-table',
      { file, line: line + start.line - 1, column: start.column },
      { columns: node.children[0]?.children.length ?? 0 },
    );
  };
  visit(root);
}

/** A page has so many ems in the smallest type that tables take (plan/table.ts). */
const MOST_EMS = 62;
/** Of an average letter, and of the gap beside a column. */
const LETTER = 0.52;
const GAP = 1.1;
/** Longer words, such as addresses, are broken in any case. */
const LONGEST_WORD = 14;

function neededEms(table: Table, source: string): number {
  const widths = new Map<number, number>();
  for (const row of table.children) {
    for (const [index, cell] of row.children.entries()) {
      const text = source.slice(cell.position?.start.offset ?? 0, cell.position?.end.offset ?? 0).replaceAll('|', ' ');
      const words = text.split(/\s+|(?<=[-/\p{Script=Han}])/u).map((word) => (/\p{Script=Han}/u.test(word) ? 1 : word.length * LETTER));
      widths.set(index, Math.min(LONGEST_WORD, Math.max(widths.get(index) ?? 0, ...words)));
    }
  }
  return [...widths.values()].reduce((sum, width) => sum + width + GAP, 0);
}
