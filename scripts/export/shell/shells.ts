/** The shells that were bundled, in memory and in the cache. */
import { type RecordKind, readRecord, writeRecord } from '../cache-record.ts';
import { type Shell, shellSchema } from './build-shell.ts';

/** One for each theme, shape of decks and installation that was in use; about 1 MB each. */
const KIND: RecordKind = { name: 'shell', kept: 8 };

export class Shells {
  readonly #known = new Map<string, Shell>();
  readonly #failed = new Map<string, unknown>();

  /** Of those in memory. */
  keys(): string[] {
    return [...this.#known.keys()];
  }

  /** One that another thread has made. */
  add(key: string, shell: Shell): void {
    this.#known.set(key, shell);
  }

  async find(key: string): Promise<Shell | null> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const text = await readRecord(KIND, key);
    const parsed = shellSchema.safeParse(text === null ? null : JSON.parse(text));
    if (!parsed.success) return null;
    this.#known.set(key, parsed.data);
    return parsed.data;
  }

  /** Makes a shell and keeps it; one that could not be made is not tried again by this run. Throws what `build` throws. */
  async make(key: string, build: () => Promise<Shell>): Promise<Shell> {
    const failure = this.#failed.get(key);
    if (failure !== undefined) throw failure;
    try {
      const shell = await build();
      this.#known.set(key, shell);
      await writeRecord(KIND, key, JSON.stringify(shell));
      return shell;
    } catch (error) {
      this.#failed.set(key, error);
      throw error;
    }
  }
}
