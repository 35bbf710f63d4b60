import type { ConsoleMessage, Frame, Page, Request } from 'playwright-chromium';
import { ExpectedError } from '../../shared/errors.ts';
import { BrowserFault } from '../browser/browser-fault.ts';

/** What goes wrong in a page while a deck is shown there. */
export interface PageFaults {
  /** Resolves with the first fault, never rejects; stays open while there is none. */
  first: Promise<PageFault>;
  all(): readonly PageFault[];
  stop(): void;
}

/** The deck's fault, or the browser's. */
export type PageFault = ExpectedError | BrowserFault;

/**
 * Listens for errors, failed requests, Vue's complaints about templates, and the page going anywhere but to `url`. One listener per deck:
 * stop it afterwards.
 */
export function watchFaults(page: Page, url: string): PageFaults {
  const faults: PageFault[] = [];
  let reportFirst: (fault: PageFault) => void = () => {};
  const first = new Promise<PageFault>((resolve) => {
    reportFirst = resolve;
  });
  const report = (fault: PageFault) => {
    faults.push(fault);
    reportFirst(fault);
  };
  const note = (fault: string) => report(new ExpectedError(`the page reports an error: ${fault}`));
  const onConsole = (message: ConsoleMessage) => {
    const failure = unreached(message, url);
    const fault = faultOf(message);
    if (failure !== null) report(new BrowserFault(`the browser did not reach the server (${failure})`));
    else if (fault !== null) note(fault);
  };
  const onError = (error: Error) => note(error.message);
  const onPlace = (frame: Frame, place: string) => {
    if (frame === page.mainFrame() && pathOf(place) !== pathOf(url)) note(`the deck goes to ${place}`);
  };
  // What is cut off ends on an error page, which does not say where the deck wanted to go: the request comes first and does.
  const onRequest = (request: Request) => {
    if (request.isNavigationRequest()) onPlace(request.frame(), request.url());
  };
  const onNavigated = (frame: Frame) => onPlace(frame, frame.url());
  page.on('console', onConsole);
  page.on('pageerror', onError);
  page.on('request', onRequest);
  page.on('framenavigated', onNavigated);
  return {
    first,
    all: () => faults,
    stop() {
      page.off('console', onConsole);
      page.off('pageerror', onError);
      page.off('request', onRequest);
      page.off('framenavigated', onNavigated);
    },
  };
}

/** Vue only warns where text of a deck was taken for a component or for code; on paper that is a hole. */
const brokenTemplate = /^\[Vue warn\]: (?:Failed to resolve|Property .* was accessed|Unhandled error|Invalid vnode)/;

/** The policy of our answers (answer-headers.ts) has refused something. */
const refused = /'([^']*)' violates the following Content Security Policy/;

/** The name of Chromium's error when a request to our own server, which answers everything, got no answer; null for any other message. */
function unreached(message: ConsoleMessage, url: string): string | null {
  const [, failure] = /^Failed to load resource: (net::ERR_(?!BLOCKED|ABORTED)\w+)/.exec(message.text()) ?? [];
  return failure !== undefined && message.location().url.startsWith(`${new URL(url).origin}/`) ? failure : null;
}

function faultOf(message: ConsoleMessage): string | null {
  const text = message.text();
  if (message.type() === 'warning') return brokenTemplate.test(text) ? (text.split('\n')[0] ?? text) : null;
  if (message.type() !== 'error') return null;
  const far = refused.exec(text)?.[1];
  if (far !== undefined) return `the deck asks for ${far}, and the exporting browser reaches nothing but the deck itself`;
  if (!text.startsWith('Failed to load resource')) return text;
  const source = message.location().url;
  return isAskedByBrowser(source) ? null : `${source || 'a file'} could not be loaded`;
}

/** Whether browsers ask for this address by themselves, whatever the page says. A picture of the deck that is missing there is found by settled.ts. */
function isAskedByBrowser(url: string): boolean {
  return URL.canParse(url) && /^\/(?:favicon\.ico$|apple-touch-icon[\w-]*\.png$|\.well-known\/)/.test(new URL(url).pathname);
}

function pathOf(url: string): string {
  return url.replace(/[?#].*$/, '');
}
