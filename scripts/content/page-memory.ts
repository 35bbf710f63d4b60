/** Content files that were read before, so that a run costs what has changed: reading one takes 25 times as long as remembering it. */
import type { Problem } from '../model/problem.ts';
import { Records } from '../shared/records.ts';
import { Findings } from './findings.ts';
import type { ImageUse } from './image-path.ts';
import { type Matter, readMatter } from './matter.ts';

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

type CanShow = (character: string) => boolean;

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

/** Smaller contents are read anew as fast as remembered. */
const LEAST = 30;

export class PageMemory {
  readonly #records: Records<Kept>;
  #pages = 0;

  private constructor(records: Records<Kept>) {
    this.#records = records;
  }

  /** What is remembered of a content folder, which is given by its own path. */
  static async open(root: string): Promise<PageMemory> {
    return new PageMemory(await Records.open<Kept>('pages', root));
  }

  /**
   * What `read` gives for a file of this path and text, whose hash is given: remembered, or read now. A page follows from its path, its text, this
   * program and whether the fonts have its characters; nothing is remembered of one that has others.
   */
  recallPage(path: string, hash: string, canShow: CanShow, read: (canShow: CanShow) => ReadPage): ReadPage {
    this.#pages += 1;
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

  /** Keeps what was asked for since the last time, for this process and the next; forgets the rest. */
  save(): void {
    if (this.#pages >= LEAST) this.#records.save();
    this.#records.renew();
    this.#pages = 0;
  }
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
