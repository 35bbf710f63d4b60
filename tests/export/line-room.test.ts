/** Lines in presentations have room for wider fonts, or letters that need less. */
import { describe, expect, it } from 'vitest';
import { fitLines } from '../../scripts/export/pptx/line-room.ts';
import type { Paragraph, ShownItem, ShownRun, TextItem } from '../../scripts/export/pptx/shown.ts';

const run: ShownRun = {
  text: 'words',
  fonts: ['Source Sans 3'],
  size: 20,
  bold: false,
  italic: false,
  underline: false,
  colour: '#000000',
  ground: null,
  lang: 'en',
  link: null,
  broken: false,
  counts: false,
};

function line(x: number, width: number, align: Paragraph['align'] = 'left'): TextItem {
  const paragraph: Paragraph = { runs: [run], align, rightToLeft: false, lineHeight: 26, gap: 0, indent: 0, depth: 0, mark: null };
  return { type: 'text', role: 'text', box: { x, y: 100, width, height: 26 }, paragraphs: [paragraph], tight: true, decoration: false };
}

const box = (x: number, width: number): ShownItem => ({
  type: 'box',
  box: { x, y: 90, width, height: 50 },
  fill: '#ffffff',
  outline: null,
});

/** The first item as it is written: its left and right edge, whether it may be shrunk, and the size of its letters. */
function fitted(...items: ShownItem[]) {
  const [first] = fitLines(items);
  if (first?.type !== 'text') throw new TypeError('the first item is a text');
  const { x, width } = first.box;
  return { left: x, right: x + width, shrinks: !first.tight, size: first.paragraphs[0]?.runs[0]?.size ?? 0 };
}

describe('a line', () => {
  it('with room for any font stays as it is, and so does one of several lines', () => {
    expect(fitted(line(60, 200))).toEqual({ left: 60, right: 260, shrinks: false, size: 20 });
    expect(fitted(line(60, 200), { ...line(270, 200), box: { x: 270, y: 126, width: 200, height: 26 } }).shrinks).toBe(false);
  });

  it('ends before what stands beside it, at the slide and at the sides of a box around it', () => {
    expect(fitted(line(60, 200), line(310, 100))).toEqual({ left: 60, right: 304, shrinks: true, size: 20 });
    expect(fitted(line(700, 240, 'left')).right).toBe(968);
    expect(fitted(line(300, 200, 'right'), box(200, 60))).toEqual({ left: 266, right: 500, shrinks: true, size: 20 });
    expect(fitted(line(100, 200, 'center'), box(80, 240))).toEqual({ left: 83, right: 317, shrinks: true, size: 20 });
  });

  it('shares the room with one that grows towards it', () => {
    expect(fitted(line(60, 200), line(326, 200, 'right')).right).toBe(290);
  });

  it('has smaller letters where even Arial would be too wide, by a tenth at most', () => {
    const close = fitted(line(60, 200), line(272, 100));
    expect(close.right).toBe(266);
    expect(close.size).toBeCloseTo((20 * 206) / 200 / 1.12);
    expect(fitted(line(60, 200), line(260, 100)).size).toBe(18);
  });

  it('that is decoration, or may be broken, is left alone', () => {
    for (const item of [
      { ...line(60, 200), decoration: true },
      { ...line(60, 200), tight: false },
    ]) {
      expect(fitLines([item, line(262, 100)])[0]).toBe(item);
    }
  });
});
