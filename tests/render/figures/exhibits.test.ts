/** Figures: true sizes, the accent on one part, no label over another one. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DrawnFigure } from '../../../scripts/model/outputs/deck.ts';
import { figureWords, figure as schema } from '../../../scripts/model/outputs/figure.ts';
import { inLanguage } from '../../../scripts/model/outputs/metrics.ts';
import { drawFigure } from '../../../scripts/render/figures/draw.ts';
import { figureContext, loadTemplates } from '../../../scripts/render/load-templates.ts';

const templates = await loadTemplates(path.resolve(import.meta.dirname, '../../../templates'));
const rooms = { strip: { width: 860, height: 185 }, beside: { width: 360, height: 330 }, paper: { width: 712, height: 900 } };

function parsed(written: object): DrawnFigure {
  const figure = schema.parse({ alt: 'What it shows', ...written });
  if (figure.kind === 'number') throw new TypeError('numbers are not drawn');
  return figure;
}

function svgOf(written: object, { room = rooms.strip, lang = 'en' } = {}): string {
  return drawFigure(parsed(written), room, figureContext(templates, lang)).svg();
}

interface Box {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

const attribute = (element: string, name: string) => Number(new RegExp(` ${name}="(-?[\\d.]+)"`).exec(element)?.[1] ?? Number.NaN);

function rectsIn(svg: string): Box[] {
  return [...svg.matchAll(/<rect class="([^"]*)"[^>]*>/g)].map(([element, name = '']) => ({
    name,
    x: attribute(element, 'x'),
    y: attribute(element, 'y'),
    width: attribute(element, 'width'),
    height: attribute(element, 'height'),
  }));
}

const unescaped = (text = '') => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

/** The box of every line of text, measured with the fonts of the theme. */
function textsIn(svg: string, lang: string): Box[] {
  const width = inLanguage(templates.width, lang);
  return [
    ...svg.matchAll(/<text class="([^"]*)" x="([-\d.]+)" y="([-\d.]+)" style="font-size: (\d+)px[^"]*text-anchor: (\w+)">([^<]*)</g),
  ].map(([, name = '', x, y, size, anchor, escaped = '']) => {
    const text = unescaped(escaped);
    const long = width(text, /strong|value/.test(name) ? 'sans-bold' : 'sans', Number(size));
    const left = Number(x) - (anchor === 'end' ? long : anchor === 'middle' ? long / 2 : 0);
    return { name: text, x: left, y: Number(y) - 0.75 * Number(size), width: long, height: 0.95 * Number(size) };
  });
}

const meet = (a: Box, b: Box) => a.x < b.x + b.width - 1 && b.x < a.x + a.width - 1 && a.y < b.y + b.height - 1 && b.y < a.y + a.height - 1;

const words = {
  en: [
    'Short',
    'A label that goes on for longer than a line of most drawings',
    'Two words',
    'Incomprehensibilities of organisation',
    'Fifth',
    'Last',
  ],
  zh: ['短', '这个标签很长，在多数图里一行放不下，要分成好几行才行', '两个字', '攻击 Anthropic 的成本', '第五', '最后'],
};

function everyKind(lang: keyof typeof words): object[] {
  const label = (index: number) => words[lang][index % 6] ?? '';
  const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
  return [
    { kind: 'comparison', columns: times(4, (n) => ({ label: label(n), items: [label(n + 1), label(n + 2)], mark: n === 1 })) },
    { kind: 'comparison', columns: times(3, (n) => ({ label: label(n), value: n * n, items: [label(n + 1)], mark: n === 1 })) },
    { kind: 'comparison', order: true, columns: times(3, (n) => ({ label: label(n), text: label(n + 1), mark: n === 2 })) },
    {
      kind: 'horizon',
      unit: label(2),
      start: '2023',
      length: 30,
      spans: times(6, (n) => ({ label: label(n), from: n * 5, ...(n % 2 === 0 ? { to: n * 5 + 3 } : {}), mark: n === 3 })),
    },
    { kind: 'horizon', unit: 'km', start: label(3), length: 0.7, spans: [{ label: label(1), to: 0.7 }, { label: label(3) }] },
    ...['linear', 'log'].map((scale) => ({
      kind: 'opposites',
      scale,
      sides: { less: label(1), more: label(0) },
      items: times(5, (n) => ({ label: label(n), side: n % 2 === 0 ? 'less' : 'more', value: 10 ** n, to: 3 * 10 ** n, mark: n === 0 })),
    })),
    { kind: 'ladder', limit: label(1), steps: times(5, label), margin: label(1) },
    { kind: 'ladder', limit: label(0), steps: times(2, label) },
    {
      kind: 'quadrants',
      x: { label: label(1), low: label(2), high: label(3) },
      y: { label: label(1), low: label(3), high: label(0) },
      cells: [
        { x: 'high', y: 'high', label: label(1), mark: true },
        { x: 'low', y: 'low', label: label(3) },
      ],
    },
  ];
}

describe.each(['en', 'zh'] as const)('every kind in %s', (lang) => {
  it.each(Object.entries(rooms))('no label lies on another one or leaves the drawing: %s', (_, room) => {
    for (const written of everyKind(lang)) {
      const svg = svgOf(written, { room, lang });
      const [, width = 0, height = 0] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number);
      const texts = textsIn(svg, lang);
      const what = JSON.stringify(written);
      expect(texts.length, what).toBeGreaterThan(2);
      // In these, labels stand beside the shapes and not in them.
      const shapes = /"kind":"(?:horizon|opposites|ladder)"/.test(what) ? rectsIn(svg) : [];
      for (const [index, text] of texts.entries()) {
        expect(
          shapes.filter((shape) => meet(text, shape)),
          `${text.name} in ${what}`,
        ).toEqual([]);
        expect(
          texts.slice(index + 1).filter((other) => meet(text, other)),
          `${text.name} in ${what}`,
        ).toEqual([]);
        expect(
          text.x >= -1 && text.x + text.width <= width + 1 && text.y >= -1 && text.y + text.height <= height + 2,
          `${text.name} in ${what}`,
        ).toBe(true);
      }
    }
  });

  it('all its words are drawn, in the order in which they are listed', () => {
    for (const written of everyKind(lang)) {
      const figure = parsed(written);
      const drawn = textsIn(svgOf(written, { lang }), lang)
        .map(({ name }) => name.replace(/\s/g, ''))
        .join('');
      let at = 0;
      for (const word of figureWords(figure, templates.locales.get(lang)?.languageTag ?? lang)) {
        const found = drawn.indexOf(word.replace(/\s/g, ''), at);
        expect(found, `${word} in ${JSON.stringify(written)}`).toBeGreaterThanOrEqual(0);
        at = found + word.replace(/\s/g, '').length;
      }
    }
  });
});

describe('the accent lies on the marked part and nowhere else', () => {
  const pair = <T extends object>(first: T, second: T, mark: boolean) => [
    { label: 'a', ...first },
    { label: 'b', ...second, mark },
  ];
  const axis = { label: 'x', low: 'l', high: 'h' };
  const figures: Record<string, (mark: boolean) => object> = {
    columns: (mark) => ({ kind: 'comparison', columns: pair({ value: 1 }, { value: 2 }, mark) }),
    cards: (mark) => ({ kind: 'comparison', columns: pair({}, {}, mark) }),
    order: (mark) => ({ kind: 'comparison', order: true, columns: pair({}, {}, mark) }),
    bars: (mark) => ({ kind: 'bars', items: pair({ value: 1 }, { value: 2, to: 3 }, mark) }),
    timeline: (mark) => ({ kind: 'timeline', items: pair({ when: 'one' }, { when: 'two' }, mark) }),
    diagram: (mark) => ({ kind: 'diagram', nodes: pair({ id: 'one' }, { id: 'two' }, mark), edges: [{ from: 'one', to: 'two' }] }),
    horizon: (mark) => ({ kind: 'horizon', unit: 'km', start: '0', length: 2, spans: pair({ to: 1 }, { to: 2 }, mark) }),
    opposites: (mark) => ({
      kind: 'opposites',
      sides: { less: 'less', more: 'more' },
      items: pair({ side: 'less', value: 1 }, { side: 'more', value: 2 }, mark),
    }),
    quadrants: (mark) => ({ kind: 'quadrants', x: axis, y: axis, cells: pair({ x: 'low', y: 'low' }, { x: 'high', y: 'low' }, mark) }),
  };
  /** What stands in the colour of the theme, or on it: shapes by their class, words as they are. */
  const marksIn = (svg: string) =>
    [...svg.matchAll(/<(rect|circle|text) class="([^"]*(?:marked|inverse))"[^>]*>([^<]*)/g)].map(([, element, name, word]) =>
      element === 'text' ? word : name,
    );

  it.each(Object.entries(figures))('%s', (_, figureOf) => {
    for (const room of Object.values(rooms)) expect(marksIn(svgOf(figureOf(false), { room }))).toEqual([]);
  });

  it.each([
    ['columns', ['shape marked', 'b', '2']],
    ['cards', ['shape marked', 'b']],
    ['order', ['shape marked', 'b']],
    ['bars', ['pale marked', 'shape marked', '2–3']],
    ['timeline', ['dot marked', 'two']],
    ['diagram', ['node marked', 'b']],
    ['horizon', ['shape marked', 'b']],
    ['opposites', ['shape marked', '2']],
    ['quadrants', ['shape marked', 'b']],
  ])('%s with a mark', (kind, marks) => {
    for (const room of Object.values(rooms)) expect(marksIn(svgOf(figures[kind]?.(true) ?? {}, { room }))).toEqual(marks);
  });
});

it('the text of a card does not look like one of its items', () => {
  const svg = svgOf({ kind: 'comparison', columns: [{ label: 'a', text: 'about', items: ['one', 'two'] }, { label: 'b' }] });
  const looks = [...svg.matchAll(/<text class="([^"]*)"[^>]*>([^<]*)</g)].map(([, look, word]) => [word, look]);
  expect(Object.fromEntries(looks)).toEqual({ a: 'strong', about: 'aside', one: 'label', two: 'label', b: 'strong' });
});

it('columns with values have true heights on one baseline', () => {
  const columns = [3, 150, 75, 0].map((value) => ({ label: `c${value}`, value }));
  const rects = rectsIn(svgOf({ kind: 'comparison', columns }));
  expect(rects).toHaveLength(3);
  const [three, most, half] = rects;
  expect((most?.height ?? 0) / (half?.height ?? 1)).toBeCloseTo(2, 1);
  expect((most?.height ?? 0) / (three?.height ?? 1)).toBeCloseTo(50, 0);
  expect(new Set(rects.map(({ y, height }) => Math.round(y + height))).size).toBe(1);
});

it('columns of which only the order is known step down evenly, and a note says so', () => {
  const columns = ['most', 'middle', 'least'].map((label) => ({ label }));
  const svg = svgOf({ kind: 'comparison', order: true, columns });
  const [most = 0, middle = 0, least = 0] = rectsIn(svg).map(({ height }) => height);
  expect(most - middle).toBeCloseTo(middle - least, 1);
  expect(middle - least).toBeGreaterThan(20);
  expect(svg).toContain('>Order only, no figures given<');
  expect(svgOf({ kind: 'comparison', order: true, columns }, { lang: 'zh' })).toContain('>只表示次序，未给出数字<');
  expect(svgOf({ kind: 'comparison', columns })).not.toContain('Order only');
});

it('spans of time stand on a true scale with ticks at round numbers', () => {
  const spans = [
    { label: 'soon', from: 2, to: 3 },
    { label: 'all', to: 30 },
    { label: 'a point', from: 15 },
  ];
  const svg = svgOf({ kind: 'horizon', unit: 'years', start: '2023', length: 30, spans });
  const [soon, all] = rectsIn(svg);
  expect((all?.width ?? 0) / (soon?.width ?? 1)).toBeCloseTo(30, 0);
  expect(((soon?.x ?? 0) - (all?.x ?? 0)) / (all?.width ?? 1)).toBeCloseTo(2 / 30, 3);
  const point = Number(/<circle class="shape" cx="([\d.]+)"/.exec(svg)?.[1]);
  expect((point - (all?.x ?? 0)) / (all?.width ?? 1)).toBeCloseTo(0.5, 3);
  expect([...svg.matchAll(/class="aside"[^>]*>([^<]*)</g)].map(([, text]) => unescaped(text))).toEqual([
    '2023',
    '+5',
    '+10',
    '+15',
    '+20',
    '+25',
    '+30 years',
  ]);
});

it('opposites share one scale, left and right of the zero line', () => {
  const items = [
    { label: 'down', side: 'less', value: 30 },
    { label: 'up', side: 'more', value: 60 },
  ];
  const svg = svgOf({ kind: 'opposites', sides: { less: 'Less', more: 'More' }, items });
  const [down, up] = rectsIn(svg);
  expect((up?.width ?? 0) / (down?.width ?? 1)).toBeCloseTo(2, 1);
  expect((down?.x ?? 0) + (down?.width ?? 0)).toBeCloseTo(up?.x ?? 0, 1);
  expect(svg).not.toContain('Logarithmic');
});

it('a logarithmic scale names itself and says where its bars begin', () => {
  const items = [
    { label: 'down', side: 'less', value: 10 },
    { label: 'up', side: 'more', value: 1000 },
  ];
  const svg = svgOf({ kind: 'opposites', scale: 'log', sides: { less: 'Less', more: 'More' }, items });
  const [down, up] = rectsIn(svg);
  expect((up?.width ?? 0) / (down?.width ?? 1)).toBeCloseTo(3, 1);
  expect(svg).toContain('>Logarithmic scale: each step is ten times the last; the zero line is 1, no difference<');
  for (const tick of ['1', '10', '100', '1,000']) expect(svg).toContain(`>${tick}</text>`);
  const bars = svgOf({ kind: 'bars', scale: 'log', items: [1, 1000].map((value) => ({ label: `b${value}`, value })) });
  expect(bars).toContain('>Logarithmic scale from 0.1: each equal step is ten times the last<');
});

it('the steps of a ladder rise from one base and stay below the limit; the gap is what lies between', () => {
  const svg = svgOf({ kind: 'ladder', limit: 'Limit', steps: ['one', 'two', 'three'], margin: 'Gap' });
  const steps = rectsIn(svg);
  expect(steps.map(({ height }) => height)).toEqual(steps.map(({ height }) => height).toSorted((a, b) => a - b));
  const limit = Number(/class="limit" d="M0 ([\d.]+)/.exec(svg)?.[1]);
  const top = Math.min(...steps.map(({ y }) => y));
  expect(top - limit).toBeGreaterThan(30);
  expect(new Set(steps.map(({ y, height }) => Math.round(y + height))).size).toBe(1);
  const [, from, to] = (/class="base" d="M\S+ ([\d.]+) H\S+ M\S+ \S+ V([\d.]+)/.exec(svg) ?? []).map(Number);
  expect(from).toBeCloseTo(limit + 2, 1);
  expect(to).toBeCloseTo(top, 1);
});

it('quadrants put low to the left and to the bottom, and name rows and columns', () => {
  const x = { label: 'x', low: 'left', high: 'right' };
  const y = { label: 'y', low: 'below', high: 'above' };
  const svg = svgOf({ kind: 'quadrants', x, y, cells: [{ x: 'high', y: 'low', label: 'here', mark: true }] });
  const marked = rectsIn(svg).find(({ name }) => name === 'shape marked');
  const others = rectsIn(svg).filter(({ name }) => name === 'field');
  expect(others).toHaveLength(3);
  expect(marked?.x).toBe(Math.max(...others.map((field) => field.x)));
  expect(marked?.y).toBe(Math.max(...others.map((field) => field.y)));
  expect(svg).toMatch(/class="strong inverse"[^>]*>here</);
  const texts = textsIn(svg, 'en');
  const middle = (box: Box | undefined) => [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2] as const;
  const [column, row] = middle(marked);
  const placeOf = (word: string) => middle(texts.find(({ name }) => name === word));
  for (const word of ['here', 'right']) expect(Math.abs(placeOf(word)[0] - column), word).toBeLessThan(3);
  for (const word of ['here', 'below']) expect(Math.abs(placeOf(word)[1] - row), word).toBeLessThan(3);
  expect(placeOf('left')[0]).toBeLessThan(placeOf('right')[0]);
  expect(placeOf('above')[1]).toBeLessThan(placeOf('below')[1]);
});

it('columns and steps leave a strip to the points below, and use the room of a slide of their own', () => {
  const heightIn = (written: object, room: { width: number; height: number }) =>
    drawFigure(parsed(written), room, figureContext(templates, 'en')).height;
  const alone = { width: 860, height: 330 };
  const columns = [{ label: 'more' }, { label: 'less' }];
  for (const written of [
    { kind: 'comparison', order: true, columns },
    { kind: 'ladder', limit: 'limit', steps: ['one', 'two'] },
  ]) {
    expect(heightIn(written, rooms.strip)).toBeLessThan(190);
    expect(heightIn(written, alone)).toBeGreaterThan(250);
    expect(heightIn(written, alone)).toBeLessThanOrEqual(330);
    expect(heightIn(written, rooms.paper)).toBeLessThan(300);
  }
});

it('Chinese words are not divided at the ends of lines', () => {
  const label = '强大而能自主行动的模型必然会出现';
  const linesIn = (width: number) =>
    textsIn(svgOf({ kind: 'comparison', columns: [{ label }, { label: '甲' }] }, { room: { width, height: 500 }, lang: 'zh' }), 'zh')
      .map(({ name }) => name)
      .filter((line) => line !== '甲');
  for (let width = 320; width < 640; width += 20) {
    const lines = linesIn(width);
    expect(lines.join(''), `${width} px`).toBe(label);
    for (const word of ['强大', '自主', '行动', '模型', '必然', '出现'])
      expect(
        lines.some((line) => line.includes(word)),
        word,
      ).toBe(true);
  }
});

it('a figure that has a room for itself takes its height and stands in the middle; cards are panels there, and below each other in a narrow room', () => {
  const drawn = (written: object, room: Parameters<typeof drawFigure>[1]) =>
    drawFigure(parsed(written), room, figureContext(templates, 'en'));
  const columns = ['one', 'two', 'three'].map((label) => ({ label, items: ['An item', 'Another item'] }));
  const cards = { kind: 'comparison', columns };
  const whole = { width: 860, height: 336, most: 1.5, fill: true };
  for (const written of [cards, { kind: 'timeline', items: [1, 2].map((n) => ({ when: `${n}`, label: `Event ${n}` })) }]) {
    const { height, scale, svg } = drawn(written, whole);
    expect([height, scale]).toEqual([336, 1.5]);
    const above = -Number(/viewBox="0 (-?[\d.]+)/.exec(svg())?.[1]);
    const bottom = Math.max(...[...svg().matchAll(/ y="([\d.]+)"/g)].map(([, y]) => Number(y)));
    expect(above).toBeGreaterThanOrEqual(0);
    expect(bottom).toBeLessThanOrEqual(336 / 1.5 - above);
  }
  expect(rectsIn(drawn(cards, whole).svg()).filter(({ name }) => name === 'track')).toHaveLength(3);
  const narrow = drawn(cards, { width: 284, height: 340 });
  expect(narrow.scale).toBe(1);
  expect(new Set(rectsIn(narrow.svg()).map(({ x }) => x)).size).toBe(1);
});

it('events lie side by side in a room that spans a slide, also where they are drawn larger', () => {
  const items = ['1', '2', '3', '4'].map((when) => ({ when, label: `Event ${when}` }));
  const room = { width: 860, height: 336, most: 1.5, fill: true };
  const { svg, scale } = drawFigure(parsed({ kind: 'timeline', items }), room, figureContext(templates, 'en'));
  expect(scale).toBe(1.5);
  expect(new Set([...svg().matchAll(/<circle [^>]* cy="([\d.]+)"/g)].map(([, y]) => y)).size).toBe(1);
});

describe('a diagram', () => {
  const nodes = ['boat', 'town falls', 'boat spring mill', 'town'].map((label, index) => ({ id: `n${index}`, label }));
  const edges = ['mill', 'town', 'dam'].map((label, index) => ({ from: `n${index}`, to: `n${index + 1}`, label }));
  const chain = { kind: 'diagram', nodes, edges };

  // Laid out to 860 px it comes out 1e-13 px wider.
  it('that spans its room to a rounding error is not drawn in a narrower form', () => {
    expect(svgOf(chain, { room: rooms.strip })).toContain('viewBox="0 0 860 47"');
  });

  it('has narrower nodes rather than smaller letters where two stand side by side', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, label: 'Some words that need a line or two' }));
    const siblings = { kind: 'diagram', direction: 'down', nodes: [a, b, c], edges: ['b', 'c'].map((to) => ({ from: 'a', to })) };
    const { scale } = drawFigure(parsed(siblings), { width: 360, height: 400 }, figureContext(templates, 'en'));
    expect(scale).toBe(1);
  });

  it('is the same in a room whatever rooms it was drawn for before', () => {
    const figure = parsed(chain);
    const context = figureContext(templates, 'en');
    const all = [rooms.beside, rooms.strip, rooms.paper, { width: 860, height: 336, most: 1.5, fill: true }, { width: 300, height: 400 }];
    for (const room of [...all, ...all.toReversed()])
      expect(drawFigure(figure, room, context).svg()).toBe(drawFigure(parsed(chain), room, context).svg());
  });
});
