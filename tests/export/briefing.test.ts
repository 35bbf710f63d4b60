/** Briefings on paper: the real browser, and the PDF as pdf.js reads it. Two of the content on A4, two with quotes on Letter. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Briefing, BriefingExchange } from '../../scripts/model/outputs/briefing.ts';
import type { DrawnFigure } from '../../scripts/model/outputs/deck.ts';
import type { PaperSize } from '../../scripts/model/outputs/paper.ts';
import { type Block, inlineToPlain, textsOf } from '../../scripts/model/text/text.ts';
import { isOnPages } from '../../scripts/pdf/page-text.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { run } from '../run.ts';
import { briefingsOf } from './briefings.ts';
import { type Line, letters, type ReadBriefing, readBriefing } from './read-briefing.ts';

const content = path.join(projectRoot, 'content');
const quoted = path.join(import.meta.dirname, '../commands/input/quoted');
const SIZES = { a4: [594.96, 841.92], letter: [612, 792] } as const;
/** Sizes of headings in points, and of everything that is no heading. */
const CLAIM = 14;
const SECTION = 22;
const PROSE = 10.25;

const cases: { name: string; folder: string; theme: string; size: PaperSize; pageWords: (page: number, pages: number) => string }[] = [
  { name: 'security-briefing', folder: content, theme: 'security', size: 'a4', pageWords: (page, pages) => `Page ${page} of ${pages}` },
  {
    name: 'security-briefing.zh',
    folder: content,
    theme: 'security',
    size: 'a4',
    pageWords: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
  },
  { name: 'dams-briefing', folder: quoted, theme: 'dams', size: 'letter', pageWords: (page, pages) => `Page ${page} of ${pages}` },
  { name: 'dams-briefing.zh', folder: quoted, theme: 'dams', size: 'letter', pageWords: (page, pages) => `第 ${page} 页，共 ${pages} 页` },
];

interface Printed {
  briefing: Briefing;
  read: ReadBriefing;
  entry: { pages: number; paper: string; hash: string; slides: { slide: string; page: number }[] };
  again: string;
}
const printed = new Map<string, Printed>();
let folders = '';

/** Prints the briefings of a theme twice, in folders of their own. */
async function print(folder: string, theme: string, size: PaperSize): Promise<void> {
  const briefings = await briefingsOf(folder, size);
  const manifests = [];
  for (const place of ['here', 'elsewhere']) {
    const out = path.join(folders, `${theme} ${place}`);
    const slides = path.join(out, 'no-slides');
    const options = ['--format', 'briefing', '--paper', size, '--content', folder, '--slides', slides, '--out', out];
    const { exitCode, stderr } = await run(['export', theme, ...options]);
    expect(stderr).not.toContain('✗');
    expect(exitCode).toBe(0);
    manifests.push({ out, outputs: JSON.parse(await readFile(path.join(out, 'manifest.json'), 'utf8')).outputs });
  }
  const [first, second] = manifests;
  for (const { name } of cases.filter((each) => each.theme === theme)) {
    const briefing = briefings.get(name)?.briefing;
    if (briefing === undefined || first === undefined) throw new TypeError(`no briefing ${name}`);
    const read = await readBriefing(path.join(first.out, `${name}.pdf`));
    printed.set(name, { briefing, read, entry: first.outputs[`${name}.pdf`], again: second?.outputs[`${name}.pdf`].hash });
  }
}

beforeAll(async () => {
  folders = await mkdtemp(path.join(tmpdir(), 'briefdeck-briefing-'));
  await print(content, 'security', 'a4');
  await print(quoted, 'dams', 'letter');
});
afterAll(() => rm(folders, { recursive: true, force: true }));

/** Paragraphs that go on overleaf. */
let divided = 0;

describe.each(cases)('$name', ({ name, size, pageWords }) => {
  const given = (): Printed => {
    const found = printed.get(name);
    if (found === undefined) throw new TypeError(`${name} was not printed`);
    return found;
  };
  const exchanges = () => given().briefing.sections.flatMap((section) => section.exchanges);
  /** The page on which a claim stands as a heading, by its size. */
  const pageOf = (headline: string) =>
    given().read.pages.findIndex(({ lines }) => headingLetters(lines, CLAIM).includes(letters(headline))) + 1;

  it('is of its paper, as long as the manifest says, and the same when it is made again elsewhere', () => {
    const { read, entry, again } = given();
    for (const { width, height } of read.pages) {
      expect(width).toBeCloseTo(SIZES[size][0], 0);
      expect(height).toBeCloseTo(SIZES[size][1], 0);
    }
    expect(entry).toMatchObject({ pages: read.pages.length, paper: size });
    expect(entry.slides.map(({ slide, page }) => [slide, page])).toEqual(exchanges().map(({ id, headline }) => [id, pageOf(headline)]));
    expect(entry.hash).toBe(again);
  });

  it('shows every claim, question, point, quote, figure, note, term and source', () => {
    const { briefing, read } = given();
    const pages = read.pages.map(({ text }) => text);
    const terms = briefing.glossary.flatMap(({ term, definition }) => [term, ...textsOf(definition)]);
    const wanted = [briefing.title, ...textsOf(briefing.summary), ...exchanges().flatMap(wordsOf), ...terms].filter(
      (text) => letters(text) !== '',
    );
    expect(wanted.length).toBeGreaterThan(exchanges().length * 4);
    expect(wanted.filter((text) => !isOnPages(text, pages))).toEqual([]);
    expect(isOnPages('This sentence stands nowhere in it', pages)).toBe(false);
  });

  it('gives in its contents and its bottom line the pages on which the claims stand', () => {
    const { briefing, read } = given();
    const contents = letters(
      read.pages
        .slice(0, 2)
        .map((page) => page.letters)
        .join(''),
    );
    for (const { headline } of exchanges()) {
      expect(pageOf(headline)).toBeGreaterThan(0);
      expect(contents).toContain(`${letters(headline)}${pageOf(headline)}`);
    }
    expect(briefing.bottomLine.length).toBeGreaterThan(0);
    for (const { text, source } of briefing.bottomLine) {
      // The story may say it in other words than the exchange, on whose page it is proven.
      const page = pageOf(exchanges()[source - 1]?.headline ?? '');
      expect(page).toBeGreaterThan(0);
      expect(contents).toContain(`${letters(text)}${source}${page}`);
    }
  });

  it('has running heads and "page x of y", which are no part of its text', () => {
    const { briefing, read } = given();
    for (const [index, { lines, height }] of read.pages.entries()) {
      const foot = lines.filter(({ y }) => y < 66);
      expect(foot.some(({ text }) => letters(text) === letters(pageWords(index + 1, read.pages.length)))).toBe(true);
      const head = lines.filter(({ y }) => y > height - 60);
      expect(head.map(({ text }) => text).includes(briefing.title)).toBe(index > 0);
      expect([...foot, ...head].some(({ isTagged }) => isTagged)).toBe(false);
      expect(lines.filter(({ y }) => y >= 66 && y <= height - 60).every(({ isTagged }) => isTagged)).toBe(true);
    }
  });

  it('is tagged and outlined: sections, and in them their claims, each at its page', () => {
    const { briefing, read } = given();
    const claims = read.outline.filter(({ title }) => exchanges().some(({ headline }) => letters(headline) === letters(title)));
    expect(claims.map(({ title, page }) => [letters(title), page])).toEqual(
      exchanges().map(({ headline }) => [letters(headline), pageOf(headline)]),
    );
    expect(new Set(claims.map(({ depth }) => depth))).toEqual(new Set([3]));
    expect(read.outline[0]).toMatchObject({ title: briefing.title, depth: 1, page: 1 });
    expect(read.tags).toMatchObject({ H1: 1, H3: exchanges().length });
    expect(read.tags.Figure ?? 0).toBe(exchanges().reduce((sum, { numbers, figures }) => sum + numbers.length + figures.length, 0));
    expect(read.info).toMatchObject({
      Language: name.endsWith('.zh') ? 'zh-Hans' : 'en-GB',
      Title: expect.stringContaining(briefing.title),
    });
  });

  it('leads to pages of its own, to other briefings and to the web, nowhere else', () => {
    const { links } = given().read;
    expect(links.length).toBeGreaterThan(exchanges().length * 3);
    for (const { url, file, page } of links) {
      if (url !== null) expect(url).toMatch(/^https?:\/\/(?!127\.|localhost)/);
      else if (file !== null) expect(file).toMatch(/^[a-z]+-briefing(?:\.zh)?\.pdf/);
      else expect(page).toBeGreaterThan(0);
    }
  });

  it('leaves no heading alone at the end of a page', () => {
    for (const { lines } of given().read.pages) {
      const body = lines.filter(({ isTagged }) => isTagged);
      for (const heading of body.filter(({ size: each }) => isSize(each, CLAIM) || isSize(each, SECTION))) {
        const below = body.filter(({ y, x, size: each }) => y < heading.y - 2 && x >= heading.x - 1 && !isSize(each, SECTION));
        // A term has one line of definition at the least.
        expect(below.length, heading.text).toBeGreaterThanOrEqual(isSize(heading.size, CLAIM) ? 3 : 1);
      }
    }
  });

  it('splits no figure', () => {
    const { pages } = given().read;
    for (const figure of exchanges().flatMap((exchange) => exchange.figures)) {
      const labels = labelsOf(figure);
      const whole = pages.filter(({ text }) => labels.every((label) => text.holds(label)));
      expect(whole.length, labels.join(' | ')).toBeGreaterThan(0);
    }
  });

  it('leaves no single line of a paragraph on another page than the rest', () => {
    const { pages } = given().read;
    const lines = pages.flatMap((page, index) =>
      page.lines
        .filter(({ isTagged, size: each }) => isTagged && isSize(each, PROSE))
        .map(({ text }) => ({ page: index + 1, text: letters(text) })),
    );
    const all = lines.map(({ text }) => text).join('');
    for (const text of exchanges()
      .flatMap(({ notes }) => textsOf(notes))
      .map(letters)) {
      const start = all.indexOf(text);
      expect(start, text).toBeGreaterThanOrEqual(0);
      let at = 0;
      const counts = new Map<number, number>();
      for (const line of lines) {
        if (at + line.text.length > start && at < start + text.length) counts.set(line.page, (counts.get(line.page) ?? 0) + 1);
        at += line.text.length;
      }
      if (counts.size > 1) divided += 1;
      if (counts.size > 1) expect(Math.min(...counts.values()), text).toBeGreaterThanOrEqual(2);
    }
  });
});

it('divides a paragraph in one of them, or the law about single lines would say nothing', () => {
  expect(divided).toBeGreaterThan(0);
});

const isSize = (size: number, points: number) => Math.abs(size - points) < 0.6;

function headingLetters(lines: readonly Line[], size: number): string {
  return letters(
    lines
      .filter((line) => isSize(line.size, size))
      .map(({ text }) => text)
      .join(''),
  );
}

function wordsOf({ headline, question, parts, notes, numbers, figures, terms }: BriefingExchange): string[] {
  return [
    headline,
    ...(question === null ? [] : [question]),
    ...[...parts.flatMap(({ blocks }) => blocks), ...notes].flatMap(piecesOf),
    ...numbers.flatMap(({ value, label }) => [value, label]),
    ...figures.flatMap(labelsOf),
    ...terms.map(({ text }) => text),
  ];
}

function piecesOf(block: Block): string[] {
  return block.type === 'paragraph' ? [inlineToPlain(block.children)] : textsOf([block]);
}

function labelsOf(figure: DrawnFigure): string[] {
  switch (figure.kind) {
    case 'bars':
      return figure.items.flatMap(({ label, text }) => [label, ...(text === undefined ? [] : [text])]);
    case 'timeline':
      return figure.items.flatMap(({ when, label }) => [when, label]);
    case 'diagram':
      return [...figure.nodes.map(({ label }) => label), ...figure.edges.flatMap(({ label }) => label ?? [])];
    case 'comparison':
      return figure.columns.flatMap(({ label, text, items }) => [label, ...(text === undefined ? [] : [text]), ...items]);
    case 'horizon':
      return [figure.start, ...figure.spans.map(({ label }) => label)];
    case 'opposites':
      return [...Object.values(figure.sides), ...figure.items.flatMap(({ label, text }) => [label, ...(text === undefined ? [] : [text])])];
    case 'ladder':
      return [figure.limit, ...figure.steps, ...(figure.margin === undefined ? [] : [figure.margin])];
    case 'quadrants':
      return [...[figure.x, figure.y].flatMap((axis) => Object.values(axis)), ...figure.cells.map(({ label }) => label)];
  }
}
