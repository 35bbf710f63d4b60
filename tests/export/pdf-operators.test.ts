/** Laws of what is read from content streams and fonts and written back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PrintedFont } from '../../scripts/pdf/pdf-fonts.ts';
import { type Operation, readOperations, writeOperations } from '../../scripts/pdf/pdf-operators.ts';
import { readText, readTextObject, readUnicodeMap, setRuns, writeUnicodeMap } from '../../scripts/pdf/pdf-text.ts';

const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, '0');

describe('operators', () => {
  const operand = fc.oneof(
    fc.integer().map(String),
    fc.constantFrom(
      '.5',
      '-.25',
      '+7',
      '/F1',
      '/',
      '<00ff>',
      '<>',
      '(a (b) \\) \\\\)',
      '[<01> -3.5 (])]',
      '<< /A [1 2] /B (>>) /C <</D <3e3e> >> >>',
    ),
  );
  const operator = fc.constantFrom('BT', 'Tj', 'f*', "'", '"', 'd0', 'BDC');

  it('are the same when they are written and read', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ operator, operands: fc.array(operand, { maxLength: 4 }) })), (operations) => {
        expect(readOperations(writeOperations(operations))).toEqual(operations);
      }),
    );
  });

  it('are found between comments and without spaces, and a picture is one of them', () => {
    const read = readOperations('q%x (\n1 0 0 1 5 .5 cm/Span<</ActualText<feff2019>>>BDC\rBI /W 1 ID ab\0EI x\nEI\nQ');
    expect(read.map(({ operator, operands }) => [operator, ...operands])).toEqual([
      ['q'],
      ['cm', '1', '0', '0', '1', '5', '.5'],
      ['BDC', '/Span', '<</ActualText<feff2019>>>'],
      ['BI', ' /W 1 ID ab\0EI x\nEI'],
      ['Q'],
    ]);
  });

  it.each(['(a', '[1 (]) ', '<< /A <<>> ', 'BI /W 1 ID x'])('are refused where something does not end: %s', (content) => {
    expect(() => readOperations(content)).toThrow(/does not end/);
  });
});

describe('maps to Unicode', () => {
  it('are the same when they are written and read', () => {
    const text = fc.string({ minLength: 1, maxLength: 3, unit: 'binary' });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.nat(0xffff), text), { selector: ([code]) => code, maxLength: 130 }), (entries) => {
        const map = new Map(entries);
        expect(readUnicodeMap(writeUnicodeMap(map))).toEqual(map);
      }),
    );
  });

  it('may have ranges, that count up or list', () => {
    const map = readUnicodeMap('2 beginbfrange\n<0001> <0003> <0041>\n<0005> <0006> [<0066006C> <6A21>]\nendbfrange');
    expect([...map]).toEqual([
      [1, 'A'],
      [2, 'B'],
      [3, 'C'],
      [5, 'fl'],
      [6, '模'],
    ]);
  });
});

describe('runs', () => {
  const font: PrintedFont = {
    widthOf: (code) => 300 + (code % 7) * 50,
    unicode: new Map(Array.from({ length: 9 }, (_, code) => [code, String(code)])),
  };
  const fonts = () => font;

  /** Where each glyph begins, by the rules of the format. */
  function placesOf(operations: readonly Operation[]): [code: number, x: number, y: number][] {
    const places: [number, number, number][] = [];
    let [size, originX, y, line, pen] = [0, 0, 0, 0, 0];
    for (const { operator, operands } of operations) {
      if (operator === 'Tf') size = Number(operands[1]);
      else if (operator === 'Tm') [originX, y, line, pen] = [Number(operands[4]), Number(operands[5]), 0, 0];
      else if (operator === 'Td') {
        line += Number(operands[0]);
        pen = line;
      } else if (operator === 'Tj' || operator === 'TJ') {
        for (const [part] of (operands[0] ?? '').matchAll(/<[^>]*>|[-\d.]+/g)) {
          if (!part.startsWith('<')) pen -= (Number(part) / 1000) * size;
          else
            for (const digits of part.slice(1, -1).match(/.{4}/g) ?? []) {
              const code = Number.parseInt(digits, 16);
              places.push([code, originX + pen, y]);
              pen += (font.widthOf(code) / 1000) * size;
            }
        }
      }
    }
    return places;
  }

  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value.toFixed(4));
  const show = fc
    .array(fc.nat(8), { minLength: 1, maxLength: 3 })
    .map((codes) => ({ operator: 'Tj', operands: [`<${codes.map(hex).join('')}>`] }));
  const move = number(-20, 60).map((by) => ({ operator: 'Td', operands: [by, '0'] }));
  const place = fc.tuple(number(0, 900), number(0, 500)).map(([x, y]) => ({ operator: 'Tm', operands: ['1', '0', '0', '-1', x, y] }));
  const resize = fc.integer({ min: 8, max: 90 }).map((size) => ({ operator: 'Tf', operands: ['/F1', String(size)] }));
  const span = fc.constantFrom<Operation>(
    { operator: 'BDC', operands: ['/Span', '<</ActualText <feff2019>>>'] },
    { operator: 'EMC', operands: [] },
  );
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(move, show) },
    { weight: 2, arbitrary: show.map((each) => [each]) },
    fc.oneof(place, resize, span).map((each) => [each]),
  );

  it('set every glyph where it was, to within a thousandth of a pixel', () => {
    fc.assert(
      fc.property(resize, place, fc.array(step), (first, start, steps) => {
        const operations = [{ operator: 'BT', operands: [] }, first, start, ...steps.flat(), { operator: 'ET', operands: [] }];
        const set = setRuns(readTextObject(operations, fonts), fonts).operations;
        const [was, is] = [placesOf(operations), placesOf(set)];
        expect(is.map(([code]) => code)).toEqual(was.map(([code]) => code));
        for (const [index, [, x, y]] of was.entries()) {
          expect(Math.abs((is[index]?.[1] ?? Number.NaN) - x)).toBeLessThan(0.001);
          expect(is[index]?.[2]).toBe(y);
        }
        expect(readText(readTextObject(set, fonts))).toBe(readText(readTextObject(operations, fonts)));
      }),
    );
  });

  it('leave alone what Chromium does not write', () => {
    const operations = readOperations('BT /F1 20 Tf 1 0 0 -1 0 0 Tm 50 Tz <0001> Tj 5 0 Td <0002> Tj ET');
    expect(setRuns(readTextObject(operations, fonts), fonts).operations).toEqual(operations);
  });
});
