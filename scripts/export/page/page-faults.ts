import type { ConsoleMessage, Frame, Page, Request } from 'playwright-chromium';
import { ExpectedError } from '../../shared/errors.ts';
import { BrowserFault } from '../browser/browser-fault.ts';

/** Everything that goes wrong in a page while it shows a deck. */
export interface PageFaults {
  /** Resolves with the first fault, and never rejects. Stays pending while there is none. */
  first: Promise<PageFault>;
  all(): readonly PageFault[];
  stop(): void;
}

/** A fault of the deck or of the browser. */
export type PageFault = ExpectedError | BrowserFault;

/**
 * Listens for errors, failed requests, Vue's warnings about templates, and navigation to any other URL than `url`. One listener per deck:
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
  // A blocked navigation ends on an error page, which does not tell the target. The request comes first and does.
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

/** Vue only warns when it takes text of a deck for a component or for code. In print that text is missing. */
const brokenTemplate = /^\[Vue warn\]: (?:Failed to resolve|Property .* was accessed|Unhandled error|Invalid vnode)/;

/** Reported when the policy of our answers (answer-headers.ts) has blocked something. */
const refused = /'([^']*)' violates the following Content Security Policy/;

/**
 * Returns the name of Chromium's error when a request to our own server, which answers every request, got no answer. Null for any other
 * message.
 */
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

/** Returns whether browsers request this address by themselves, whatever the page contains. `settled` reports missing pictures of the deck. */
function isAskedByBrowser(url: string): boolean {
  return URL.canParse(url) && /^\/(?:favicon\.ico$|apple-touch-icon[\w-]*\.png$|\.well-known\/)/.test(new URL(url).pathname);
}

function pathOf(url: string): string {
  return url.replace(/[?#].*$/, '');
}

/**
 * Runs in a page, so it must not use anything outside itself. Waits for pictures and fonts. Returns what is broken: a missing picture or
 * font, or a link that leads nowhere. Null when nothing is.
 */
export async function settled(): Promise<string | null> {
  const images = [...document.images];
  // The images themselves tell afterwards which one failed.
  await Promise.allSettled(images.map((image) => image.decode()));
  const missing = images.find((image) => image.naturalWidth === 0);
  if (missing !== undefined) {
    const slide = missing.closest('[data-slide-id]')?.getAttribute('data-slide-id');
    return `the picture "${missing.alt || 'without a description'}"${slide ? ` on the slide ${slide}` : ''} cannot be shown`;
  }
  const dead = [...document.links].find(
    ({ hash, href }) =>
      hash !== '' && href === location.href.split('#')[0] + hash && document.getElementById(decodeURIComponent(hash.slice(1))) === null,
  );
  // Chromium would silently leave out such a link.
  if (dead !== undefined) return `a link to "${dead.hash}" leads nowhere`;
  await document.fonts.ready;
  const failed = [...document.fonts].find((face) => face.status === 'error');
  return failed === undefined ? null : `the font ${failed.family} ${failed.weight} could not be loaded`;
}
