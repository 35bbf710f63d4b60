/** A folder to measure in: the content that ships, its decks, the same decks for Marp. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser } from '../../scripts/export/browser/browser.ts';
import { embeddedEnvironment } from '../../scripts/export/browser/embedded-chromium.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { asMarpDeck } from './marp-deck.ts';
import { run } from './measure.ts';

export interface BenchPlace {
  folder: string;
  out: string;
  /** Options that every command is given. */
  options: string[];
  /** Executable of the browser that all use, and what it wants in its environment. */
  browser: { path: string; name: string; env: Record<string, string> };
  /** Names of the four English decks. */
  decks: string[];
  file(...segments: string[]): string;
  remove(): Promise<void>;
}

/** The exchange that is edited, from the folder. */
export const EDITED = 'content/interviews/dario-amodei-2023/190-when-human-level.md';

/** Generates and exports everything once, so that caches are there. Of `every` so many exchanges there is one, for smaller decks. */
export async function makeBenchPlace(every: number): Promise<BenchPlace> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'briefdeck-bench-'));
  const file = (...segments: string[]) => path.join(folder, ...segments);
  const { browser, chosen } = await launchBrowser({ explicit: null, env: process.env }, 9);
  await browser.close();
  await cp(path.join(projectRoot, 'content'), file('content'), { recursive: true });
  const interview = path.dirname(file(EDITED));
  const exchanges = (await readdir(interview)).filter((name) => /^\d+-[^.]+\.md$/.test(name));
  for (const name of exchanges.filter((_, index) => index % every !== 0)) {
    if (name === path.basename(EDITED)) continue;
    await rm(path.join(interview, name));
    await rm(path.join(interview, name.replace(/\.md$/, '.zh.md')), { force: true });
  }
  const folders = ['content', 'slides'].flatMap((name) => [`--${name}`, file(name)]);
  const options = [...folders, '--out', file('dist'), '--browser', chosen.path, '--format', 'slides'];
  await run([process.execPath, briefdeck, 'brief', ...options]);
  const decks = (await readdir(file('slides'))).filter((name) => /^[a-z]+\.md$/.test(name)).map((name) => path.basename(name, '.md'));
  await cp(file('slides'), file('marp'), { recursive: true, filter: (name) => !name.endsWith('.zh.md') });
  for (const deck of decks) await writeFile(file('marp', `${deck}.md`), asMarpDeck(await readFile(file('slides', `${deck}.md`), 'utf8')));
  return {
    folder,
    out: file('dist'),
    options,
    browser: { path: chosen.path, name: `${chosen.name} ${chosen.version} (${chosen.source})`, env: embeddedEnvironment(chosen.path) },
    decks,
    file,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export const briefdeck = path.join(projectRoot, 'scripts', 'briefdeck.cjs');
export const cache = path.join(projectRoot, 'node_modules', '.cache', 'briefdeck');
