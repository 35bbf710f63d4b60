/** Content files that were read before, so that a run costs what has changed: `check` of 10,000 exchanges takes a twelfth of the time. */
import type { Problem } from '../../model/problems/problem.ts';
import { Records } from '../../shared/cache/records.ts';
import { Findings } from '../findings.ts';
import { type Matter, readMatter } from '../kinds/page-matter.ts';
import type { ImageUse } from '../markdown/markdown-inline.ts';
import type { FolderFile } from './read-folder.ts';

/** All that reading one file alone gives, as data. */
export interface ReadPage {
  data: Matter['data'];
  value: unknown;
  body: unknown;
  findings: Problem[];
  images: ImageUse[];
}

/** `hash` is of all that the rest follows from, besides this program. */
type Kept = { hash: string } & (
  | {
      page: ReadPage;
      /** The characters that were looked for in the theme's fonts, and found. */
      characters: string;
    }
  | { findings: Problem[] }
);

/** Files as they were at one moment. */
export interface KnownFiles {
  /** When their reading began, in ms since 1970. */
  start: number;
  /** By path, with the stamp that each had. */
  files: Map<string, { file: FolderFile; stamp: string }>;
}

type CanShow = (character: string) => boolean;

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

export class PageMemory {
  readonly #records: Records<Kept>;
  /** Files as they were last read; null: every run reads all. */
  readonly files: KnownFiles | null;
  /** By file: what was made of it, and from what. */
  readonly #made: Map<string, { from: string; value: unknown }> | null;
  /** By base file: what was read of it and its translations, and from what. */
  readonly #drafts: Map<string, { from: readonly unknown[]; draft: unknown; findings: Problem[]; images: ImageUse[] }> | null;

  private constructor(records: Records<Kept>, warm: boolean) {
    this.#records = records;
    this.files = warm ? { start: 0, files: new Map() } : null;
    this.#made = warm ? new Map() : null;
    this.#drafts = warm ? new Map() : null;
  }

  /** What is remembered of a content folder, which is given by its own path. `warm`: for a process that reads it again and again. */
  static async open(root: string, warm = false): Promise<PageMemory> {
    return new PageMemory(await Records.open<Kept>('pages', root), warm);
  }

  /** The same object as the last time where it is made from the same: whoever remembers something of it finds it again. */
  sameAs<T>(file: string, from: () => string, make: () => T): T {
    if (this.#made === null) return make();
    const key = from();
    const known = this.#made.get(file);
    if (known?.from === key) return known.value as T;
    const value = make();
    this.#made.set(file, { from: key, value });
    return value;
  }

  /**
   * What `read` gives for a base file with its translations, and adds to the reading: remembered as long as everything that it follows from, the texts of
   * these files among it, is the very same.
   */
  recallDraft<T>(base: string, from: readonly unknown[], { findings, images }: Found, read: (found: Found) => T): T {
    const known = this.#drafts?.get(base);
    const isKnown = known !== undefined && known.from.length === from.length && known.from.every((each, index) => each === from[index]);
    const found: Found = { findings: new Findings(), images: [] };
    const made = isKnown ? known : { from, draft: read(found), findings: found.findings.problems, images: found.images };
    this.#drafts?.set(base, made);
    for (const finding of made.findings) findings.addProblem(finding);
    images.push(...made.images);
    // Read of the same file by the same function.
    return made.draft as T;
  }

  /**
   * What `read` gives for a file of this path and text, whose hash is given: remembered, or read now. A page follows from its path, its text, this
   * program and whether the fonts have its characters; nothing is remembered of one that has others.
   */
  recallPage(path: string, hash: string, canShow: CanShow, read: (canShow: CanShow) => ReadPage): ReadPage {
    const kept = this.#records.get(folderOf(path), path);
    if (kept !== undefined && 'page' in kept && kept.hash === hash && [...kept.characters].every(canShow)) return kept.page;
    const asked = new Map<string, boolean>();
    const page = read((character) => {
      const answer = canShow(character);
      asked.set(character, answer);
      return answer;
    });
    if ([...asked.values()].every((found) => found))
      this.#records.set(folderOf(path), path, { hash, page, characters: [...asked.keys()].join('') });
    return page;
  }

  /** What `find` finds about a file, which follows from what is hashed alone: remembered, or found now. */
  recallFindings(path: string, hash: string, find: () => Problem[]): Problem[] {
    const key = `${path} findings`;
    const kept = this.#records.get(folderOf(path), key);
    if (kept !== undefined && 'findings' in kept && kept.hash === hash) return kept.findings;
    const findings = find();
    this.#records.set(folderOf(path), key, { hash, findings });
    return findings;
  }

  /** Keeps what was asked for, for this process and the next; a process that runs once forgets the rest. */
  save(): void {
    this.#records.save();
    if (this.#made === null || this.#drafts === null) this.#records.renew();
    // A folder from which much has gone: the rest is made anew once.
    else if (this.#made.size > 2 * Math.max(1000, this.files?.files.size ?? 0)) {
      this.#made.clear();
      this.#drafts.clear();
      this.#records.renew();
    }
  }
}

/** What reading a file adds to. */
interface Found {
  findings: Findings;
  images: ImageUse[];
}

/** The matter of a file of which the data is known: what is seldom asked for, such as places, is found when it is. */
export function rememberedMatter(file: string, text: string, data: Matter['data']): Matter {
  let read: Matter | null = null;
  const whole = () => {
    read ??= readMatter(file, text, new Findings());
    return read;
  };
  return {
    file,
    data,
    get source() {
      return whole().source;
    },
    at: (path, part) => whole().at(path, part),
    inside: (path, offset) => whole().inside(path, offset),
    get body() {
      return whole().body;
    },
  };
}
