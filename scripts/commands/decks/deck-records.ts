/**
 * Remembers what earlier runs made decks from. When nothing of that has changed, and the deck in the slides folder is as it was written, it
 * need not be planned, rendered and read back again. This makes `generate` without changes ten times as fast.
 */
import { randomUUID } from 'node:crypto';
import type { Corpus, Exchange, Theme } from '../../model/corpus.ts';
import type { Templates } from '../../render/load-templates.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { programVersion } from '../../shared/cache/program-version.ts';
import { Records } from '../../shared/cache/records.ts';
import type { Settings } from '../settings.ts';
import type { Workspace } from '../workspace.ts';
import type { DeckSummary } from './deck-making.ts';

export interface DeckRecord {
  /** Hash of everything that determines the deck. */
  key: string;
  /** SHA-256 of the deck's Markdown. */
  hash: string;
  /** The content files that the Markdown names as its sources. */
  sources: string[];
  deck: DeckSummary;
}

const GROUP = 'decks';

export class DeckRecords {
  readonly #records: Records<DeckRecord>;

  private constructor(records: Records<DeckRecord>) {
    this.#records = records;
  }

  static async open({ folders }: Settings): Promise<DeckRecords> {
    return new DeckRecords(await Records.open<DeckRecord>('decks', folders.slides));
  }

  get(name: string): DeckRecord | null {
    return this.#records.get(GROUP, name) ?? null;
  }

  set(name: string, record: DeckRecord): void {
    this.#records.set(GROUP, name, record);
  }

  /** Saves the records of the decks with these names. */
  save(names: Iterable<string>): void {
    for (const name of names) this.#records.get(GROUP, name);
    this.#records.save();
  }
}

/**
 * Returns a hash of everything that determines all decks of a run, apart from the content: this program, the templates, their fonts, and
 * the paths in decks.
 */
export function hashOfLook({ files, fonts }: Pick<Templates, 'files' | 'fonts'>, places: object): string {
  return sha256(JSON.stringify([programVersion(), files, fonts, places]));
}

/** Returns the key of a deck. `content` is the hash of the content that it shows. */
export function keyOfDeck(theme: Theme, lang: string, content: string, look: string): string {
  return sha256(JSON.stringify([look, theme.id, lang, content]));
}

/** Returns the hash of a corpus that holds only what a theme's decks show: the text of every file from which it was read. */
export function hashOfContent(shown: Corpus, { hashes }: Workspace): string {
  const exchanges = shown.exchanges.map((exchange) => {
    const known = sources.get(exchange);
    if (known !== undefined) return known;
    const source = JSON.stringify([exchange.number, ...sourceOf(exchange, hashes)]);
    if (hashes.has(exchange.file)) sources.set(exchange, source);
    return source;
  });
  const others = [shown.interviews, shown.themes, shown.terms].map((all) => all.map((each) => sourceOf(each, hashes)));
  return sha256(JSON.stringify([shown.baseLanguage, exchanges, others, shown.withheld]));
}

/** The same exchange object was read from the same text, see assemble.ts. */
const sources = new WeakMap<Exchange, string>();

function sourceOf({ file, text }: { file: string; text: object }, hashes: Workspace['hashes']): unknown[] {
  const translations = Object.keys(text).map((code) => [code, hashes.get(file.replace(/\.md$/, `.${code}.md`)) ?? null]);
  // A file with unknown text counts as changed.
  return [file, hashes.get(file) ?? randomUUID(), ...translations];
}
