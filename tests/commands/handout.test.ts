/** Handouts on the command line, with the real browser: slides and what is said to them, on paper. */
import { execFileSync } from 'node:child_process';
import { appendFile, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDeckFile } from '../../scripts/export/outputs/read-deck.ts';
import type { DeckFile } from '../../scripts/model/outputs/deck-file.ts';
import { letters, type ReadBriefing, readBriefing } from '../export/read-briefing.ts';
import { edit, filesIn, type Project, projectFrom, run } from '../run.ts';

const small = path.join(import.meta.dirname, 'input/small');
const interview = 'interviews/ana-2024/index.md';
const START = 'interviews/ana-2024/010-where-it-starts.md';
const END = 'interviews/ana-2024/020-where-it-ends.md';

/** Longer than two pages, so that it has to flow on. */
const long = Array.from(
  { length: 40 },
  (_, index) =>
    `Paragraph ${index + 1} of what is said about the river: where it rises, how it turns, who lives on it, and what it carries down to the sea.`,
);
/** What would act in Slidev, Vue, Markdown or HTML if it were not text. */
const hostile = [
  'A {{ 1 + 1 }} and a <script>alert(1)</script> and a <b>tag',
  'Close it --> and </aside> and &#123;&#123; here',
  'Then $x$ and [^1] and ::left:: and url(x.png) and [click] stand',
  'Question: this only looks like one',
];

const manifestOf = async ({ out }: Project) => JSON.parse(await readFile(path.join(out, 'manifest.json'), 'utf8'));

async function stateOf({ options }: Project): Promise<string | undefined> {
  const { stdout } = await run(['status', '--lang', 'en', '--json', ...options]);
  return JSON.parse(stdout).decks.find(({ name }: { name: string }) => name === 'water').handout;
}

const make = (project: Project, ...more: string[]) =>
  run(['brief', 'water', '--lang', 'en', '--format', 'handout', ...more, ...project.options]);

describe('a handout', () => {
  let project: Project;
  let again: Project;
  const cleaning: (() => Promise<void>)[] = [];
  const later = (clean: () => Promise<void>) => cleaning.push(clean);
  const decks = new Map<string, DeckFile>();
  const read = new Map<string, ReadBriefing>();

  beforeAll(async () => {
    project = await projectFrom(small, later);
    // As HTML and Markdown in content files it would be markup: there it is escaped as Markdown has it.
    const escaped = hostile.map((text) => text.replace(/[<>[\]$&^:*_-]/g, '\\$&'));
    await edit(project, START, 'Begin with the map.', escaped.join('\n\n'));
    await addNotes(project, END, long);
    await addNotes(project, START.replace('.md', '.zh.md'), ['9. 先看泉水\n10. 再听水声']);
    again = { ...project, out: `${project.out}-again`, options: [...project.options, '--out', `${project.out}-again`] };
    for (const each of [project, again]) {
      const { exitCode, stderr } = await run(['brief', 'water', '--lang', 'en,zh', '--format', 'handout', ...each.options]);
      expect(stderr).not.toContain('✗');
      expect(exitCode).toBe(0);
    }
    for (const [name, deck] of [
      ['water-handout', 'water'],
      ['water-handout.zh', 'water.zh'],
    ] as const) {
      const found = await readDeckFile(path.join(project.slides, `${deck}.md`));
      if (found !== null) decks.set(name, found);
      read.set(name, await readBriefing(path.join(project.out, `${name}.pdf`)));
    }
    return async () => {
      for (const clean of cleaning) await clean();
    };
  });

  describe.each([
    { name: 'water-handout', lang: 'en' },
    { name: 'water-handout.zh', lang: 'zh' },
  ])('$name', ({ name, lang }) => {
    const given = () => {
      const [deck, pdf] = [decks.get(name), read.get(name)];
      if (deck === undefined || pdf === undefined) throw new TypeError(`${name} was not made`);
      return { deck, pdf };
    };

    it('shows every slide at its page and what is said to it on that page or the next ones', async () => {
      const { deck, pdf } = given();
      const { outputs } = await manifestOf(project);
      const { slides, pages, paper } = outputs[`${name}.pdf`];
      expect(paper).toBe('a4');
      expect(pages).toBe(pdf.pages.length);
      expect(slides).toHaveLength(deck.slides.length);
      const whole = (from: number) =>
        pdf.pages
          .slice(from - 1)
          .map((page) => page.letters)
          .join('');
      for (const [index, { headline, notes }] of deck.slides.entries()) {
        const { page } = slides[index];
        expect(pdf.pages[page - 1]?.text.holds(headline), headline).toBe(true);
        // The last paragraph is the content file's name, for those who edit it.
        const said = notes.filter((paragraph) => !paragraph.includes('.md'));
        for (const paragraph of said) expect(lettersOf(whole(page)), paragraph).toContain(lettersOf(withoutLabel(paragraph)));
      }
      for (const { width, height } of pdf.pages) expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
      expect(whole(1)).not.toContain('.md');
    });

    it('has an entry for every slide below its part and its section, tags, headings one below the other, and its language', () => {
      const { deck, pdf } = given();
      const titlesOf = (part: string) => deck.slides.filter((slide) => slide.part === part).map(({ headline }) => [letters(headline), 2]);
      const evidence = deck.slides.filter(({ part }) => part === 'evidence');
      expect(evidence.map(({ section }) => section)).toEqual(lang === 'en' ? ['The source', 'The mouth'] : ['源头', '河口']);
      const [short, proof, reference] = lang === 'en' ? ['In short', 'Evidence', 'Reference'] : ['概要', '依据', '参考'];
      expect(pdf.outline.map(({ title, depth }) => [letters(title), depth])).toEqual([
        [letters(short ?? ''), 1],
        ...titlesOf('short'),
        [letters(proof ?? ''), 1],
        ...evidence.flatMap(({ section, headline }) => [
          [letters(section ?? ''), 2],
          [letters(headline), 3],
        ]),
        [letters(reference ?? ''), 1],
        ...titlesOf('reference'),
      ]);
      expect(pdf.tags.H1).toBe(1);
      expect((pdf.tags.H2 ?? 0) + (pdf.tags.H3 ?? 0)).toBe(deck.slides.length - 1);
      expect(pdf.info).toMatchObject({ Language: deck.languageTag, Title: expect.stringContaining(deck.title) });
      for (const { url, file, page } of pdf.links) expect(url !== null || file !== null || (page ?? 0) > 0).toBe(true);
    });

    it('says page x of y on every page, which is no part of its text', () => {
      const { pdf } = given();
      for (const [index, { lines, height }] of pdf.pages.entries()) {
        const foot = lines.filter(({ y }) => y < 56);
        expect(foot.some(({ text }) => text.includes(String(index + 1)) && text.includes(String(pdf.pages.length)))).toBe(true);
        expect(lines.filter(({ y }) => y < 56 || y > height - 56).some(({ isTagged }) => isTagged)).toBe(false);
      }
    });
  });

  it('prints what is said once, with the evidence, also where the short deck shows the same exchange', () => {
    const { pages = [] } = read.get('water-handout') ?? {};
    const all = pages.map((page) => page.letters).join('');
    const times = (text: string) => all.split(letters(text)).length - 1;
    expect(
      decks
        .get('water-handout')
        ?.slides.filter(({ source }) => source === START)
        .map(({ part }) => part),
    ).toEqual(['short', 'evidence']);
    expect(times('Close it --> and </aside> and &#123;&#123; here')).toBe(1);
    expect(times(long[0] ?? '')).toBe(1);
  });

  it('shows what would be markup as text, and what only looks like a question among what is said', () => {
    const all = lettersOf((read.get('water-handout')?.pages ?? []).map((page) => page.letters).join(''));
    for (const text of hostile) expect(all).toContain(lettersOf(text));
  });

  it('begins the items of a list in notes below each other, also where paragraphs begin with an indent', () => {
    const lines = (read.get('water-handout.zh')?.pages ?? []).flatMap((page) => page.lines);
    const [first, second] = ['9.', '10.'].map((number) => lines.find(({ text }) => text.startsWith(number)));
    expect(first?.x).toBeGreaterThan(0);
    expect(first?.x).toBe(second?.x);
  });

  it('goes on where notes are longer than a page, and nothing leaves its page', () => {
    const { pages = [] } = read.get('water-handout') ?? {};
    const held = pages.filter((page) => /Paragraph\d+of/.test(page.letters));
    expect(held.length).toBeGreaterThan(1);
    for (const { lines, width } of pages) {
      const body = lines.filter(({ isTagged }) => isTagged);
      expect(Math.min(...body.map(({ y }) => y))).toBeGreaterThan(56);
      expect(Math.max(...body.map(({ x }) => x))).toBeLessThan(width);
    }
    // Notes begin below their slide.
    const first = pages.find((page) => page.letters.includes(letters(long[0] ?? '')));
    expect(first?.lines.some(({ text }) => letters(text).includes('sea'))).toBe(true);
  });

  it('is the same file when it is made again elsewhere, and without fault when it is inspected', async () => {
    for (const name of ['water-handout.pdf', 'water-handout.zh.pdf']) {
      expect((await manifestOf(again)).outputs[name].hash).toBe((await manifestOf(project)).outputs[name].hash);
      const { exitCode, stdout } = await run(['inspect', path.join(project.out, name), '--json', ...project.options]);
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout).files[0]).toMatchObject({ faults: [], notChecked: null });
    }
  });

  it('has drawings and letters, no pictures of them', async () => {
    const pdf = (await readFile(path.join(project.out, 'water-handout.pdf'))).toString('latin1');
    expect(pdf).not.toContain('/Subtype /Image');
    expect(pdf).not.toContain('/Subtype /Form');
    expect(pdf).not.toContain('/Type3');
    const fonts = fontsOf(path.join(project.out, 'water-handout.pdf'));
    if (fonts !== null) expect(fonts.filter((font) => !font.includes('TrueType'))).toEqual([]);
  });

  it('is fresh until its content changes, and status says what has changed', async () => {
    expect(await stateOf(project)).toBe('up to date');
    const { stdout } = await make(project, '--json');
    expect(JSON.parse(stdout).outputs).toMatchObject([{ deck: 'water-handout', status: 'fresh' }]);
    await edit(project, START, 'in the hills', 'in the high hills');
    expect(await stateOf(project)).toBe('stale: 2 slides changed (010-where-it-starts.md)');
  });
});

it('is none that anybody misses, is none by default, and keeps to the presenter what the theme does', async () => {
  const project = await projectFrom(small);
  expect(await stateOf(project)).toBeUndefined();
  await edit(project, 'themes/water.md', 'order: 1', 'order: 1\nnotes: false');
  const { exitCode } = await make(project, '--paper', 'letter');
  expect(exitCode).toBe(0);
  expect(Object.keys(await filesIn(project.out))).toEqual(['manifest.json', 'water-handout.pdf']);
  const { pages } = await readBriefing(path.join(project.out, 'water-handout.pdf'));
  const all = pages.map((page) => page.letters).join('');
  expect(all).not.toContain('Beginwiththemap');
  expect(all).toContain(letters('Where does the river start?'));
  expect([pages[0]?.width, pages[0]?.height]).toEqual([612, 792]);
  expect(await stateOf(project)).toBe('up to date, Letter');
  await edit(project, interview, 'lang: en', 'lang: en\nembargo: "2999"');
  await run(['generate', '--lang', 'en', ...project.options]);
  expect(Object.keys(await filesIn(project.out))).toEqual(['manifest.json']);
});

it('is not made where a deck has its name', async () => {
  const project = await projectFrom(small);
  await run(['generate', '--lang', 'en', ...project.options]);
  // From a time when check did not refuse such ids.
  await rename(path.join(project.slides, 'money.md'), path.join(project.slides, 'water-handout.md'));
  const { exitCode, stderr } = await make(project);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /✗ water-handout\.pdf not made: the deck .*water-handout\.md has its PDF under the same name; give the theme of that deck another id, and remove the deck/,
  );
});

async function addNotes(project: Project, file: string, paragraphs: readonly string[]): Promise<void> {
  const full = path.join(project.content, file);
  const text = await readFile(full, 'utf8');
  await appendFile(full, `${text.includes('## Notes') ? '' : '\n## Notes\n'}\n${paragraphs.join('\n\n')}\n`);
}

/** Without the label of a question or a source. */
const withoutLabel = (paragraph: string) =>
  paragraph.replace(/^(?:Source|来源)[:：]\s*/, '').replace(/^(?:Question|提问)[:：]\s*(?!this only)/, '');

/** Lines of small letters may be drawn in another order than read; white space and invisible characters do not count. */
const lettersOf = (text: string) => letters(text).replace(/\p{Default_Ignorable_Code_Point}/gu, '');

/** By pdffonts, where it is installed. */
function fontsOf(file: string): string[] | null {
  try {
    const lines = execFileSync('pdffonts', [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n');
    return lines.slice(2).filter((line) => line.trim() !== '');
  } catch {
    return null;
  }
}
