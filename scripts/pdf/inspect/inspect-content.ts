/** What pages paint: all of it is to be either content with a tag or marked as decoration. */

import type { PageOperations } from '../page-operations.ts';
import type { Operation } from '../pdf-operators.ts';
import type { PdfFault } from './inspect-faults.ts';

/** Pages that paint something outside of all marks, which a screen reader may read at any place, or leave out. */
export function inspectContent(pages: readonly PageOperations[]): PdfFault[] {
  return pages.flatMap(({ operations }, index): PdfFault[] => {
    const page = index + 1;
    if ('reason' in operations) return [{ type: 'unreadable', reason: `page ${page}: ${operations.reason}` }];
    return paintsUnmarked(operations) ? [{ type: 'unmarked', page }] : [];
  });
}

/** What shows something; content that stands elsewhere (`Do`) has marks of its own. */
const PAINTS = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's', 'sh', 'BI', 'Tj', 'TJ', "'", '"']);

function paintsUnmarked(operations: readonly Operation[]): boolean {
  let depth = 0;
  for (const { operator } of operations) {
    if (operator === 'BDC' || operator === 'BMC') depth += 1;
    else if (operator === 'EMC') depth -= 1;
    else if (depth === 0 && PAINTS.has(operator)) return true;
  }
  return false;
}
