import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, blocksToPlain, countWords, type Inline, inlineToPlain } from '../../scripts/model/text/text.ts';
import type { Measure } from '../../scripts/plan/measure/measure.ts';
import { type Rooms, splitBlocks } from '../../scripts/plan/measure/split.ts';
import { splitSentences } from '../../scripts/plan/measure/split-words.ts';
import { blocksHeight } from '../../scripts/plan/slides/block-sizes.ts';
import { loadMetrics } from '../../scripts/render/fonts/load-metrics.ts';
import { anyBlocks, anyInline } from './any-blocks.ts';

const metrics = await loadMetrics(path.resolve(import.meta.dirname, '../../templates/theme'));
const measure: Measure = { ...metrics, figureSize: () => ({ width: 0, height: 0, scale: 1 }) };
const room = (size: 'normal' | 'compact') => ({ width: 850, style: measure.geometry.text[size], height: 300 });
const rooms: Rooms = { usual: room('normal'), compact: room('compact'), bare: true };
/** The blocks of every slide. */
const split = (blocks: readonly Block[], lang = 'en') => splitBlocks(blocks, rooms, lang, measure).map((portion) => portion.blocks);

const letters = (text: string) => text.replace(/\s/g, '');

const runs = { numRuns: fc.readConfigureGlobal()?.numRuns ?? 12 };

describe('splitting', () => {
  it('loses nothing and keeps the order', () => {
    fc.assert(
      fc.property(anyBlocks, (all) => void expect(letters(split(all).map(blocksToPlain).join(''))).toBe(letters(blocksToPlain(all)))),
      runs,
    );
  });

  it('fills no slide beyond its room, and leaves no line alone on a further one', () => {
    fc.assert(
      fc.property(anyBlocks, (all) => {
        splitBlocks(all, rooms, 'en', measure).forEach(({ blocks: slide, size }, index) => {
          const { height, ...column } = rooms[size];
          const lines = blocksHeight(slide, column, measure) / column.style.line;
          expect(lines * column.style.line).toBeLessThanOrEqual(height);
          if (index > 0) expect(lines).toBeGreaterThan(1);
        });
      }),
      runs,
    );
  });

  it('goes on counting where an item of an ordered list was cut, and does not count it twice', () => {
    const text = (words: string): Block => ({ type: 'paragraph', children: [{ type: 'text', value: words }] });
    const long = 'This is one of many sentences of a point that is far too long for one slide of a deck. '.repeat(9);
    const list: Block = { type: 'list', ordered: true, start: 1, items: [[text('First.')], [text(long)], [text('Third, and last.')]] };
    const slides = split([list]);
    const numbers = slides.map(([first]) => (first?.type === 'list' ? [first.start, first.resumes ?? false, first.items.length] : null));
    expect(numbers).toEqual([
      [1, false, 2],
      [2, true, 2],
    ]);
  });

  it('does not leave behind the sentence that announces a list', () => {
    const text = (words: string): Block => ({ type: 'paragraph', children: [{ type: 'text', value: words }] });
    const filler = 'Some twenty words stand in each of these points, so that a few of them are enough to fill a slide.';
    const nested: Block = { type: 'list', ordered: false, start: 1, items: [[text(filler)], [text(filler)]] };
    const list: Block = {
      type: 'list',
      ordered: false,
      start: 1,
      items: [[text(filler)], [text(filler)], [text('What he asks:'), nested]],
    };
    for (const slide of split([list]).slice(0, -1)) expect(blocksToPlain(slide)).not.toMatch(/:$/);
  });

  it('leaves what fits on one slide alone', () => {
    const list: Block = {
      type: 'list',
      ordered: true,
      start: 1,
      items: [[{ type: 'paragraph', children: [{ type: 'text', value: 'One point.' }] }]],
    };
    expect(split([list])).toEqual([[list]]);
  });

  it('divides evenly: five equal points are three and two, and an ordered list goes on counting', () => {
    const item = (n: number): Block[] => [
      {
        type: 'paragraph',
        children: [
          {
            type: 'text',
            value: `Point ${n} says something in about twenty words, so that five of them are too many for one slide of a deck.`,
          },
        ],
      },
    ];
    const list: Block = { type: 'list', ordered: true, start: 1, items: [1, 2, 3, 4, 5].map(item) };
    const slides = split([list]);
    expect(slides.map(([first]) => (first?.type === 'list' ? [first.start, first.items.length] : null))).toEqual([
      [1, 3],
      [4, 2],
    ]);
  });

  it('cuts a long Chinese paragraph at its full stops', () => {
    const sentence = '规模定律在一定程度上是经验的总结，人们从各种数据和现象里看到了它，却还没有公认的解释。';
    const slides = split([{ type: 'paragraph', children: [{ type: 'text', value: sentence.repeat(9) }] }], 'zh');
    expect(slides.length).toBeGreaterThan(1);
    for (const slide of slides) expect(blocksToPlain(slide)).toMatch(/。$/);
  });
});

describe('sentences', () => {
  it('joined again are the paragraph', () => {
    fc.assert(
      fc.property(
        anyInline,
        (children) => void expect(splitSentences(children, 'en').map(inlineToPlain).join('')).toBe(inlineToPlain(children)),
      ),
    );
  });

  it('keep a mark that spans a cut on both sides', () => {
    const children: Inline[] = [{ type: 'strong', children: [{ type: 'text', value: 'One. Two.' }] }];
    expect(splitSentences(children, 'en')).toEqual([
      [{ type: 'strong', children: [{ type: 'text', value: 'One. ' }] }],
      [{ type: 'strong', children: [{ type: 'text', value: 'Two.' }] }],
    ]);
  });
});

describe('measuring', () => {
  it('counts words in both scripts', () => {
    expect(countWords("It's a well-known 2–3 years.")).toBe(5);
    expect(countWords('规模定律')).toBe(2);
    expect(countWords('用 Claude 2')).toBe(2.5);
  });
});
