/** Deadlines and second tries, with a session that is only played: what is late must not touch what others use by then. */
import { setTimeout } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { makeWithRetry, prepare } from '../../scripts/export/run/make-with-retry.ts';
import type { Session } from '../../scripts/export/run/session.ts';
import { openFinisher } from '../../scripts/export/run/session.ts';
import { createPaperSite } from '../../scripts/export/server/paper-site.ts';
import { ExpectedError } from '../../scripts/shared/errors.ts';
import { jobFor, makeSlides } from './deck-job.ts';

const job = jobFor('scaling', { slides: '' });

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
      close: async () => {},
      async showDeck() {
        calls += 1;
        steps.push('showDeck');
        return { url: '', slides: await showDeck(calls), data: null };
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
  const printing = makeSlides(job, session, { timeout: 20, shown: null, retrying: (reason) => retries.push(reason) });
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

it.each([
  ['page.pdf: Protocol error (Page.printToPDF): Printing failed', 'the browser says: Printing failed'],
  ['page.pdf: Protocol error (IO.read): Read failed', 'the browser says: Read failed'],
  ['page.pdf: Target page, context or browser has been closed', 'the browser crashed'],
  ['page.goto: net::ERR_FAILED at http://127.0.0.1:1/print', 'the browser did not reach the server (net::ERR_FAILED)'],
])('takes "%s" for a fault of the browser, and tries another one', async (message, reason) => {
  const { session, steps } = playedSession(async () => 0);
  const retries: string[] = [];
  const tries = [() => Promise.reject(new Error(message)), async () => 'made'];
  const options = { timeout: 1000, shown: null, retrying: (why: string) => retries.push(why) };
  expect(await makeWithRetry(async () => tries.shift()?.(), session, options)).toBe('made');
  expect(retries).toEqual([reason]);
  expect(steps).toEqual(['dropBrowser']);
  const always = makeWithRetry(() => Promise.reject(new Error(message)), session, options);
  await expect(always).rejects.toThrow(`${reason}, twice`);
});

it('names the limit of the shell when a browser hangs', async () => {
  const limits = '../../scripts/shared/limits.cjs';
  vi.resetModules();
  vi.doMock(limits, async (original: () => Promise<typeof import('../../scripts/shared/limits.cjs')>) => {
    const { lowLimit, ...rest } = await original();
    // As /proc/self/limits says it after `ulimit -f 1024`.
    const text = 'Max file size             1048576              1048576              bytes     ';
    return { ...rest, lowLimit: (purpose: 'start' | 'browser') => lowLimit(purpose, text) };
  });
  try {
    const limited = await import('../../scripts/export/run/make-with-retry.ts');
    const { session, steps } = playedSession(async () => 0);
    const options = { timeout: 20, shown: null, retrying: () => steps.push('retrying') };
    await expect(limited.makeWithRetry(() => new Promise<never>(() => {}), session, options)).rejects.toMatchObject({
      message: 'the limit on the size of a file is 1 MB, and the browser needs 8 MB',
      hint: expect.stringContaining('ulimit -f unlimited'),
    });
    // Another browser would hang too.
    expect(steps).toEqual(['dropBrowser']);
  } finally {
    vi.doUnmock(limits);
    vi.resetModules();
  }
});

it.each([
  [new ExpectedError('slide 1 leaves its box'), null],
  [new TypeError('x is not a function'), null],
  [new ExpectedError('the font Noto Sans SC 400 could not be loaded'), "the browser's network process ended"],
])('takes %s for the fault of the deck unless the browser is lost', async (error, loss) => {
  const { session, steps } = playedSession(async () => 0);
  const options = { timeout: 1000, shown: null, retrying: () => steps.push('retrying') };
  const made = makeWithRetry(() => Promise.reject(error), { ...session, loss: async () => loss }, options);
  await expect(made).rejects.toThrow(loss === null ? error.message : `${loss}, twice`);
  expect(steps).toEqual(loss === null ? ['dropPage'] : ['dropBrowser', 'retrying', 'dropBrowser']);
});
