import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, blocksToPlain, type Inline, inlineToPlain } from '../../scripts/model/text.ts';
import { countLines } from '../../scripts/plan/measure.ts';
import { fillOf, splitBlocks } from '../../scripts/plan/split.ts';
import { countWords, splitSentences } from '../../scripts/plan/words.ts';
import { loadMetrics } from '../../scripts/render/load-metrics.ts';
import { anyLine } from '../arbitraries.ts';

const measure = await loadMetrics(path.resolve(import.meta.dirname, '../../templates/theme'));
const room = () => ({ width: 850, size: 25, height: 300, words: 72 });

const inline: fc.Arbitrary<Inline[]> = fc.array(
  fc.oneof(
    anyLine.map((value): Inline => ({ type: 'text', value })),
    anyLine.map((value): Inline => ({ type: 'strong', children: [{ type: 'text', value }] })),
  ),
  { minLength: 1, maxLength: 4 },
);
const blocks: fc.Arbitrary<Block[]> = fc.array(
  fc.oneof(
    inline.map((children): Block => ({ type: 'paragraph', children })),
    fc
      .array(inline, { minLength: 1, maxLength: 6 })
      .map(
        (items): Block => ({ type: 'list', ordered: false, start: 1, items: items.map((children) => [{ type: 'paragraph', children }]) }),
      ),
  ),
  { minLength: 1, maxLength: 4 },
);
const letters = (text: string) => text.replace(/\s/g, '');

describe('splitting', () => {
  it('loses nothing and keeps the order', () => {
    fc.assert(
      fc.property(blocks, (all) => {
        const slides = splitBlocks(all, room, 'en', measure);
        expect(letters(slides.map(blocksToPlain).join(''))).toBe(letters(blocksToPlain(all)));
      }),
    );
  });

  it('fills no slide beyond its room, unless a single sentence does', () => {
    fc.assert(
      fc.property(blocks, (all) => {
        for (const slide of splitBlocks(all, room, 'en', measure)) {
          const [only] = slide;
          const single =
            slide.length === 1 &&
            (only?.type === 'paragraph'
              ? splitSentences(only.children, 'en').length === 1
              : only?.type === 'list' && only.items.length === 1);
          if (!single) expect(fillOf(slide, room(), measure)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('leaves what fits on one slide alone', () => {
    const list: Block = {
      type: 'list',
      ordered: true,
      start: 1,
      items: [[{ type: 'paragraph', children: [{ type: 'text', value: 'One point.' }] }]],
    };
    expect(splitBlocks([list], room, 'en', measure)).toEqual([[list]]);
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
    const slides = splitBlocks([list], room, 'en', measure);
    expect(slides.map(([first]) => (first?.type === 'list' ? [first.start, first.items.length] : null))).toEqual([
      [1, 3],
      [4, 2],
    ]);
  });

  it('cuts a long Chinese paragraph at its full stops', () => {
    const sentence = '规模定律在一定程度上是经验的总结，人们从各种数据和现象里看到了它，却还没有公认的解释。';
    const slides = splitBlocks([{ type: 'paragraph', children: [{ type: 'text', value: sentence.repeat(9) }] }], room, 'zh', measure);
    expect(slides.length).toBeGreaterThan(1);
    for (const slide of slides) expect(blocksToPlain(slide)).toMatch(/。$/);
  });
});

describe('sentences', () => {
  it('joined again are the paragraph', () => {
    fc.assert(
      fc.property(
        inline,
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

  it('breaks Chinese anywhere but before closing marks', () => {
    const width = (text: string) => [...text].length * 10;
    expect(countLines('一二三四五六', 'sans', 10, 30, width)).toBe(2);
    // The comma may not start a line: it takes the third character with it.
    expect(countLines('一二三，四', 'sans', 10, 30, width)).toBe(2);
    expect(countLines('一二三，四五', 'sans', 10, 30, width)).toBe(3);
  });

  it('breaks English at spaces and hyphens, and a word that is too long inside', () => {
    const width = (text: string) => text.length * 10;
    expect(countLines('aaa bbb ccc', 'sans', 10, 70, width)).toBe(2);
    expect(countLines('well-known', 'sans', 10, 60, width)).toBe(2);
    expect(countLines('x'.repeat(25), 'sans', 10, 100, width)).toBe(3);
  });
});
