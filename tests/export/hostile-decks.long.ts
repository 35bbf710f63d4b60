/** Decks that try every known way out, against a second server on the same machine. */
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type ExportEvent, exportDecks } from '../../scripts/export/run/export-decks.ts';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import { makeWorkplace, optionsFor, type Workplace } from './deck-job.ts';
import { hostileJob, runHostile, type SecondServer, startPlainBrowser, startSecondServer, writeHostileDecks } from './hostile.ts';

let work: Workplace;
let second: SecondServer;
let session: Session;
const nothing = { http: 0, tcp: 0, udp: 0 };

beforeAll(async () => {
  [work, second] = await Promise.all([makeWorkplace({ ownTheme: true }), startSecondServer()]);
  await writeHostileDecks(work, second);
  session = await openSession({ browser: { explicit: null, env: process.env }, assets: [], onBrowser() {} });
});
afterEach(() => second.forget());
afterAll(async () => {
  await Promise.all([session.close(), second.close()]);
  await work.remove();
});

it('an export gives up what asks for something else, at once, and nobody is asked', async () => {
  const events: ExportEvent[] = [];
  const jobs = ['hostile', 'leaving-location', 'leaving-refresh', 'leaving-form'].map((name) => hostileJob(name, work));
  const results = await exportDecks(jobs, optionsFor(work, events, { session: async () => session }));
  const reasons = results.map((result) => (result.status === 'failed' ? result.error.message : result.status));
  expect(reasons).toEqual([
    expect.stringMatching(/the deck asks for \S+, and the exporting browser reaches nothing but the deck itself/),
    expect.stringMatching(/the deck goes to http:.*leaving-location/),
    expect.stringMatching(/the deck goes to http:.*leaving-refresh/),
    expect.stringMatching(/Blocked form submission to 'http:.*leaving-form'/),
  ]);
  expect(events.filter(({ type }) => type === 'retry')).toEqual([]);
  expect([second.arrivals, [...second.ways]]).toEqual([nothing, []]);
});

it('a deck that has all the time it wants reaches nobody and reads nothing', async () => {
  const shown = await session.server.showDeck(path.join(work.slides, 'hostile.md'));
  const browser = (await session.page()).context().browser();
  expect(browser !== null && (await runHostile(browser, session.server, { shown, policy: true }))).toEqual({ read: [], registered: 0 });
  expect([second.arrivals, [...second.ways]]).toEqual([nothing, []]);
});

it('the same deck in an ordinary browser gets out by nearly all of its ways', async () => {
  const shown = await session.server.showDeck(path.join(work.slides, 'hostile.md'));
  const browser = await startPlainBrowser();
  await runHostile(browser, session.server, { shown, policy: false });
  await browser.close();
  const known = ['html-img', 'css-import', 'fetch', 'worker-socket', 'iframe', 'prefetch', 'beacon', 'popup', 'sandbox-frame'];
  expect([...second.ways]).toEqual(expect.arrayContaining(known));
  expect(second.ways.size).toBeGreaterThan(70);
  expect(Math.min(...Object.values(second.arrivals))).toBeGreaterThan(2);
});
