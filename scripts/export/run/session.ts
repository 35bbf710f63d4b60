/** Resources that a run shares: one Slidev server, one browser, one page. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-chromium';
import { OrderThread } from '../../shared/order-thread.ts';
import { type BrowserChoice, type BrowserDescription, type LaunchedBrowser, launchBrowser } from '../browser/browser.ts';
import { BrowserLost, CRASHED } from '../browser/browser-fault.ts';
import { openPage } from '../page/print.ts';
import { type DeckServer, type DeckServerOptions, startDeckServer } from '../server/deck-server.ts';
import { createPaperSite, type PaperSite } from '../server/paper-site.ts';
import { type Finished, type FinishOrder, finishAndInspect } from './finishing.ts';

export interface Session {
  server: DeckServer;
  /** Documents for paper that the server shows. */
  papers: PaperSite;
  /** Finishes the PDFs that the page has printed. */
  finisher: Finisher;
  /** Returns the page, and starts a browser when there is none. Throws as launchBrowser does. */
  page(): Promise<Page>;
  /** Returns why the browser or its page cannot be used any more, in a few words. Null when both work. */
  loss(): Promise<string | null>;
  /** Closes the page. Everything that still runs in it fails at once. */
  dropPage(): Promise<void>;
  /** Ends the browser, even one that hangs. */
  dropBrowser(): Promise<void>;
  close(): Promise<void>;
}

export interface SessionOptions extends Omit<DeckServerOptions, 'papers'> {
  browser: BrowserChoice;
  /** Called with the first browser. Also called with a later one if only one of the two has a sandbox. */
  onBrowser: (browser: BrowserDescription) => void;
}

const NETWORK_ENDED = "the browser's network process ended";
/** How long to wait for the browser's list of cookies, in ms. */
const ANSWER = 5000;

/** Starts the server. The browser is started with the first page. */
export async function openSession({ browser: choice, onBrowser, ...decks }: SessionOptions): Promise<Session> {
  const papers = createPaperSite();
  const server = await startDeckServer({ ...decks, papers });
  const finisher = openFinisher();
  let launching: Promise<LaunchedBrowser> | null = null;
  /** Concurrent calls wait for the same page. */
  let opening: Promise<Page> | null = null;
  let current: { launched: LaunchedBrowser; page: Page; crashed: boolean } | null = null;
  let closing: Promise<unknown> | null = null;
  /** Whether the last reported browser had its sandbox. Null before the first report. */
  let announced: boolean | null = null;

  const launch = async (): Promise<LaunchedBrowser> => {
    const launched = await launchBrowser(choice, server.port);
    launched.browser.once('disconnected', () => {
      launching = null;
    });
    if (closing !== null) await launched.browser.close();
    else if (launched.chosen.sandbox !== announced) onBrowser(launched.chosen);
    announced = launched.chosen.sandbox;
    return launched;
  };
  /**
   * Cookies are in the browser's network process. When that has died, a new one has replaced it, and our server does not answer requests
   * without the cookie.
   */
  const hasPass = async (page: Page): Promise<boolean> => {
    const cookies = page.context().cookies(server.origin);
    const late = sleep(ANSWER, [], { ref: false });
    // A browser that ends in the meantime has no cookies.
    const found = await Promise.race([cookies, late]).catch(() => []);
    return found.some(({ name, value }) => name === server.pass.name && value === server.pass.value);
  };
  const isLost = () => current !== null && (current.crashed || current.page.isClosed() || !current.launched.browser.isConnected());

  const open = async (): Promise<Page> => {
    current = null;
    launching ??= launch();
    const awaited = launching;
    const launched = await awaited.catch((error) => {
      if (launching === awaited) launching = null;
      // A browser that worked before is installed, so something temporary keeps it from starting. The next deck may succeed.
      throw announced !== null ? new BrowserLost('the browser could not be started again', { cause: error }) : error;
    });
    const opened = { launched, page: await openPage(launched.browser, server.origin, server.pass), crashed: false };
    // The page was dropped in the meantime. This late one must not replace a newer page.
    if (launching !== awaited) throw new Error('the browser has been closed');
    opened.page.once('crash', () => {
      opened.crashed = true;
    });
    current = opened;
    return opened.page;
  };

  const session: Session = {
    server,
    papers,
    finisher,
    async loss() {
      if (isLost()) return CRASHED;
      return current === null || (await hasPass(current.page)) ? null : NETWORK_ENDED;
    },
    async page() {
      if (closing !== null) throw new BrowserLost('the browser has been closed');
      if (current !== null && !isLost()) return current.page;
      if (opening === null) {
        const mine = open();
        opening = mine;
        const over = () => {
          if (opening === mine) opening = null;
        };
        mine.then(over, over);
      }
      return opening;
    },
    async dropPage() {
      const page = current?.page;
      current = null;
      await page?.context().close();
    },
    async dropBrowser() {
      const starting = launching;
      launching = null;
      opening = null;
      current = null;
      // A browser that did not start needs no closing; the caller that needed it has the error.
      const launched = await starting?.catch(() => null);
      await launched?.browser.close();
    },
    async close() {
      closing ??= Promise.all([session.dropBrowser(), server.close(), finisher.close()]);
      await closing;
    },
  };
  return session;
}

// Finishes printed PDFs in a worker, so that the browser can show the next deck meanwhile.

export interface Finisher {
  /** Throws as finishPdf does. */
  finish(order: FinishOrder): Promise<Finished>;
  /** Starts the worker in advance, because starting takes a while. */
  warmUp(): void;
  close(): Promise<void>;
}

/** `folder` contains the worker's file. Null means no worker; the default is the folder of the program. */
export function openFinisher(folder?: string | null): Finisher {
  const thread = new OrderThread<FinishOrder, Finished>('finish-worker.mjs', finishAndInspect, folder === undefined ? {} : { folder });
  return { finish: (order) => thread.send(order), warmUp: () => thread.warmUp(), close: () => thread.close() };
}
