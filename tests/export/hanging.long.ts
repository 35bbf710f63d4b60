import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ExportEvent, exportDecks } from '../../scripts/export/run/export-decks.ts';
import { jobFor, makeWorkplace, optionsFor, type Workplace } from './deck-job.ts';

let work: Workplace;
beforeAll(async () => {
  work = await makeWorkplace();
  await exportDecks(
    ['scaling', 'scaling.zh'].map((name) => jobFor(name, work)),
    optionsFor(work, []),
  );
});
afterAll(() => work.remove());

it('a browser that hangs is replaced, the deck given up after the second, and the others have the same bytes again', async () => {
  const later: ExportEvent[] = [];
  const first = await readFile(path.join(work.out, 'scaling.pdf'));
  await writeFile(path.join(work.out, 'scaling.pdf'), 'touched by somebody');
  const jobs = ['hanging', 'scaling', 'scaling.zh'].map((name) => jobFor(name, work));
  const [hanging, scaling, chinese] = await exportDecks(jobs, optionsFor(work, later, { timeout: 30_000 }));
  expect(hanging).toMatchObject({ status: 'failed', error: { message: 'it was not finished after 30 s, twice' } });
  // A busy machine may miss the deadline with another deck too: that one is only tried again.
  expect(later.filter((event) => event.type === 'retry' && event.deck === 'hanging')).toEqual([
    { type: 'retry', deck: 'hanging', reason: 'it was not finished after 30 s' },
  ]);
  expect([scaling?.status, chinese?.status]).toEqual(['done', 'fresh']);
  expect(first.equals(await readFile(path.join(work.out, 'scaling.pdf')))).toBe(true);
});
