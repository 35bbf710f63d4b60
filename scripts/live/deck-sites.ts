/** The opened decks of a room, kept in step with their files. */
import path from 'node:path';
import { kindOf } from '../shared/disk/files.ts';
import { ExpectedError } from '../shared/errors.ts';
import { isInside } from '../shared/paths.ts';
import { isDeckFile } from './deck-list.ts';
import { type ComplaintCause, type DeckSite, openDeckSite } from './deck-site.ts';
import { type FileWatch, type WatchedChange, watchFiles } from './watch-files.ts';

export interface DeckSitesOptions {
  slides: string;
  theme: string;
  assets: readonly string[];
  complain: (deck: string, message: string, cause: ComplaintCause) => void;
  mended: (deck: string) => void;
  warn: (message: string) => void;
}

export class DeckSites {
  readonly #options: DeckSitesOptions;
  readonly #open = new Map<string, Promise<DeckSite>>();
  readonly #closing = new Set<Promise<void>>();
  #watch: FileWatch | null = null;
  #closed = false;

  private constructor(options: DeckSitesOptions) {
    this.#options = options;
  }

  /** Watches decks, theme and images, but opens no deck yet. Throws ExpectedError when they cannot be watched. */
  static async watch(options: DeckSitesOptions): Promise<DeckSites> {
    const sites = new DeckSites(options);
    const { slides, theme, assets } = options;
    const isText = (file: string) => assets.some((folder) => isInside(folder, file)) && file.endsWith('.md');
    sites.#watch = await watchFiles(
      [slides, theme, ...assets],
      isText,
      (changes) => sites.#follow(changes),
      // Presenting goes on without the watcher.
      (error) => options.warn(describe(error)),
    );
    return sites;
  }

  async has(name: string): Promise<boolean> {
    return isDeckFile(`${name}.md`) && (await kindOf(this.#fileOf(name))) === 'file';
  }

  /** Returns the deck's site, and opens it when needed. Throws ExpectedError when it cannot be shown. */
  get(name: string): Promise<DeckSite> {
    if (this.#closed) throw new Error('the room is closed');
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const opening = openDeckSite({
      entry: this.#fileOf(name),
      theme: this.#options.theme,
      base: `/${name}/`,
      assets: this.#options.assets,
      complain: (message, cause) => this.#options.complain(name, message, cause),
      onRead: () => this.#options.mended(name),
      onOutgrown: () => this.#retire(name),
    });
    this.#open.set(name, opening);
    // The caller gets the error; the next call tries again.
    opening.catch(() => {
      if (this.#open.get(name) === opening) this.#open.delete(name);
    });
    return opening;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#watch?.close();
    for (const name of [...this.#open.keys()]) this.#retire(name);
    await Promise.all(this.#closing);
  }

  #fileOf(name: string): string {
    return path.join(this.#options.slides, `${name}.md`);
  }

  /** Closes a deck. Pages that show it lose their connection, wait for the next site and reload. */
  #retire(name: string): void {
    const site = this.#open.get(name);
    this.#open.delete(name);
    if (site === undefined) return;
    // A deck that failed to open needs no closing; the caller of `get` has the error.
    const closing = site
      .then(
        (open) => open.close(),
        () => {},
      )
      .catch((error: unknown) => this.#options.warn(`${name} could not be closed: ${describe(error)}`))
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #follow(changes: readonly WatchedChange[]): void {
    const { theme } = this.#options;
    // Slidev looks for layouts, components and settings only once.
    const outgrown = changes.some(({ type, file }) => isInside(theme, file) && (type !== 'change' || /\.json$/.test(file)));
    if (outgrown) {
      for (const name of [...this.#open.keys()]) this.#retire(name);
      return;
    }
    for (const [name, opening] of this.#open) {
      const own = changes.filter(({ file }) => file === this.#fileOf(name) || !isInside(this.#options.slides, file));
      if (own.some(({ type, file }) => type === 'unlink' && file === this.#fileOf(name))) this.#retire(name);
      else void opening.then(({ vite }) => tell(vite, own)).catch(() => {});
    }
  }
}

/** Passes changes to Vite, which watches no files itself: eight decks would watch the same files. A replaced file is reported as changed. */
function tell(vite: DeckSite['vite'], changes: readonly WatchedChange[]): void {
  for (const { type, file } of changes) vite.watcher.emit(type === 'add' ? 'change' : type, file);
}

function describe(error: unknown): string {
  if (error instanceof ExpectedError && error.hint !== null) return `${error.message}; ${error.hint}`;
  return error instanceof Error ? error.message : String(error);
}
