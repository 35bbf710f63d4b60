/** A session that is opened in advance, and taken before the page has shown its deck: a slow machine, or the first run of a theme. */
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EarlySession } from '../../scripts/commands/brief.ts';
import { type ExportEvent, exportDecks } from '../../scripts/export/run/export-decks.ts';
import { jobFor, makeWorkplace, optionsFor, type Workplace } from '../export/deck-job.ts';

let work: Workplace;
beforeAll(async () => {
  work = await makeWorkplace();
});
afterAll(() => work.remove());

// Milliseconds after the browser runs: while the deck is read, while the page loads and shows it, and when all is shown.
it.each([0, 30, 60, 120, 10_000])('that is taken after %i ms exports the deck at the first attempt', async (patience) => {
  const settings = {
    folders: { content: work.folder, templates: path.dirname(work.theme), slides: work.slides, out: work.out },
    env: process.env,
  };
  const early = new EarlySession(null, settings, patience);
  const job = jobFor('scaling', work);
  await early.start(job.deck.file);
  const events: ExportEvent[] = [];
  const [outcome] = await exportDecks([job], optionsFor(work, events, { force: true, early: early.take, theme: work.theme }));
  expect(outcome).toMatchObject({ status: 'done', deck: 'scaling' });
  expect(events.filter(({ type }) => type === 'retry')).toEqual([]);
});
