/** Books on the command line, with the real browser: the briefings of all themes in one document. */
import fs from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { letters, type ReadBriefing, readBriefing } from '../export/read-briefing.ts';
import { edit, filesIn, type Project, projectFrom, run } from '../run.ts';

const small = path.join(import.meta.dirname, 'input/small');
const interview = 'interviews/ana-2024/index.md';
const START = 'interviews/ana-2024/010-where-it-starts.md';
const PAYS = 'interviews/ana-2024/030-who-pays.md';

const manifestOf = async ({ out }: Project) => JSON.parse(await readFile(path.join(out, 'manifest.json'), 'utf8'));
const make = ({ options }: Project, ...more: string[]) =>
  run(['export', '--book', '--format', 'briefing', '--lang', 'en', '--json', ...more, ...options]);

async function stateOf({ options }: Project): Promise<unknown> {
  const { stdout } = await run(['status', '--json', ...options]);
  return JSON.parse(stdout).books.map(({ name, state }: Record<string, string>) => `${name}: ${state}`);
}

describe('a book', () => {
  let project: Project;
  const again: unknown[] = [];
  /** The content's files that the second export has read. */
  let opened: string[] = [];
  const read = new Map<string, ReadBriefing>();

  beforeAll(async () => {
    const cleaning: (() => Promise<void>)[] = [];
    project = await projectFrom(small, (clean) => cleaning.push(clean));
    // In both themes: told with water, referred to with money.
    await edit(project, START, 'tags: [water, rivers]', 'tags: [water, money, rivers]');
    for (const out of [`${project.out}-again`, project.out]) {
      const args = ['export', '--book', '--format', 'briefing', ...project.options, '--out', out];
      const opening = vi.spyOn(fs, 'openSync');
      syncBuiltinESMExports();
      const { exitCode, stderr } = await run(args);
      opened = opening.mock.calls.map(([file]) => String(file)).filter((file) => file.startsWith(project.content + path.sep));
      opening.mockRestore();
      syncBuiltinESMExports();
      expect(stderr).not.toContain('✗');
      expect(exitCode).toBe(0);
      again.push((await manifestOf({ ...project, out })).outputs);
    }
    for (const name of ['book', 'book.zh']) read.set(name, await readBriefing(path.join(project.out, `${name}.pdf`)));
    return async () => {
      for (const clean of cleaning) await clean();
    };
  });

  it('reads the content once, whatever is made of it', () => {
    expect(opened.filter((file) => path.basename(file) === 'water.md')).toHaveLength(1);
    expect(opened).toHaveLength(new Set(opened).size);
  });

  const cases = [
    {
      name: 'book',
      book: 'Briefing book',
      themes: ['Water', 'Money'],
      shared: 'The river starts as a spring',
      told: 'It starts as a',
      contents: 'Contents',
      page: (page: number, pages: number) => `Page ${page} of ${pages}`,
      lang: 'en-GB',
    },
    {
      name: 'book.zh',
      book: '简报合集',
      themes: ['水', '钱'],
      shared: null,
      told: null,
      contents: '目录',
      page: (page: number, pages: number) => `第 ${page} 页，共 ${pages} 页`,
      lang: 'zh-Hans',
    },
  ];

  describe.each(cases)('$name', ({ name, book, themes, shared, told, contents, page: pageWords, lang }) => {
    const pdf = (): ReadBriefing => {
      const found = read.get(name);
      if (found === undefined) throw new TypeError(`${name} was not made`);
      return found;
    };

    it('has a chapter for every theme on a new page, and at its end what they have in common', () => {
      const { outline, pages } = pdf();
      const top = outline.filter(({ depth }) => depth === 1);
      expect(top.map(({ title }) => title).slice(0, -1)).toEqual([book, contents, ...themes]);
      expect(new Set(top.map(({ page }) => page)).size).toBe(top.length);
      // Sections below their theme, exchanges below their section.
      const [water, money] = themes.map((theme) => outline.findIndex(({ title }) => title === theme));
      const depths = outline.slice(water, money).map(({ depth }) => depth);
      expect(depths[0]).toBe(1);
      expect(depths[1]).toBe(2);
      expect(depths[2]).toBe(3);
      for (const { title, page } of outline) expect(pages[page - 1]?.letters, title).toContain(letters(title));
    });

    it('gives in its contents the pages of chapters, and each claim once with the page where it is told, and leads there', () => {
      const { outline, pages, links } = pdf();
      const table = pages[1]?.letters ?? '';
      for (const { title, page } of outline.filter((entry) => entry.depth === 1 && entry.page > 2)) {
        expect(table).toContain(`${letters(title)}${page}`);
      }
      const claims = outline.filter(({ depth }) => depth === 3);
      expect(claims.length).toBeGreaterThan(2);
      for (const { title } of claims) {
        const first = claims.find((claim) => claim.title === title);
        expect(table.split(letters(title)), title).toHaveLength(2);
        expect(table).toContain(`${letters(title)}${first?.page}`);
      }
      for (const { url, file, page } of links) {
        // No briefing beside it is needed.
        expect(file).toBe(null);
        expect(url !== null || (page ?? 0) > 0).toBe(true);
      }
    });

    it('has the name of the theme at the head of its pages, and page x of y at the foot of all but the first', () => {
      const { pages, outline } = pdf();
      const start = (theme: string | undefined) => outline.find(({ title }) => title === theme)?.page ?? 0;
      for (const [index, { lines, height }] of pages.entries()) {
        const page = index + 1;
        const theme =
          page >= start(outline.filter(({ depth }) => depth === 1).at(-1)?.title) ? book : themes.findLast((each) => page >= start(each));
        const head = lines.filter(({ y }) => y > height - 60).map(({ text }) => text);
        expect(head.includes(theme ?? book), `page ${page}: ${head}`).toBe(page > 1);
        const foot = lines.filter(({ y }) => y < 66).map(({ text }) => letters(text));
        expect(foot.includes(letters(pageWords(page, pages.length)))).toBe(page > 1);
      }
    });

    it('tells an exchange of two themes once, and refers to that place from the other', () => {
      const { pages, outline } = pdf();
      if (shared === null || told === null) return;
      const places = outline.filter(({ title }) => title === shared).map(({ page }) => page);
      expect(places).toHaveLength(2);
      const [first = 0, second = 0] = places;
      const whole = pages.map((page) => page.letters).join('');
      expect(whole.split(letters(told))).toHaveLength(2);
      expect(pages[first - 1]?.letters).toContain(letters(told));
      expect(pages[second - 1]?.letters).toContain(letters(`Told in full in the chapter Water ${first}`));
    });

    it('is tagged, in its language, the same when it is made again, and without fault', async () => {
      const { info, tags } = pdf();
      expect(info).toMatchObject({ Language: lang, Title: book });
      expect(tags.H1).toBe(themes.length + 3);
      const [then, now] = again.map((outputs) => (outputs as Record<string, { hash: string }>)[`${name}.pdf`]?.hash);
      expect(now).toBe(then);
      expect((await run(['inspect', path.join(project.out, `${name}.pdf`), ...project.options])).exitCode).toBe(0);
    });
  });

  it('is fresh until one of its themes changes, and status says what has changed', async () => {
    expect(await stateOf(project)).toEqual(['book: up to date', 'book.zh: up to date']);
    await edit(project, PAYS, 'river pay', 'great river pay');
    expect(await stateOf(project)).toEqual(['book: stale: 1 exchange changed (030-who-pays.md)', 'book.zh: up to date']);
  });
});

it('is not made when one theme cannot be, and says which and why; the other outputs are delivered', async () => {
  const project = await projectFrom(small);
  await edit(project, PAYS, 'question: Who pays for it?', 'qestion: Who pays for it?');
  const { exitCode, stdout, stderr } = await make(project);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/✗ book\.pdf not made: it would lack money \(content with errors belongs to it: .*030-who-pays\.md\)/);
  expect(JSON.parse(stdout).outputs).toContainEqual({
    deck: 'book',
    format: 'book',
    status: 'failed',
    reason: expect.stringContaining('money'),
  });
  expect(Object.keys(await filesIn(project.out))).toEqual(['manifest.json', 'water-briefing.pdf']);
});

it('is not made where a theme has its name', async () => {
  const project = await projectFrom(small);
  for (const lang of ['', '.zh'])
    await rename(path.join(project.content, `themes/money${lang}.md`), path.join(project.content, `themes/book${lang}.md`));
  await edit(project, PAYS, 'tags: [money]', 'tags: [book]');
  const { exitCode, stderr } = await make(project);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/✗ book\.pdf not made: it would lack book \(content with errors belongs to it: .*themes\/book\.md\)/);
});

it('has all themes: naming some with it is wrong usage', async () => {
  const project = await projectFrom(small);
  const { exitCode, stderr } = await run(['brief', 'water', '--book', ...project.options]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/a book has all themes\s+leave out water, or --book/);
});

it('is taken back when something in it may not be published any more', async () => {
  const project = await projectFrom(small);
  expect((await make(project)).exitCode).toBe(0);
  expect(Object.keys(await filesIn(project.out))).toContain('book.pdf');
  await edit(project, interview, 'lang: en', 'lang: en\nembargo: "2999"');
  const { stderr } = await run(['generate', ...project.options]);
  expect(stderr).toMatch(/book\.pdf shows what may not be published any more: removed/);
  expect(Object.keys(await filesIn(project.out))).toEqual(['manifest.json']);
});
