/** Blocks of every kind that is cut at points and sentences: paragraphs, nested lists, code. */
import fc from 'fast-check';
import type { Block, Inline } from '../../scripts/model/text/text.ts';
import { anyLine } from '../arbitraries.ts';

export const anyInline: fc.Arbitrary<Inline[]> = fc.array(
  fc.oneof(
    anyLine.map((value): Inline => ({ type: 'text', value })),
    anyLine.map((value): Inline => ({ type: 'strong', children: [{ type: 'text', value }] })),
  ),
  { minLength: 1, maxLength: 4 },
);
const paragraph = anyInline.map((children): Block => ({ type: 'paragraph', children }));
const { block } = fc.letrec<{ block: Block; list: Block }>((tie) => ({
  list: fc
    .tuple(
      fc.boolean(),
      fc.array(fc.tuple(paragraph, fc.option(tie('list'), { nil: null, depthSize: 'xsmall' })), { minLength: 1, maxLength: 4 }),
    )
    .map(
      ([ordered, items]): Block => ({
        type: 'list',
        ordered,
        start: 1,
        items: items.map(([first, nested]) => (nested === null ? [first] : [first, nested])),
      }),
    ),
  block: fc.oneof(
    { depthSize: 'small' },
    paragraph,
    tie('list'),
    fc.array(anyLine, { minLength: 1, maxLength: 30 }).map((lines): Block => ({ type: 'code', value: lines.join('\n') })),
  ),
}));
export const anyBlocks: fc.Arbitrary<Block[]> = fc.array(block, { minLength: 1, maxLength: 5 });
