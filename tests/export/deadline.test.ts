/** Deadlines, with a session that is only played: what is late must not touch what others use by then. */
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openFinisher } from '../../scripts/export/finisher.ts';
import { createPaperSite } from '../../scripts/export/paper-site.ts';
import { prepare, printWithRetry } from '../../scripts/export/print-deck.ts';
import type { Session } from '../../scripts/export/session.ts';
import { ExpectedError } from '../../scripts/shared/errors.ts';
import { jobFor } from './deck-job.ts';

const job = jobFor('scaling', { folder: '', slides: '', out: '', files: async () => [], remove: async () => {} });

/** A session whose decks come by `showDeck`; every step of it is noted. */
function playedSession(showDeck: (call: number) => Promise<number>): { session: Session; steps: string[] } {
  const steps: string[] = [];
  let calls = 0;
  const session: Session = {
    papers: createPaperSite(),
    finisher: openFinisher(null),
    server: {
      origin: 'http://127.0.0.1:1',
      port: 1,
      pass: { name: 'pass', value: '' },
      complaints: () => [],
      warmUp() {},
      async showEarlierDeck() {
        return null;
      },
      prepareDeck() {},
      close: async () => {},
      async showDeck() {
        calls += 1;
        steps.push('showDeck');
        return { url: '', slides: await showDeck(calls), module: null };
      },
    },
    loss: async () => null,
    async page() {
      steps.push('page');
      throw new ExpectedError('no page');
    },
    async dropPage() {
      steps.push('dropPage');
    },
    async dropBrowser() {
      steps.push('dropBrowser');
    },
    close: async () => {},
  };
  return { session, steps };
}

it('gives up an attempt that is late: what comes of it later opens no page', async () => {
  const { session, steps } = playedSession(async (call) => {
    if (call === 2) throw new ExpectedError('slide 1 cannot be compiled');
    await setTimeout(80);
    return 3;
  });
  const retries: string[] = [];
  const printing = printWithRetry(job, session, { timeout: 20, shown: null, retrying: (reason) => retries.push(reason) });
  await expect(printing).rejects.toThrow('slide 1 cannot be compiled');
  await setTimeout(120);
  expect(retries).toEqual(['it was not finished after 0.02 s']);
  expect(steps).toEqual(['showDeck', 'dropBrowser', 'showDeck', 'dropPage']);
});

it('does not wait without end for the first deck, nor goes on with the next one afterwards', async () => {
  const { session, steps } = playedSession(async () => {
    await setTimeout(80);
    throw new ExpectedError('slide 1 cannot be compiled');
  });
  const page = () => new Promise<never>(() => {});
  expect(await prepare({ ...session, page }, ['one.md', 'two.md'], 20)).toBeNull();
  await setTimeout(120);
  expect(steps).toEqual(['showDeck']);
});
