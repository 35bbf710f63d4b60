/** Every command line of README.md: what has to be there before, what it says and makes, the first time and the second. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commitAll } from '../git-folder.ts';
import { EDITED } from './places.ts';

/** A command line, or something that is done to the project. */
export type Step = string | ((project: string) => Promise<unknown>);

export interface Line {
  /** As README.md prints it. */
  line: string;
  before?: readonly Step[];
  /** Words of the first run and of the second. */
  says: readonly [first: readonly RegExp[], second: readonly RegExp[]];
  /** Files that are new or other after the first run, and after the second: all of them. */
  makes: readonly [first: readonly string[], second: readonly string[]];
  /** Of a command that lasts: what is done once it has said its address, at which `url` answers. */
  visit?: (at: { url: string; project: string; hear: (words: RegExp) => Promise<void> }) => Promise<void>;
}

/** Lines of README.md that are no subject here, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'npm ci': 'an installer; the place has its packages',
  'npx tsx tests/acceptance/fetch-nodes.ts': 'an installer',
  'npm run briefdeck -- <command>': 'the form of a line, not a line',
  'git apply': 'the name of who reads a diff',
  'npm test': 'the tests themselves',
  'npm run test:long': 'the tests themselves',
  'npm run verify': 'the tests themselves',
  '.ci/run': 'runs these tests',
  'npx vitest run -u': 'renews golden files',
  'npm run bench': 'measures for half an hour',
  'npm run bench -- --runs 3': 'measures for half an hour',
};

const inBoth = (names: readonly string[], ending: string) => names.flatMap((name) => [`${name}${ending}`, `${name}.zh${ending}`]);
const decks = (...themes: string[]) => inBoth(themes, '.md').map((name) => `slides/${name}`);
const pdfs = (...names: string[]) => [...inBoth(names, '.pdf').map((name) => `dist/${name}`), 'dist/manifest.json'];
const pictures = (...themes: string[]) =>
  themes.flatMap((theme) => ['', '.zh'].flatMap((language) => [1, 2, 3, 4, 5].map((page) => `dist/${theme}${language}/00${page}.png`)));
const both = ['scaling', 'alignment'];
const outputs = pdfs(...both.flatMap((theme) => [theme, `${theme}-short`, `${theme}-briefing`]));
const everything = [...decks(...both), ...outputs];

/** The last lines of `brief`. */
const made = (count: number, what: string) =>
  new RegExp(`${count} of ${count} ${what} are in \\S*dist; the content has no errors, no warnings`);
const unchanged = (file: string) => new RegExp(`  dist/${file}  \\d+ \\w+, unchanged`);

const edit = (file: string, from: string, to: string) => async (project: string) => {
  const text = await readFile(path.join(project, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not say "${from}"`);
  await writeFile(path.join(project, file), text.replace(from, to));
};

const importing = 'npm run briefdeck -- import talk.vtt';
const recipe = [
  `${importing} --date 2024-05 --name SPEAKER_00="Ana Lee" --name SPEAKER_01="Ben Ode" --content mine/content`,
  "mkdir -p mine/content/themes && printf -- '---\\ntitle: Water\\nkeywords: [water, river, fish]\\n---\\n' > mine/content/themes/water.md",
  `${importing} --suggest-tags --content mine/content`,
  'npm run brief -- --content mine/content --slides mine/slides --out mine/dist',
] as const;
const questions = ['010-what-has-changed-most-in-the-water-of-this-river.md', '020-why-has-the-river-become-so-warm.md'];
const talk = (content: string) => questions.map((name) => `${content}/interviews/talk/${name}`);

async function get(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.text();
}

async function expectPage(url: string, words: RegExp): Promise<void> {
  const html = await get(url);
  if (!words.test(html)) throw new Error(`${url} does not say ${words}: ${html.slice(0, 2000)}`);
}

export const LINES: readonly Line[] = [
  {
    line: 'npm run brief',
    says: [
      [/✓ slides\/scaling\.md +5 slides, new/, made(12, 'PDFs')],
      [/✓ slides\/scaling\.md +5 slides, unchanged/, made(12, 'PDFs'), unchanged('alignment-briefing\\.zh\\.pdf')],
    ],
    makes: [everything, []],
  },
  {
    line: recipe[0],
    says: [
      [/✓ mine\/content\/interviews\/talk new: 2 exchanges, 2 people \(Ana Lee asks\)/],
      [/✓ mine\/content\/interviews\/talk 0 added, 0 changed, 2 kept, 0 gone/],
    ],
    makes: [['mine/content/interviews/talk/index.md', ...talk('mine/content')], []],
  },
  { line: recipe[1], says: [[], []], makes: [['mine/content/themes/water.md'], []] },
  {
    line: recipe[2],
    before: recipe.slice(0, 2),
    says: [[/0 added, 2 changed, 0 kept, 0 gone/, /2 exchanges with tags suggested/], [/0 added, 0 changed, 2 kept, 0 gone/]],
    makes: [talk('mine/content'), []],
  },
  {
    line: recipe[3],
    before: recipe.slice(0, 3),
    says: [
      [/✓ mine\/slides\/water\.md +\d slides, new/, made(3, 'PDFs')],
      [made(3, 'PDFs'), /water\.pdf {2}\d pages, unchanged/],
    ],
    makes: [
      [
        'mine/slides/water.md',
        'mine/dist/water.pdf',
        'mine/dist/water-short.pdf',
        'mine/dist/water-briefing.pdf',
        'mine/dist/manifest.json',
      ],
      [],
    ],
  },
  {
    line: 'npm run brief -- scaling',
    says: [[made(6, 'PDFs')], [made(6, 'PDFs'), unchanged('scaling\\.pdf'), unchanged('scaling-briefing\\.zh\\.pdf')]],
    makes: [[...decks('scaling'), ...pdfs('scaling', 'scaling-short', 'scaling-briefing')], []],
  },
  {
    line: 'npm run brief -- --format briefing --paper letter',
    says: [[made(4, 'PDFs')], [made(4, 'PDFs'), unchanged('scaling-briefing\\.pdf')]],
    makes: [[...decks(...both), ...pdfs('scaling-briefing', 'alignment-briefing')], []],
  },
  {
    line: 'npm run brief -- --part short',
    says: [[made(4, 'PDFs')], [made(4, 'PDFs'), unchanged('scaling-short\\.zh\\.pdf')]],
    makes: [[...decks(...both), ...pdfs('scaling-short', 'alignment-short')], []],
  },
  {
    line: 'npm run brief -- --format handout',
    says: [[made(4, 'PDFs')], [made(4, 'PDFs'), unchanged('scaling-handout\\.pdf')]],
    makes: [[...decks(...both), ...pdfs('scaling-handout', 'alignment-handout')], []],
  },
  {
    line: 'npm run brief -- --book',
    says: [[made(14, 'PDFs')], [made(14, 'PDFs'), unchanged('book\\.zh\\.pdf')]],
    makes: [[...everything, ...inBoth(['dist/book'], '.pdf')], []],
  },
  {
    line: 'npm run brief -- scaling --format png,pptx',
    says: [[made(4, 'outputs')], [made(4, 'outputs'), unchanged('scaling\\.pptx'), unchanged('scaling')]],
    makes: [[...decks('scaling'), ...pictures('scaling'), ...inBoth(['dist/scaling'], '.pptx'), 'dist/manifest.json'], []],
  },
  {
    line: 'npm run brief -- scaling --format png',
    says: [[made(2, 'outputs')], [made(2, 'outputs'), unchanged('scaling')]],
    makes: [[...decks('scaling'), ...pictures('scaling'), 'dist/manifest.json'], []],
  },
  {
    line: 'npm run brief -- scaling --format pptx',
    says: [[made(2, 'outputs')], [made(2, 'outputs'), unchanged('scaling\\.pptx')]],
    makes: [[...decks('scaling'), ...inBoth(['dist/scaling'], '.pptx'), 'dist/manifest.json'], []],
  },
  {
    line: 'npm run briefdeck -- present scaling',
    before: ['npm run briefdeck -- generate'],
    says: [
      [/http:\/\/127\.0\.0\.1:\d+\/scaling\/\n +presenter http:\S+\/scaling\/presenter\/1/, /interrupted by SIGINT/],
      [/http:\/\/127\.0\.0\.1:\d+\/scaling\/\n/, /interrupted by SIGINT/],
    ],
    makes: [[], []],
    visit: async ({ url }) => {
      await expectPage(url, /<div id="app">/);
      await expectPage(new URL('presenter/1', url).href, /<div id="app">/);
      await expectPage(new URL('/', url).href, /href="\/scaling\/"[\s\S]*href="\/alignment\.zh\/"/);
    },
  },
  {
    line: 'npm run briefdeck -- watch',
    says: [
      [/watching content and \S*templates/, /interrupted by SIGINT/],
      [/✓ slides\/alignment\.md/, /interrupted by SIGINT/],
    ],
    makes: [
      [...decks(...both), EDITED],
      ['slides/alignment.md', EDITED],
    ],
    visit: async ({ url, project, hear }) => {
      await expectPage(url, /Scaling/);
      await hear(/watching content/);
      await edit(EDITED, 'once a year', 'once a year, once a year')(project);
      await hear(/✓ slides\/alignment\.md +4 slides, changed/);
    },
  },
  {
    line: 'npm run briefdeck -- export --force',
    before: ['npm run briefdeck -- generate'],
    says: [
      [/✓ dist\/scaling\.pdf +5 pages/, /✓ dist\/alignment-briefing\.zh\.pdf +\d pages?/],
      [/✓ dist\/scaling\.pdf +5 pages/, /✓ dist\/alignment-briefing\.zh\.pdf +\d pages?/],
    ],
    // The second time they are made again, with the same bytes.
    makes: [outputs, []],
  },
  {
    line: importing,
    before: [`${importing} --date 2024-05`, edit('talk.vtt', 'by two degrees', 'by three degrees')],
    says: [[/0 added, 1 changed, 1 kept, 0 gone/], [/0 added, 0 changed, 2 kept, 0 gone/]],
    makes: [talk('content').slice(0, 1), []],
  },
  {
    line: 'npm run briefdeck -- check',
    says: [
      [/checked 1 interview, 2 exchanges, 2 themes, 1 term: no errors, no warnings/],
      [/checked 1 interview, 2 exchanges, 2 themes, 1 term: no errors, no warnings/],
    ],
    makes: [[], []],
  },
  {
    line: 'npm run briefdeck -- status --story scaling',
    says: [[/^Scaling: no answer yet/m], [/^Scaling: no answer yet/m]],
    makes: [[], []],
  },
  {
    line: 'npm run briefdeck -- status',
    before: ['npm run brief -- scaling'],
    says: [
      [/scaling: deck up to date, PDF up to date, short deck up to date, briefing up to date/, /alignment: deck missing/],
      [/scaling: deck up to date, PDF up to date, short deck up to date, briefing up to date/, /alignment: deck missing/],
    ],
    makes: [[], []],
  },
  {
    line: 'git diff slides/',
    before: [
      'npm run briefdeck -- generate',
      (project) => Promise.resolve(commitAll(project, '2026-11-12T12:00:00Z')),
      edit(EDITED, 'The towns decide together, once a year', 'The towns decide together, twice a year'),
      'npm run briefdeck -- generate',
    ],
    says: [[/^\+.*twice a year/m], [/^\+.*twice a year/m]],
    makes: [[], []],
  },
  {
    line: 'npm run brief -- --since 2026-11-01',
    says: [
      [made(12, 'PDFs'), /slides\/alignment\.md +5 slides, \w+; since then 0 new, 1 changed/, /✓ dist\/alignment\.pdf +5 pages/],
      [made(12, 'PDFs'), unchanged('alignment\\.pdf')],
    ],
    makes: [everything, []],
  },
  {
    line: 'npm run briefdeck -- inspect dist/*.pdf',
    before: ['npm run brief -- scaling'],
    says: [
      [/✓ dist\/scaling\.pdf +5 pages, en-GB: tagged and self-checked/, /inspected 6 files: no faults/],
      [/✓ dist\/scaling-briefing\.zh\.pdf +\d pages?, zh-Hans/, /inspected 6 files: no faults/],
    ],
    makes: [[], []],
  },
  {
    line: 'npm run briefdeck -- doctor',
    says: [
      [/✓ Node\.js: \d+\.\d+\.\d+/, /✓ Slidev: /, /✓ fonts: Source Serif 4/, /✓ browser: Chromium \d+/],
      [/✓ Node\.js: \d+\.\d+\.\d+/, /✓ browser: Chromium \d+/],
    ],
    makes: [[], []],
  },
];
