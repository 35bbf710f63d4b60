/** Decks on top of the shell: what all decks share is bundled once and kept, and so is every deck until it changes. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { ExpectedError } from '../../shared/errors.ts';
import { OrderThread } from '../../shared/order-thread.ts';
import { projectRoot } from '../../shared/paths.ts';
import type { OnSite, Site, SiteOptions } from '../site.ts';
import type { CompiledDeck } from './compile-deck.ts';
import { type CompileAnswer, type CompileOrder, DeckCompiler } from './deck-compiler.ts';
import { DeckRecords } from './deck-records.ts';
import { NoShell } from './no-shell.ts';
import { pageOf } from './page.ts';
import { Shells } from './shells.ts';
import { type Shown, ShownDecks } from './shown-decks.ts';
import { STAGE_FILES } from './stage.ts';

export interface ShellSite extends Site {
  /** Makes ready for compiling a deck like the one that stands there; starts nothing where none does. */
  warmUp(entry: string): void;
  /** Compiles a deck that will soon be shown. What keeps it from that is thrown when it is to be shown. */
  prepare(entry: string): void;
  /** Shows a deck as it was when it was last compiled, which takes no time; null when it never was, or had code of its own. */
  showEarlier(entry: string): Promise<OnSite | null>;
}

/** Starts nothing yet: Slidev is imported with the first deck that was not compiled before. */
export function openShellSite({ assets, theme }: SiteOptions): ShellSite {
  const shells = new Shells();
  const records = new DeckRecords(theme);
  // Slidev's plugins take half a second of one deck: meanwhile the browser starts, and other decks are planned or printed.
  const thread = new OrderThread<CompileOrder, CompileAnswer>('compile-worker.mjs', new DeckCompiler().work);
  const shown = new ShownDecks();
  let closed = false;
  /** One deck after the other: Slidev's plugins hold one at a time. */
  let busy: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = busy.then(work);
    busy = Promise.allSettled([turn]);
    return turn;
  };

  const ready = async (entry: string, signal?: AbortSignal): Promise<Shown> => {
    signal?.throwIfAborted();
    if (closed) throw new Error('the server is closed');
    const text = await readDeck(entry);
    const earlier = await records.find(entry);
    const kept = earlier?.isOf(text) === true ? await shells.find(earlier.shell) : null;
    if (earlier !== null && kept !== null) return { shell: kept, shellKey: earlier.shell, deck: earlier.compiled };
    const known = earlier === null ? null : { made: earlier.made, compiled: earlier.compiled };
    const answer = await thread.send({ type: 'compile', deck: { entry, text, theme, assets }, earlier: known, known: shells.keys() });
    if (answer.type === 'no-shell') throw new NoShell(answer.reason);
    if (answer.type !== 'compiled') throw new TypeError(`a deck was compiled, and the answer is ${answer.type}`);
    const { theme: folder, made, shellKey, compiled } = answer;
    if (answer.shell !== null) shells.add(shellKey, answer.shell);
    const shell = await shells.find(shellKey);
    if (shell === null) throw new TypeError('a deck was compiled onto a shell that is not there');
    await records.keep(entry, { text, theme: folder, made, shell: shellKey, compiled });
    return { shell, shellKey, deck: compiled };
  };

  return {
    warmUp(entry) {
      inTurn(async () => thread.send({ type: 'open', deck: { entry, text: await readDeck(entry), theme, assets } })).catch(() => {});
    },
    prepare(entry) {
      inTurn(() => ready(entry)).catch(() => {});
    },
    async show(entry, signal) {
      const made = await inTurn(() => ready(entry, signal));
      signal?.throwIfAborted();
      return shown.add(made);
    },
    async showEarlier(entry) {
      const earlier = await records.find(entry);
      // Code of its own may be what an edit has mended: a page that hangs, say.
      if (earlier === null || !earlier.compiled.plain) return null;
      const shell = await shells.find(earlier.shell);
      return shell === null ? null : shown.add({ shell, shellKey: earlier.shell, deck: earlier.compiled });
    },
    answer({ url = '/' }, response) {
      const address = url.replace(/[?#].*$/s, '');
      const from = shown.at(address);
      if (from === undefined) response.writeHead(403).end();
      else answer(address, from, response);
    },
    async close() {
      closed = true;
      await inTurn(async () => (thread.isUsed ? thread.send({ type: 'close' }) : null));
      await thread.close();
    },
  };
}

async function readDeck(entry: string): Promise<string> {
  return readFile(entry, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new ExpectedError(`there is no deck ${entry}`, { hint: 'run generate first', cause: error });
    throw error;
  });
}

function answer(address: string, { shell, deck }: Shown, response: ServerResponse): void {
  const own = address === '/print' ? pageOf(deck, shell) : (STAGE_FILES[address] ?? ownFile(address, deck));
  const picture = Object.hasOwn(deck.pictures, address) ? deck.pictures[address] : undefined;
  if (own !== undefined) send(response, address, own, 'no-store');
  else if (picture !== undefined) send(response, address, Buffer.from(picture.body, 'base64'), 'no-store');
  else if (Object.hasOwn(shell.files, address)) send(response, address, shell.files[address] ?? '', 'no-store');
  else if (Object.hasOwn(shell.installed, address)) sendFile(response, path.join(projectRoot, shell.installed[address] ?? ''), address);
  else response.writeHead(404).end();
}

/** A file of the deck at its own address, or its settings for a page that is being opened. */
function ownFile(address: string, { files, groups }: CompiledDeck): string | undefined {
  if (address === '/deck/first.js') return files['configs.js'];
  const [, name = '', group, kind] = /^\/deck\/\d+\/((?:group-(\d+)|\w+)\.(js|css))$/.exec(address) ?? [];
  if (group !== undefined) return groups[Number(group)]?.[kind === 'js' ? 'code' : 'styles'];
  return Object.hasOwn(files, name) ? files[name] : undefined;
}

/** Their addresses name what is in them. */
const LASTING = 'max-age=3600, immutable';

function send(response: ServerResponse, address: string, body: string | Uint8Array, cache: string): void {
  response.writeHead(200, { 'content-type': typeOf(address), 'cache-control': cache }).end(body);
}

function sendFile(response: ServerResponse, file: string, address: string): void {
  const stream = createReadStream(file);
  stream.once('open', () => response.writeHead(200, { 'content-type': typeOf(address), 'cache-control': LASTING }));
  stream.once('error', () => (response.headersSent ? response.destroy() : response.writeHead(404).end()));
  stream.pipe(response);
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
};

function typeOf(address: string): string {
  return TYPES[path.extname(address).toLowerCase()] ?? (address === '/print' ? 'text/html; charset=utf-8' : 'application/octet-stream');
}
