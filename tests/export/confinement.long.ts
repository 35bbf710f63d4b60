/** Which of the walls around the exporting browser holds what, when it stands alone; and every way to take the page elsewhere. */
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../scripts/export/browser/browser.ts';
import { type DeckServer, startDeckServer } from '../../scripts/export/server/deck-server.ts';
import { makeWorkplace, type Workplace } from './deck-job.ts';
import { departures, leave, runHostile, type SecondServer, startPlainBrowser, startSecondServer, writeHostileDecks } from './hostile.ts';

let work: Workplace;
let second: SecondServer;
let server: DeckServer;
const show = (name: string) => server.showDeck(path.join(work.slides, `${name}.md`));

beforeAll(async () => {
  [work, second, server] = await Promise.all([
    makeWorkplace({ ownTheme: true }),
    startSecondServer(),
    startDeckServer({ assets: [], way: 'dev' }),
  ]);
  await writeHostileDecks(work, second);
});
afterEach(() => second.forget());
afterAll(async () => {
  await Promise.all([server.close(), second.close()]);
  await work.remove();
});

describe('one wall alone', () => {
  const proxy = () => ['--proxy-server=http://127.0.0.1:9', `--proxy-bypass-list=<-loopback>;127.0.0.1:${server.port}`];
  const resolver = () => [`--host-resolver-rules=MAP 127.0.0.1:${server.port} 127.0.0.1:${server.port},MAP * ~NOTFOUND`];
  const webrtc = () =>
    ['--force-webrtc-ip-handling-policy', '--webrtc-ip-handling-policy'].map((name) => `${name}=disable_non_proxied_udp`);
  const some = expect.toSatisfy((count: number) => count > 0, 'more than none');

  it.each([
    ['none', () => [], {}, { http: some, tcp: some, udp: some }],
    // Chromium 156 opens a connection ahead, over which nothing is asked.
    ['the policy of the answers', () => [], { policy: true }, { http: expect.any(Number), tcp: some, udp: some }],
    ['the proxy', proxy, {}, { http: 0, tcp: 0, udp: some }],
    ['the resolver', resolver, {}, { http: 0, tcp: 0, udp: some }],
    ['the rule for WebRTC', webrtc, {}, { http: some, tcp: some, udp: some }],
    ['no WebRTC in pages', () => [], { peerless: true }, { http: some, tcp: some, udp: some }],
    ['proxy and rule', () => [...proxy(), ...webrtc()], {}, { http: 0, tcp: 0, udp: 0 }],
    ['resolver and rule', () => [...resolver(), ...webrtc()], {}, { http: 0, tcp: 0, udp: 0 }],
    // The policy keeps code out of sandboxed frames, which Chromium 156 starts before they lose their WebRTC.
    ['proxy, policy, and no WebRTC in pages', proxy, { policy: true, peerless: true }, { http: 0, tcp: 0, udp: 0 }],
    ['resolver, policy, and no WebRTC in pages', resolver, { policy: true, peerless: true }, { http: 0, tcp: 0, udp: 0 }],
  ])('%s', async (_, args, walls, expected) => {
    const shown = await show('hostile');
    const browser = await startPlainBrowser(args());
    await runHostile(browser, server, { shown, policy: false, ...walls });
    await browser.close();
    expect(second.arrivals).toEqual(expected);
    if ('policy' in walls) expect([...second.ways]).toEqual([]);
  });

  it('the browser as it exports, without the policy', async () => {
    const shown = await show('hostile');
    const { browser } = await launchBrowser({ explicit: null, env: process.env }, server.port);
    await runHostile(browser, server, { shown, policy: false });
    await browser.close();
    expect(second.arrivals).toEqual({ http: 0, tcp: 0, udp: 0 });
  });
});

describe.each(Object.keys(departures))('a page that leaves by %s', (way) => {
  it('gets there in an ordinary browser', async () => {
    const shown = await show(`leaving-${way}`);
    const browser = await startPlainBrowser();
    await leave(browser, server, { shown, policy: false });
    await browser.close();
    expect([...second.ways]).toContain(`leaving-${way}`);
  });

  it('does not in the exporting one', async () => {
    const shown = await show(`leaving-${way}`);
    const { browser } = await launchBrowser({ explicit: null, env: process.env }, server.port);
    for (const policy of [true, false]) await leave(browser, server, { shown, policy });
    await browser.close();
    expect(second.arrivals).toEqual({ http: 0, tcp: 0, udp: 0 });
  });
});
