/** Content as large as it gets: what a run costs for the first time, again, and after an edit. */
import { mkdtemp, readdir, readFile, rm, watch, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeContent } from './make-content.ts';
import { type Measured, median, runAlone } from './measure.ts';
import { startWatching } from './watching.ts';
import { briefdeck } from './workplace.ts';

export interface LargeRow {
  name: string;
  exchanges: number;
  ms: number;
  megabytes: number | null;
  /** The most that it may take, in ms. */
  target: number;
  met: boolean;
}

/** The most memory that reading and generating may take, in MB. */
export const MEGABYTES = 800;
const EDITS = 5;

/** Everything of a content of so many exchanges, 50 in an interview. `runs` for what can be done again. */
export async function measureLarge(exchanges: number, runs: number, say: (what: string) => void): Promise<LargeRow[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'briefdeck-large-'));
  try {
    makeContent(path.join(folder, 'content'), { interviews: Math.ceil(exchanges / 50), exchanges });
    const options = ['content', 'slides'].flatMap((name) => [`--${name}`, path.join(folder, name)]);
    const rows: LargeRow[] = [];
    const add = (name: string, target: number, measured: readonly Measured[]) => {
      const ms = Math.round(median(measured.map((each) => each.ms)));
      const peaks = measured.flatMap(({ megabytes }) => megabytes ?? []);
      const megabytes = peaks.length === 0 ? null : Math.round(Math.max(...peaks));
      rows.push({ name, exchanges, ms, megabytes, target, met: ms <= target && (megabytes ?? 0) <= MEGABYTES });
    };
    const again = async (command: string) => {
      const measured: Measured[] = [];
      for (let count = 0; count < runs; count += 1) measured.push(await runAlone([process.execPath, briefdeck, command, ...options]));
      return measured;
    };
    for (const [command, target] of [
      ['check', 6000],
      ['generate', 25_000],
    ] as const) {
      say(`${command} of ${exchanges} exchanges`);
      add(`${command}, for the first time`, target, [await runAlone([process.execPath, briefdeck, command, ...options])]);
      add(`${command} again`, 3000, await again(command));
    }
    say(`watch over ${exchanges} exchanges`);
    add('watch: save to new decks', 500, await editWhileWatching(folder, options));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** From a save until all decks that show the exchange say what was saved. The first edit has slides planned that nobody remembers yet. */
async function editWhileWatching(folder: string, options: readonly string[]): Promise<Measured[]> {
  const [file, decks] = await exchangeIn(folder);
  const watching = startWatching(options);
  const over = new AbortController();
  const changes = watch(path.join(folder, 'slides'), { signal: over.signal })[Symbol.asyncIterator]();
  try {
    await watching.said(/Ctrl-C ends/);
    const measured: Measured[] = [];
    for (let count = 0; count <= EDITS; count += 1) {
      const mark = `9000${count}`;
      const start = performance.now();
      await writeFile(file, (await readFile(file, 'utf8')).replace(/^- (?:9000\d )?/m, `- ${mark} `));
      do await changes.next();
      while (!(await textsOf(decks)).every((text) => text.includes(mark)));
      if (count > 0) measured.push({ ms: performance.now() - start, megabytes: null, processor: null });
    }
    return measured;
  } finally {
    over.abort();
    await watching.end();
  }
}

/** An exchange that is not translated, and the decks that show it. */
async function exchangeIn(folder: string): Promise<[file: string, decks: string[]]> {
  const content = path.join(folder, 'content');
  const interviews = await readdir(path.join(content, 'interviews'));
  const interview = path.join(content, 'interviews', `talk-${interviews.length}`);
  const name = (await readdir(interview)).find((each) => /^\d/.test(each)) ?? '';
  const file = path.join(interview, name);
  const slides = path.join(folder, 'slides');
  const all = (await readdir(slides)).map((deck) => path.join(slides, deck));
  const texts = await textsOf(all);
  const decks = all.filter((_, index) => texts[index]?.includes(path.relative(content, file)));
  if (decks.length === 0) throw new Error(`no deck shows ${file}`);
  return [file, decks];
}

async function textsOf(files: readonly string[]): Promise<string[]> {
  return Promise.all(files.map((file) => readFile(file, 'utf8')));
}
