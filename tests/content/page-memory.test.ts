/** What is remembered of a content folder changes nothing but the time: a law over edits of every kind. */
import { cp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Loaded, loadCorpus } from '../../scripts/content/load-corpus.ts';
import { PageMemory } from '../../scripts/content/pages/page-memory.ts';
import { cacheFolder } from '../../scripts/shared/cache/cache-folder.ts';
import { sha256 } from '../../scripts/shared/cache/hashes.ts';
import { makeContent } from '../bench/make-content.ts';
import { temporaryFolder } from './folder.ts';

const options = { locales: ['en', 'zh'], canShow: (character: string) => character !== '\u2603' };

async function plain(dir: string): Promise<Loaded> {
  return loadCorpus(dir, options);
}

/** Over what earlier processes have kept; `memory` over what this one has. */
async function remembered(dir: string, memory?: PageMemory): Promise<Loaded> {
  const own = memory ?? (await PageMemory.open(dir));
  const loaded = await loadCorpus(dir, { ...options, memory: own });
  own.save();
  return loaded;
}

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function recordsOf(dir: string): Promise<string> {
  const folder = path.join(await cacheFolder('records'), `pages-${sha256(dir).slice(0, 16)}`);
  folders.push(folder);
  return folder;
}

async function made(): Promise<string> {
  const dir = await temporaryFolder();
  makeContent(dir, { interviews: 3, exchanges: 36, themes: 4, translated: 0.4 });
  return dir;
}

type Edit = (dir: string, file: string, records: string) => Promise<void>;

const append = (words: string) => async (dir: string, file: string) =>
  writeFile(path.join(dir, file), (await readFile(path.join(dir, file), 'utf8')) + words);
const replace = (from: RegExp, to: string) => async (dir: string, file: string) =>
  writeFile(path.join(dir, file), (await readFile(path.join(dir, file), 'utf8')).replace(from, to));
const spoil = (bytes: (before: Buffer) => Buffer) => async (_: string, __: string, records: string) => {
  for (const name of await readdir(records).catch(() => [])) {
    const file = path.join(records, name);
    await writeFile(file, bytes(await readFile(file)));
  }
};

const EDITS: Record<string, Edit> = {
  change: append('\n- One more point, with “quotes”.\n'),
  'no glyph': append('\n- A snowman \u2603.\n'),
  // Whose file is not there: that is found when all are read, by what was remembered of this one.
  'a picture': append('\n- And a map:\n\n  ![A map](images/nowhere.png)\n'),
  'a quote': append('\n> Nobody ever said this.\n'),
  'an error': replace(/^---\n/, '---\nstrange: [1\n'),
  'another tag': replace(/tags: \[/, 'tags: [unheard-of, '),
  'names nobody': replace(/lang: en/, 'lang: en\nattribution: anonymous'),
  'back to front': replace(/^[\s\S]*$/, ''),
  touch: async (dir, file) => utimes(path.join(dir, file), new Date(), new Date(Date.now() - 5000)),
  delete: async (dir, file) => rm(path.join(dir, file)),
  rename: async (dir, file) => rename(path.join(dir, file), path.join(dir, file.replace(/\.md$/, '-renamed.md'))),
  add: async (dir, file) =>
    cp(path.join(dir, file), path.join(dir, path.dirname(file), `9999-${path.basename(file).replace(/^\d+-/, 'new-')}`)),
  'cut the records': spoil((before) => before.subarray(0, before.length >> 1)),
  'spoil the records': spoil((before) => Buffer.from(before.map((byte, index) => (index % 97 === 96 ? byte ^ 1 : byte)))),
  'remove the records': async (_, __, records) => rm(records, { recursive: true, force: true }),
};

describe('what is remembered changes nothing', () => {
  it('not in another process, and not in one that reads again and again, whatever is edited between', async () => {
    const original = await made();
    const names = Object.keys(EDITS);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...names), fc.nat()), { minLength: 1, maxLength: 4 }), async (edits) => {
        const dir = await temporaryFolder();
        await cp(original, dir, { recursive: true });
        const records = await recordsOf(dir);
        const warm = await PageMemory.open(dir, true);
        await remembered(dir);
        await remembered(dir, warm);
        for (const [name, choice] of edits) {
          const files = (await readdir(dir, { recursive: true })).filter((file) => file.endsWith('.md')).sort();
          await EDITS[name]?.(dir, files[choice % files.length] ?? '', records);
          const expected = await plain(dir);
          expect(await remembered(dir), name).toStrictEqual(expected);
          expect(await remembered(dir, warm), `${name}, warm`).toStrictEqual(expected);
        }
      }),
      { numRuns: 1, examples: [[names.map((name, index) => [name, index * 7] as [string, number])]] },
    );
  });

  it('two at once read the same', async () => {
    const dir = await made();
    await recordsOf(dir);
    const [first, second] = await Promise.all([remembered(dir), remembered(dir)]);
    expect(first).toStrictEqual(second);
    expect(await remembered(dir)).toStrictEqual(first);
  });

  it('the records of a folder hold no more than its files', async () => {
    const dir = await made();
    const records = await recordsOf(dir);
    await remembered(dir);
    const before = (await readdir(records)).length;
    await rm(path.join(dir, 'interviews/talk-1'), { recursive: true });
    await remembered(dir);
    expect((await readdir(records)).length).toBe(before - 1);
  });

  it('a process that reads again and again has the same exchange again where nothing of it has changed', async () => {
    const dir = await made();
    await recordsOf(dir);
    const warm = await PageMemory.open(dir, true);
    const before = await remembered(dir, warm);
    const edited = before.corpus.exchanges[5]?.file ?? '';
    await EDITS.change?.(dir, edited, '');
    const after = await remembered(dir, warm);
    const same = after.corpus.exchanges.map((exchange, index) => exchange === before.corpus.exchanges[index]);
    expect(same).toEqual(before.corpus.exchanges.map(({ file }) => file !== edited));
  });
});
