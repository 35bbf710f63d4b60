/** Outputs that are printed side by side: the same ones, in the same order, and one that fails costs no other. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type ExportEvent, exportDecks } from '../../scripts/export/run/export-decks.ts';
import { run } from '../run.ts';
import { jobFor, makeWorkplace, optionsFor } from './deck-job.ts';

it('is the same as one after the other', async () => {
  const work = await makeWorkplace();
  const jobs = ['scaling', 'overflow', 'scaling.zh', 'dead-link', 'broken'].map((name) => jobFor(name, work));
  const make = async (concurrency: number) => {
    const events: ExportEvent[] = [];
    const outcomes = await exportDecks(jobs, optionsFor(work, events, { concurrency, force: true }));
    const said = outcomes.map(({ deck, status }) => `${deck} ${status}`);
    const bytes = await Promise.all(['scaling.pdf', 'scaling.zh.pdf'].map((name) => readFile(path.join(work.out, name), 'base64')));
    const manifest = await readFile(path.join(work.out, 'manifest.json'), 'utf8');
    return { said, bytes, manifest, browsers: events.filter(({ type }) => type === 'browser').length };
  };
  const one = await make(1);
  expect(one.said).toEqual(['scaling done', 'overflow failed', 'scaling.zh done', 'dead-link failed', 'broken failed']);
  // More pages than outputs: each has at most one.
  for (const concurrency of [3, 9]) expect(await make(concurrency)).toEqual(one);
  await work.remove();
});

it.each(['0', '17', '1.5', 'all'])('of %s is refused', async (pages) => {
  const { exitCode, stderr } = await run(['export', '--concurrency', pages]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`"${pages}" is not a number of pages; write a whole number from 1 to 16`);
});
