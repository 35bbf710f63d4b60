/** Content that somebody writes while it is read: what is read was there at one moment, or nothing is. */
import { utimes } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { temporaryFolder, writeFiles } from './folder.ts';
import { read, readWhileWritten, startWriting, term } from './written-folder.ts';

it.each(['rewrite', 'replace', 'remove', 'halves'])('is read as it was at one moment while somebody writes it: %s', async (way) => {
  await readWhileWritten(way, 2);
});

it('is refused while somebody writes without a pause', async () => {
  const { dir } = await startWriting('rewrite', 0);
  await expect(loadCorpus(dir, { locales: ['en'] })).rejects.toMatchObject({
    name: 'ExpectedError',
    exitCode: 1,
    message: `the content is being changed while it is read: ${dir}`,
    hint: expect.stringContaining('run again when nothing writes to it'),
  });
});

it('with dates in the future is read all the same', async () => {
  const dir = await temporaryFolder();
  await writeFiles(dir, { 'terms/first.md': term('First', 1) });
  await utimes(`${dir}/terms/first.md`, new Date('2099-01-01'), new Date('2099-01-01'));
  expect(await read(dir)).toEqual(['1 files', '1']);
});
