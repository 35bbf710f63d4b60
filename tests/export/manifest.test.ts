import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { manifestSchema, type OutputEntry, readManifest, updateManifest } from '../../scripts/export/run/manifest.ts';
import { sha256 } from '../../scripts/shared/cache/hashes.ts';

let out: string;
beforeEach(async () => {
  out = await mkdtemp(path.join(os.tmpdir(), 'briefdeck-manifest-'));
});
afterEach(() => rm(out, { recursive: true, force: true }));

const entry = (key: string): OutputEntry => ({
  hash: sha256(key),
  inputs: { deck: sha256('deck'), lockfile: sha256('lockfile') },
  key,
  slides: [
    { page: 1, slide: 'cover', exchange: null, file: null },
    {
      page: 2,
      slide: 'sudden-abilities',
      exchange: 'dario-amodei-2023/sudden-abilities',
      file: 'interviews/dario-amodei-2023/020-sudden-abilities.md',
    },
  ],
  browser: 'embedded 143.0.4',
  generatedFrom: ['themes/scaling.md'],
});

const put = (...names: string[]) => Promise.all(names.map((name) => writeFile(path.join(out, name), name)));

it('reads back what was written', async () => {
  await put('scaling.pdf');
  await updateManifest(out, { 'scaling.pdf': entry('one') });
  expect(await readManifest(out)).toEqual({ 'scaling.pdf': entry('one') });
});

it('replaces only the outputs of a run and drops those whose file is gone', async () => {
  await put('scaling.pdf', 'alignment.pdf', 'governance.pdf');
  await updateManifest(out, { 'scaling.pdf': entry('one'), 'alignment.pdf': entry('one'), 'governance.pdf': entry('one') });
  await rm(path.join(out, 'governance.pdf'));
  await updateManifest(out, { 'scaling.pdf': entry('two'), 'never-made.pdf': entry('two') });
  expect(await readManifest(out)).toEqual({ 'alignment.pdf': entry('one'), 'scaling.pdf': entry('two') });
  expect((await readdir(out)).sort()).toEqual(['alignment.pdf', 'manifest.json', 'scaling.pdf']);
});

it.each(['', '{', 'null', '{"version":1,"outputs":{}}', '{"version":2,"failed":{},"outputs":{"a.pdf":{"hash":1}}}'])(
  'takes %j for no manifest',
  async (text) => {
    await writeFile(path.join(out, 'manifest.json'), text);
    expect(await readManifest(out)).toEqual({});
  },
);

it('is empty where nothing was exported', async () => {
  expect(await readManifest(path.join(out, 'nowhere'))).toEqual({});
});

it('has a schema that says what is written', async () => {
  const file = path.resolve(import.meta.dirname, '../../scripts/export/run/manifest.schema.json');
  await expect(`${JSON.stringify(manifestSchema(), null, 2)}\n`).toMatchFileSnapshot(file);
});
