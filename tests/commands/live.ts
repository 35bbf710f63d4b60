/** `present` and `watch` as they run, and a browser that looks at them. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { Browser, BrowserContext, Page } from 'playwright-chromium';
import { parseArguments } from '../../scripts/commands/arguments.ts';
import { launchBrowser } from '../../scripts/export/browser/browser.ts';
import { EXIT, ExpectedError } from '../../scripts/shared/errors.ts';
import { run } from '../run.ts';

export interface Workplace {
  folder: string;
  options: string[];
  file(name: string): string;
  edit(name: string, from: string, to: string): Promise<void>;
  remove(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../..');

/** The small interview with its own copy of the templates; one exchange belongs to both themes. */
export async function makeWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(path.join(tmpdir(), 'briefdeck live é-'));
  await cp(path.join(import.meta.dirname, 'input/small'), path.join(folder, 'content'), { recursive: true });
  await cp(path.join(root, 'templates'), path.join(folder, 'templates'), { recursive: true });
  const folders = ['content', 'templates', 'slides'].flatMap((name) => [`--${name}`, path.join(folder, name)]);
  const work: Workplace = {
    folder,
    options: [...folders, '--out', path.join(folder, 'dist')],
    file: (name) => path.join(folder, name),
    async edit(name, from, to) {
      const text = await readFile(path.join(folder, name), 'utf8');
      if (!text.includes(from)) throw new Error(`${name} does not say ${from}`);
      await writeFile(path.join(folder, name), text.replace(from, to));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
  await work.edit(`${interview}/030-who-pays.md`, 'tags: [money]', 'tags: [money, water]');
  // It would be a warning, so that there would never be no problem.
  for (const lang of ['', '.zh'])
    for (const tag of ['<b>', '</b>']) await work.edit(`${interview}/010-where-it-starts${lang}.md`, tag, '**');
  return work;
}

export const interview = 'content/interviews/ana-2024';

export interface Running {
  origin: string;
  /** All that was said until now. */
  words(): string;
  /** Waits until something is said from now on, or was since the last call. */
  says(words: RegExp): Promise<void>;
  /** Interrupts it; gives what it ended with. */
  stop(): Promise<unknown>;
}

/** Starts a command in this process and waits until it says that it is ready. */
export async function startLive(args: readonly string[], ready: RegExp): Promise<Running> {
  const abort = new AbortController();
  let text = '';
  let read = 0;
  let heard = () => {};
  const err = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      heard();
      done();
    },
  });
  const out = new Writable({ write: (_chunk, _encoding, done) => done() });
  const parsed = parseArguments([...args], { out, err, env: process.env, signal: abort.signal });
  const ended = (parsed.type === 'run' ? parsed.run() : Promise.resolve(parsed.exitCode)).catch((error: unknown) => error);
  const says = async (words: RegExp) => {
    for (;;) {
      const match = words.exec(text.slice(read));
      if (match !== null) {
        read += match.index + match[0].length;
        return;
      }
      const more = new Promise<null>((resolve) => {
        heard = () => resolve(null);
      });
      const end = await Promise.race([more, ended.then((value) => ({ value }))]);
      if (end !== null) throw new Error(`it ended with ${String(end.value)} before it said ${words}: ${text}`);
    }
  };
  await says(ready);
  // `watch` of all themes says only where all decks are.
  const [, origin = ''] = /all decks (http:\S+)/.exec(text) ?? /^(http:\S+)$/m.exec(text) ?? [];
  return {
    origin,
    words: () => text,
    says,
    async stop() {
      abort.abort(new ExpectedError('interrupted', { exitCode: EXIT.interrupted }));
      return ended;
    },
  };
}

/** A browser that reaches the running command. */
export async function openBrowser({ origin }: Running): Promise<Browser> {
  const { browser } = await launchBrowser({ explicit: null, env: process.env }, Number(new URL(origin).port));
  return browser;
}

/** In ms. Vite and Slidev take a minute for the first page of a deck on a machine that has other things to do. */
const PATIENCE = 120_000;

/** A window in which decks of the running command are shown. */
export interface LiveWindow {
  context: BrowserContext;
  page: Page;
  /** Opens an address, which takes seconds, and waits for the slide. */
  open(address: string, id: string, target?: Page): Promise<void>;
  shows(id: string, target?: Page): Promise<void>;
  /** Goes to a slide, by its number, within the deck that the window shows. */
  goTo(number: number, id: string): Promise<void>;
  close(): Promise<void>;
}

export async function openWindow(live: Running): Promise<LiveWindow> {
  const browser = await openBrowser(live);
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const shows = (id: string, target = page) => slide(target, id).waitFor();
  return {
    context,
    page,
    shows,
    async open(address, id, target = page) {
      await target.goto(`${live.origin}${address}`);
      await shows(id, target);
    },
    async goTo(number, id) {
      await page.keyboard.press('g');
      await page.locator('#slidev-goto-input:focus').fill(String(number));
      await page.keyboard.press('Enter');
      await shows(id);
    },
    close: () => browser.close(),
  };
}

/** The slide that a page shows; Slidev keeps others ready beside it. */
export const slide = (page: Page, id: string) => page.locator(`[data-slide-id="${id}"]:visible`).first();

/** `present` at work: the decks of a workplace and a window that shows them. */
export interface Presenting {
  work: Workplace;
  live: Running;
  shown: LiveWindow;
  /** Closes the window, interrupts the command and removes the workplace; gives what the command ended with. */
  end(): Promise<unknown>;
}

/** Generates the decks of a new workplace, presents a theme and opens a window. */
export async function startPresenting(theme: string): Promise<Presenting> {
  const work = await makeWorkplace();
  await run(['generate', ...work.options]);
  const live = await startLive(['present', theme, ...work.options], /all decks http:\S+\n/);
  const shown = await openWindow(live);
  return {
    work,
    live,
    shown,
    async end() {
      await shown.close();
      const ended = await live.stop();
      await work.remove();
      return ended;
    },
  };
}
