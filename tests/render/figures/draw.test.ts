import path from 'node:path';
import { expect, it } from 'vitest';
import { figure as schema } from '../../../scripts/model/outputs/figure.ts';
import { drawFigure } from '../../../scripts/render/figures/draw.ts';
import { figureContext, loadTemplates } from '../../../scripts/render/load-templates.ts';

const templates = await loadTemplates(path.resolve(import.meta.dirname, '../../../templates'));
const strip = { width: 860, height: 250 };

function svgOf(written: object, room = strip, languageTag = 'en'): string {
  const figure = schema.parse({ alt: 'What it shows', ...written });
  if (figure.kind === 'number') throw new TypeError('numbers are not drawn');
  return drawFigure(figure, room, { ...figureContext(templates, 'en'), languageTag }).svg();
}
/** Where a word stands: its baseline, in pixels from the top. */
const baseline = (svg: string, word: string) => Number(new RegExp(`y="([\\d.]+)"[^>]*>${word}<`).exec(svg)?.[1]);

it('a diagram keeps the order in which its author named the nodes', () => {
  const nodes = ['start', 'first', 'second', 'third'].map((id) => ({ id, label: id }));
  const edges = ['first', 'second', 'third'].map((to) => ({ from: 'start', to }));
  const svg = svgOf({ kind: 'diagram', nodes, edges });
  const order = ['first', 'second', 'third'].map((word) => baseline(svg, word));
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

it('bars are as long as their values, on a logarithmic axis as their powers of ten', () => {
  const items = [1, 10, 1000].map((value) => ({ label: `b${value}`, value }));
  const lengths = (scale: string) =>
    [...svgOf({ kind: 'bars', scale, items }).matchAll(/class="shape"[^>]*width="([\d.]+)"/g)].map(([, length]) => Number(length));
  const [one = 0, , thousand = 0] = lengths('linear');
  expect(thousand / one).toBeGreaterThan(400);
  const [first = 0, second = 0, third = 0] = lengths('log');
  expect([second / first, third / first].map(Math.round)).toEqual([2, 4]);
});

it('words of a figure are text, and it says what it shows', () => {
  const svg = svgOf({
    kind: 'timeline',
    items: [
      { when: '1950', label: 'a & b' },
      { when: '1960', label: 'c' },
    ],
  });
  expect(svg).toContain('aria-label="What it shows"');
  expect(svg).toContain('>a &#38; b<');
});

it('numbers at bars are shown as they are written, with the separators of the language', () => {
  const items = ['0.1234567', '12345678901234567890', '1e6', '1.50', '1234.5', '007', '0'].map((value, index) => ({
    label: `b${index}`,
    value,
  }));
  const shown = (tag: string) =>
    [...svgOf({ kind: 'bars', items, unit: 'km' }, strip, tag).matchAll(/class="value"[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(shown('en-GB')).toEqual(['0.1234567 km', '12,345,678,901,234,567,890', 'km', '1e6 km', '1.50 km', '1,234.5 km', '007 km', '0 km']);
  expect(shown('de').slice(0, 6)).toEqual(['0,1234567 km', '12.345.678.901.234.567.890', 'km', '1e6 km', '1,50 km', '1.234,5 km']);
  expect(shown('fr')[5]).toBe('1\u202f234,5 km');
  expect(shown('zh-Hans')[5]).toBe('1,234.5 km');
});

it('a bar of 0 has no length, also beside others of 0; a range may begin there', () => {
  const bars = (values: readonly (string | [string, string])[]) => {
    const items = values.map((value, index) => ({
      label: `b${index}`,
      ...(typeof value === 'string' ? { value } : { value: value[0], to: value[1] }),
    }));
    return svgOf({ kind: 'bars', items }).match(/<rect [^>]*>/g) ?? [];
  };
  expect(bars(['12', '5', '0'])).toHaveLength(2);
  expect(bars(['0', '0'])).toEqual([]);
  expect(bars([['0', '5'], '5'])).toHaveLength(2);
});
