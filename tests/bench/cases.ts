/** What people wait for, each as one number of milliseconds. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { type Measured, run } from './measure.ts';
import { startWatching } from './watching.ts';
import { type BenchPlace, briefdeck, cache, EDITED } from './workplace.ts';

export interface Case {
  name: string;
  /** The most that it may take, in times of Marp's four decks; null for what is only compared. */
  target: number | null;
  /** How often it is run, at the most. */
  runs: number;
  measure(place: BenchPlace): Promise<Measured>;
}

/** Marp first: the others are compared with it. */
export const cases: readonly Case[] = [
  { name: 'Marp CLI --pdf --parallel 4, four decks', target: null, runs: 9, measure: marp },
  { name: 'export --force, four decks, shell cached', target: 1, runs: 9, measure: exportDecks },
  { name: 'one exchange edited, new process: brief to that PDF', target: 0.7, runs: 9, measure: editAndBrief },
  {
    name: 'nothing changed: npm run brief',
    target: 0.25,
    runs: 9,
    measure: ({ options }) => run(['npm', 'run', '--silent', 'brief', '--', ...options, '--lang', 'en']),
  },
  { name: 'watch --export: save to new PDF', target: 0.2, runs: 9, measure: editWhileWatching },
  {
    name: 'very first run (no cache at all), four decks',
    target: 2.5,
    runs: 3,
    async measure(place) {
      await rm(cache, { recursive: true, force: true });
      // The browser is unpacked anew, too, where it is the embedded one.
      return run([process.execPath, briefdeck, 'export', ...withoutBrowser(place.options), '--lang', 'en', '--force']);
    },
  },
  {
    name: 'eight decks (both languages), compiled before',
    target: null,
    runs: 3,
    measure: ({ options }) => run([process.execPath, briefdeck, 'export', ...options, '--force']),
  },
  { name: 'slidev export, four decks one after the other', target: null, runs: 1, measure: slidev },
];

function exportDecks({ options }: BenchPlace): Promise<Measured> {
  return run([process.execPath, briefdeck, 'export', ...options, '--lang', 'en', '--force']);
}

function marp({ file, decks, browser }: BenchPlace): Promise<Measured> {
  const cli = path.join(projectRoot, 'node_modules', '.bin', 'marp');
  const options = ['--pdf', '--html', '--parallel', '4', '--no-config-file', '--browser', 'chrome', '--browser-path', browser.path];
  // As root Chromium has no sandbox: ours says so itself, Marp is told.
  return run([cli, ...options, ...decks.map((deck) => file('marp', `${deck}.md`))], { ...browser.env, CHROME_NO_SANDBOX: '1' });
}

/** Plain Slidev has one server and one browser for each deck. */
async function slidev({ decks, browser }: BenchPlace): Promise<Measured> {
  let ms = 0;
  for (const deck of decks) {
    const cli = path.join(projectRoot, 'node_modules', '@slidev', 'cli', 'bin', 'slidev.mjs');
    const output = path.join(cache, 'bench', `${deck}.pdf`);
    const entry = path.join(projectRoot, 'slides', `${deck}.md`);
    const options = ['--output', output, '--executable-path', browser.path, '--timeout', '120000'];
    ms += (await run([process.execPath, cli, 'export', entry, ...options], browser.env)).ms;
  }
  return { ms, megabytes: null, processor: null };
}

let edits = 0;

/** Another number in the first point of an exchange of the largest deck. */
async function edit({ file }: BenchPlace): Promise<void> {
  edits += 1;
  const text = await readFile(file(EDITED), 'utf8');
  await writeFile(file(EDITED), text.replace(/^- (?:\d+ )?/m, `- ${edits} `));
}

async function editAndBrief(place: BenchPlace): Promise<Measured> {
  await run([process.execPath, briefdeck, 'brief', ...place.options, '--lang', 'en']);
  await edit(place);
  return run([process.execPath, briefdeck, 'brief', ...place.options, '--lang', 'en']);
}

/** The first edits warm everything up; the next one is what people feel all day. */
async function editWhileWatching(place: BenchPlace): Promise<Measured> {
  const watching = startWatching(['--export', ...place.options, '--lang', 'en']);
  try {
    await watching.said(/Ctrl-C ends/);
    let start = 0;
    for (let count = 0; count < 3; count += 1) {
      start = performance.now();
      await edit(place);
      await watching.said(/✓ \S*scaling\.pdf \d+ pages/);
    }
    return { ms: performance.now() - start, megabytes: null, processor: null };
  } finally {
    await watching.end();
  }
}

function withoutBrowser(options: readonly string[]): string[] {
  const at = options.indexOf('--browser');
  return options.filter((_, index) => index !== at && index !== at + 1);
}
