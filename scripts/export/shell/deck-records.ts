/** The decks that were compiled, in memory and in the cache: one record for each deck's file, of its last version. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { hashFolder, sha256 } from '../../shared/hashes.ts';
import { projectRoot } from '../../shared/paths.ts';
import { programVersion } from '../../shared/program-version.ts';
import { type RecordKind, readRecord, writeRecord } from '../cache-record.ts';
import { cleanPicture } from '../picture/clean-picture.ts';
import { type CompiledDeck, compiledDeckSchema } from './compile-deck.ts';

/** Up to 1 MB each. */
const KIND: RecordKind = { name: 'deck', kept: 200 };

const recordSchema = z.strictObject({
  /** SHA-256 of the deck's text. */
  text: z.string(),
  /** Folder of the theme, absolute. */
  theme: z.string(),
  made: z.string(),
  shell: z.string(),
  compiled: compiledDeckSchema,
});
type DeckRecord = z.infer<typeof recordSchema>;

export interface KnownDeck extends DeckRecord {
  isOf(text: string): boolean;
}

export class DeckRecords {
  readonly #wanted: string | undefined;
  readonly #known = new Map<string, DeckRecord>();

  /** `wanted` is the only theme that decks may name; any when not given. */
  constructor(wanted: string | undefined) {
    this.#wanted = wanted;
  }

  /** What was last compiled of a deck, if theme, pictures, packages and we ourselves are as they were then; of whatever text. */
  async find(entry: string): Promise<KnownDeck | null> {
    const record = this.#known.get(entry) ?? (await this.#read(entry));
    if (record === null || record.made !== (await madeFrom(record.theme)) || !(await arePicturesAsThen(record.compiled))) return null;
    return { ...record, isOf: (text) => record.text === sha256(text) };
  }

  /** Puts a compiled deck in the place of its earlier version. */
  async keep(entry: string, { text, ...rest }: Omit<DeckRecord, 'text'> & { text: string }): Promise<void> {
    const record = { ...rest, text: sha256(text) };
    this.#known.set(entry, record);
    await writeRecord(KIND, this.#nameOf(entry), JSON.stringify(record));
  }

  async #read(entry: string): Promise<DeckRecord | null> {
    const text = await readRecord(KIND, this.#nameOf(entry));
    const parsed = recordSchema.safeParse(text === null ? null : JSON.parse(text));
    if (!parsed.success) return null;
    this.#known.set(entry, parsed.data);
    return parsed.data;
  }

  #nameOf(entry: string): string {
    return JSON.stringify([entry, this.#wanted ?? null]);
  }
}

/** Everything besides its own text and pictures that a compiled deck of a theme depends on, as one hash. */
export async function madeFrom(theme: string): Promise<string> {
  const look = await hashFolder(theme).catch(() => 'missing');
  return sha256(JSON.stringify([theme, look, programVersion()]));
}

async function arePicturesAsThen({ pictures }: CompiledDeck): Promise<boolean> {
  const same = Object.values(pictures).map(async ({ body, file }) =>
    (await readPicture(path.resolve(projectRoot, file)))?.equals(Buffer.from(body, 'base64')),
  );
  return (await Promise.all(same)).every((each) => each === true);
}

/** As a deck has it; null where there is none. */
async function readPicture(file: string): Promise<Buffer | null> {
  try {
    return Buffer.from(cleanPicture(await readFile(file), file));
  } catch {
    // Compiling says what is wrong with it.
    return null;
  }
}
