/**
 * Remembers content files of earlier runs, so that a run reads only what has changed. `check` of 10,000 exchanges then takes a twelfth of
 * the time.
 */
import type { Problem } from '../../model/problems/problem.ts';
import { Records } from '../../shared/cache/records.ts';
import { Findings } from '../findings.ts';
import { type PageMatter, readMatter } from '../kinds/page-matter.ts';
import type { ImageUse } from '../markdown/markdown-inline.ts';
import type { FolderFile } from './read-folder.ts';

/** Everything that reading one file on its own gives, as plain data. */
export interface ReadPage {
  data: PageMatter['data'];
  value: unknown;
  body: unknown;
  findings: Problem[];
  images: ImageUse[];
}

/** `hash` covers everything that the result depends on, except this program. */
type Kept = { hash: string } & (
  | {
      page: ReadPage;
      /** The characters that were looked up in the theme's fonts and found there. */
      characters: string;
    }
  | { findings: Problem[] }
);

/** The files of a folder as they were at one moment. */
export interface KnownFiles {
  /** When reading began, in ms since 1970. */
  start: number;
  /** By path, with the stamp of each file. */
  files: Map<string, { file: FolderFile; stamp: string }>;
}

type CanShow = (character: string) => boolean;

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

export class PageMemory {
  readonly #records: Records<Kept>;
  /** The files as last read; null when every run reads all files. */
  readonly files: KnownFiles | null;
  /** By file: the object made from it, and its source key. */
  readonly #made: Map<string, { from: string; value: unknown }> | null;
  /** By base file: the draft of it and its translations, and what it was read from. */
  readonly #drafts: Map<string, { from: readonly unknown[]; draft: unknown; findings: Problem[]; images: ImageUse[] }> | null;

  private constructor(records: Records<Kept>, warm: boolean) {
    this.#records = records;
    this.files = warm ? { start: 0, files: new Map() } : null;
    this.#made = warm ? new Map() : null;
    this.#drafts = warm ? new Map() : null;
  }

  /** Opens the memory of a content folder, given by its real path. `warm` is for a process that reads the folder again and again. */
  static async open(root: string, warm = false): Promise<PageMemory> {
    return new PageMemory(await Records.open<Kept>('pages', root), warm);
  }

  /** Returns the same object as last time when its source is unchanged, so that caches keyed by the object keep working. */
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
   * Returns the result of `read` for a base file with its translations, together with the findings and images it adds. The result is
   * remembered as long as every element of `from`, including the texts of these files, is the same object.
   */
  recallDraft<T>(base: string, from: readonly unknown[], { findings, images }: Found, read: (found: Found) => T): T {
    const known = this.#drafts?.get(base);
    const isKnown = known !== undefined && known.from.length === from.length && known.from.every((each, index) => each === from[index]);
    const found: Found = { findings: new Findings(), images: [] };
    const made = isKnown ? known : { from, draft: read(found), findings: found.findings.problems, images: found.images };
    this.#drafts?.set(base, made);
    for (const finding of made.findings) findings.addProblem(finding);
    images.push(...made.images);
    // The same function read this draft from the same file.
    return made.draft as T;
  }

  /**
   * Returns the result of `read` for a file with this path and text hash, remembered or read now. A page depends on its path, its text,
   * this program and whether the fonts have its characters. Pages with characters that the fonts lack are not remembered.
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

  /** Returns the result of `find` for a file, remembered or found now. The result must depend only on what `hash` covers. */
  recallFindings(path: string, hash: string, find: () => Problem[]): Problem[] {
    const key = `${path} findings`;
    const kept = this.#records.get(folderOf(path), key);
    if (kept !== undefined && 'findings' in kept && kept.hash === hash) return kept.findings;
    const findings = find();
    this.#records.set(folderOf(path), key, { hash, findings });
    return findings;
  }

  /** Saves what was used, for this process and the next. A process that runs once drops the rest. */
  save(): void {
    this.#records.save();
    if (this.#made === null || this.#drafts === null) this.#records.renew();
    // Much of the folder is gone, so start anew.
    else if (this.#made.size > 2 * Math.max(1000, this.files?.files.size ?? 0)) {
      this.#made.clear();
      this.#drafts.clear();
      this.#records.renew();
    }
  }
}

/** The collectors that reading a file adds to. */
interface Found {
  findings: Findings;
  images: ImageUse[];
}

/** Returns the matter of a file whose data is known. Rarely used parts, such as places, are read on demand. */
export function rememberedMatter(file: string, text: string, data: PageMatter['data']): PageMatter {
  let read: PageMatter | null = null;
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
