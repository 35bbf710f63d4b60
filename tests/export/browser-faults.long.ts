/** Browsers that fail at their own work while they are asked for a deck: parts of them are killed, for real. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWithRetry } from '../../scripts/export/run/make-with-retry.ts';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import { processesWith, readIfThere, withDescendants } from '../program.ts';
import { jobFor, makeSlides, makeWorkplace, type Workplace } from './deck-job.ts';

const id = randomUUID();
let work: Workplace;
let session: Session;

beforeAll(async () => {
  work = await makeWorkplace();
  session = await openSession({
    browser: { explicit: null, env: { ...process.env, BRIEFDECK_TEST_BROWSER: id } },
    assets: [],
    onBrowser: () => {},
  });
});
afterAll(async () => {
  await session.close();
  await work.remove();
});

/** Kills the processes of our browser whose arguments say this; returns how many there were. */
function killParts(words: string): number {
  const ours = processesWith(`BRIEFDECK_TEST_BROWSER=${id}`);
  // Chromium's children write their title over their environment, so they are known by their parents.
  const parts = withDescendants(ours).filter((pid) => readIfThere(`/proc/${pid}/cmdline`).includes(words));
  for (const pid of parts) process.kill(pid, 'SIGKILL');
  return parts.length;
}

async function print(retries: string[]): Promise<Uint8Array> {
  return makeSlides(jobFor('scaling', work), session, {
    timeout: 120_000,
    shown: null,
    retrying: (reason) => retries.push(reason),
  });
}

const NETWORK = 'utility-sub-type=network';

describe.runIf(process.platform === 'linux')('a browser of which one part dies', () => {
  it.each([
    ['before the deck is asked for', /\/print\?/],
    ['while the deck comes', /stage\/stage\.js/],
    ['while its fonts come', /\.woff2/],
  ])('the network process, %s: it is replaced and the deck printed', async (_when, request) => {
    await session.dropBrowser();
    const page = await session.page();
    const killed = page.waitForRequest(request).then(() => killParts(NETWORK));
    const retries: string[] = [];
    const pdf = await print(retries);
    expect(await killed).toBe(1);
    expect(retries).toEqual(["the browser's network process ended"]);
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await session.page()).not.toBe(page);
  });

  it('the network process, while nothing is asked for: the next deck is printed, for the page has read all that it needs', async () => {
    await print([]);
    expect(killParts(NETWORK)).toBe(1);
    const retries: string[] = [];
    expect(Buffer.from(await print(retries)).toString('latin1', 0, 5)).toBe('%PDF-');
    expect(retries).toEqual([]);
  });

  it('that cannot give what it has printed: another one does, and where that cannot either it is said what the browser says', async () => {
    await session.dropBrowser();
    const refused = async () => {
      const page = await session.page();
      const inspector = await page.context().newCDPSession(page);
      // As `page.pdf` asks for what was printed.
      await inspector.send('IO.read', { handle: 'nothing' });
      return null;
    };
    const ways = [refused, async () => (await session.page()).pdf(), refused, refused];
    const retries: string[] = [];
    const print = () =>
      makeWithRetry(async () => ways.shift()?.(), session, {
        timeout: 120_000,
        shown: null,
        retrying: (reason) => retries.push(reason),
      });
    expect(Buffer.from((await print()) ?? '').toString('latin1', 0, 5)).toBe('%PDF-');
    expect(retries).toEqual([expect.stringMatching(/^the browser says: \w/)]);
    await expect(print()).rejects.toThrow(/^the browser says: .*, twice$/);
  });

  it('a deck that is at fault itself gets no second try', async () => {
    const retries: string[] = [];
    const printing = (name: string) =>
      makeSlides(jobFor(name, work), session, { timeout: 120_000, shown: null, retrying: (reason) => retries.push(reason) });
    await expect(printing('dead-link')).rejects.toThrow('leads nowhere');
    await expect(printing('overflow')).rejects.toThrow('leaves its box');
    expect(retries).toEqual([]);
  });
});
