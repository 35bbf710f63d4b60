/** A page that is warmed up with the last version of a deck, while the next is being made. */
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { finishPrinted } from '../../scripts/export/finish-printed.ts';
import { printWithRetry } from '../../scripts/export/print-deck.ts';
import { openSession, type Session } from '../../scripts/export/session.ts';
import { jobFor, makeWorkplace, type Workplace } from './deck-job.ts';

let work: Workplace;
const entry = (name: string) => path.join(work.slides, `${name}.md`);
const options = { timeout: 60_000, shown: null, retrying() {} };

beforeAll(async () => {
  work = await makeWorkplace();
});
afterAll(() => work.remove());

async function open(explicit: string | null = null): Promise<Session> {
  const session = await openSession({ browser: { explicit, env: process.env }, assets: [], onBrowser() {} });
  onTestFinished(() => session.close());
  return session;
}

it('gives the same bytes as a fresh page, whether or not there is an earlier version', async () => {
  const job = jobFor('scaling', work);
  // A printed page names the port that it came from.
  const make = async (session: Session) =>
    Buffer.from(await finishPrinted(await printWithRetry(job, session, options), job, session.server.origin, session.finisher));
  const fresh = await make(await open());
  for (const deck of [entry('scaling'), entry('scaling.zh'), entry('not-there'), null]) {
    const session = await open();
    await session.warmUp(deck);
    expect((await make(session)).equals(fresh), String(deck)).toBe(true);
  }
});

it('does not wait for the warming itself, and leaves its failures to whoever asks for the page', async () => {
  const away = `${entry('scaling')}.away`;
  await rename(entry('scaling'), away);
  onTestFinished(() => rename(away, entry('scaling')));
  const session = await open();
  await session.warmUp(entry('scaling'));
  const page = await session.page();
  expect(page.isClosed()).toBe(false);

  const broken = path.join(work.folder, 'broken');
  await writeFile(broken, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const without = await open(broken);
  await expect(without.warmUp(null)).rejects.toThrow('cannot be used');
  await expect(without.page()).rejects.toMatchObject({ exitCode: 3 });
});
