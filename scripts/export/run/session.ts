/** What a run shares: one Slidev server, one browser, one page. */
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
  /** Makes the PDFs of what the page printed. */
  finisher: Finisher;
  /** The page, in a browser that is started when there is none. Throws as launchBrowser does. */
  page(): Promise<Page>;
  /** Why the browser or its page is of no more use, in a few words; null when it is well. */
  loss(): Promise<string | null>;
  /** Gives up the page; what still runs in it fails at once. */
  dropPage(): Promise<void>;
  /** Ends the browser, also one that hangs. */
  dropBrowser(): Promise<void>;
  close(): Promise<void>;
}

export interface SessionOptions extends Omit<DeckServerOptions, 'papers'> {
  browser: BrowserChoice;
  /** Called with the first browser, and with one that replaces it only if it has a sandbox where that one had none, or the other way. */
  onBrowser: (browser: BrowserDescription) => void;
}

const NETWORK_ENDED = "the browser's network process ended";
/** For a browser to say which cookies it has, in ms. */
const ANSWER = 5000;

/** Starts the server; the browser comes with the first page. */
export async function openSession({ browser: choice, onBrowser, ...decks }: SessionOptions): Promise<Session> {
  const papers = createPaperSite();
  const server = await startDeckServer({ ...decks, papers });
  const finisher = openFinisher();
  let launching: Promise<LaunchedBrowser> | null = null;
  /** Whoever asks meanwhile waits for the same page. */
  let opening: Promise<Page> | null = null;
  let current: { launched: LaunchedBrowser; page: Page; crashed: boolean } | null = null;
  let closing: Promise<unknown> | null = null;
  /** Whether people were told of a browser with its sandbox, or of one without. */
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
  /** Cookies live in the browser's network process: where that died, another one has taken its place, to which our server gives nothing. */
  const hasPass = async (page: Page): Promise<boolean> => {
    const cookies = page.context().cookies(server.origin);
    const late = sleep(ANSWER, [], { ref: false });
    // A browser that ends meanwhile has none.
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
      // One that worked before is there: this time something has kept it from starting, and the next deck may have more luck.
      throw announced !== null ? new BrowserLost('the browser could not be started again', { cause: error }) : error;
    });
    const opened = { launched, page: await openPage(launched.browser, server.origin, server.pass), crashed: false };
    // Dropped meanwhile: whoever waited here is late, and must not put this page in the place of a newer one.
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
      // A browser that did not start needs no closing; whoever asked for it has the error.
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

// Finishes printed PDFs beside the browser's work: in a thread of its own, so that the next deck is shown meanwhile.

export interface Finisher {
  /** Throws as finishPdf does. */
  finish(order: FinishOrder): Promise<Finished>;
  /** Starts the thread, which takes a while until it can do something. */
  warmUp(): void;
  close(): Promise<void>;
}

/** `folder` holds the file that the thread runs, and null means none; that of the program when not given. */
export function openFinisher(folder?: string | null): Finisher {
  const thread = new OrderThread<FinishOrder, Finished>('finish-worker.mjs', finishAndInspect, folder === undefined ? {} : { folder });
  return { finish: (order) => thread.send(order), warmUp: () => thread.warmUp(), close: () => thread.close() };
}
