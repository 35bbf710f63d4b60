/** Characters that no font has a glyph for, on finished pages. */
import { expect, it } from 'vitest';
import { describeFault, inspectPdf } from '../../scripts/pdf/inspect/inspect-pdf.ts';
import { marked, placed, printedPdf } from './printed-pdf.ts';

async function glyphFaults(content: string) {
  const faults = await inspectPdf(await printedPdf([{ content, tags: [['P', {}, 0]] }]));
  return faults.filter(({ type }) => type === 'no-glyph');
}

it('a box in place of a character is a fault, with the text that it stands for where the page tells', async () => {
  expect(await glyphFaults(marked(0, placed([2, 3])))).toEqual([]);
  expect(await glyphFaults(marked(0, placed([2, 0, 3])))).toEqual([{ type: 'no-glyph', page: 1, text: null }]);
  const said = `/Span <</ActualText <FEFF8BB2>>> BDC ${placed([0])} EMC`;
  const [fault, ...others] = await glyphFaults(marked(0, said));
  expect(others).toEqual([]);
  expect(fault && describeFault(fault)).toBe('page 1 shows a box in place of "讲"');
});
