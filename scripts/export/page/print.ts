/** The page in which decks are shown and printed. */
import type { Browser, Page } from 'playwright-chromium';
import { ExpectedError } from '../../shared/errors.ts';
import type { Pass, ShownDeck } from '../server/deck-server.ts';
import type { DeckData } from '../stage/deck-data.ts';
import { loadFonts } from './load-fonts.ts';
import { watchFaults } from './page-faults.ts';
import { settled } from './settled.ts';

/** Slidev's canvas; it rounds 551.25 up. */
export const slideSize = { width: 980, height: 552 };

export interface PageRequest extends ShownDeck {
  /** BCP 47. */
  languageTag: string;
  /** Light when not given. */
  look?: 'light' | 'dark';
}

/** The one page of a run, which shows the server the cookie that it asks for. */
export async function openPage(browser: Browser, origin: string, pass: Pass): Promise<Page> {
  const context = await browser.newContext({
    viewport: slideSize,
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    acceptDownloads: false,
    // None is granted, and nobody is asked.
    permissions: [],
  });
  await context.addCookies([{ name: pass.name, value: pass.value, url: origin, httpOnly: true, sameSite: 'Strict' }]);
  // What compiles these files for Node may wrap functions in a call of this name, also those that run in the page.
  await context.addInitScript('globalThis.__name ??= (value) => value;');
  await context.addInitScript(removePeers);
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  await page.emulateMedia({ media: 'screen' });
  return page;
}

/**
 * Runs in every frame before anything else does: takes away what could send UDP packets past proxy and resolver. A wall of its own, because browsers ignore
 * the switches for WebRTC when these get another name. Workers have no WebRTC, and in sandboxed frames, which may start before this, the policy of our answers
 * lets no code run.
 */
export function removePeers(): void {
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (/^(?:webkit)?RTC|^WebTransport|^(?:UDP|TCP)/.test(name)) Reflect.deleteProperty(globalThis, name);
  }
}

/**
 * Shows a deck and returns when all of it is painted. Throws ExpectedError when the page reports an error or goes elsewhere,
 * and BrowserFault when that is not the deck's fault.
 * Waits without end for slides that never come: the caller has the deadline.
 */
export async function showPage(page: Page, request: PageRequest): Promise<void> {
  const faults = watchFaults(page, request.url);
  try {
    const fault = await Promise.race([faults.first, settle(page, request)]);
    const all = fault === null ? faults.all() : [fault];
    if (all[0] !== undefined) throw all[0];
  } finally {
    faults.stop();
  }
}

/** Puts a deck up on the stage for what the page then has read: scripts, styles, fonts. */
export async function warmUp(page: Page, { url, data }: ShownDeck): Promise<void> {
  if (data !== null) await open(page, url, data);
}

/** Prints the shown deck, a page per slide, tagged and with an outline. */
export async function printPdf(page: Page): Promise<Uint8Array> {
  return page.pdf({
    // Without `tagged` Chromium silently leaves the outline out.
    tagged: true,
    outline: true,
    width: `${slideSize.width}px`,
    height: `${slideSize.height}px`,
    margin: { top: 0, right: 0, bottom: 0, left: 0 },
    printBackground: true,
    preferCSSPageSize: true,
  });
}

/** A PNG of every slide of the shown deck, in twice its size. */
export async function screenshotSlides(page: Page): Promise<Uint8Array[]> {
  const boxes = await page.locator('.print-slide-container').evaluateAll((slides) =>
    slides.map((slide) => {
      const { x, y, width, height } = slide.getBoundingClientRect();
      return { x: x + scrollX, y: y + scrollY, width, height };
    }),
  );
  return photograph(page, boxes, 2);
}

export interface PageBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A PNG of each place of the page, `scale` times as large. */
export async function photograph(page: Page, boxes: readonly PageBox[], scale: number): Promise<Uint8Array[]> {
  const session = await page.context().newCDPSession(page);
  const pictures: Uint8Array[] = [];
  for (const box of boxes) {
    // Beyond the viewport the browser would lay out the whole page anew for every picture.
    await page.evaluate(showFrom, box.y);
    const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip: { ...box, scale } });
    pictures.push(Buffer.from(data, 'base64'));
  }
  await session.detach();
  return pictures;
}

/** Runs in the page. */
async function showFrom(y: number): Promise<void> {
  scrollTo({ top: y, behavior: 'instant' });
  await new Promise((resolve) => requestAnimationFrame(resolve));
}

async function settle(page: Page, { url, slides, data, languageTag, look = 'light' }: PageRequest): Promise<null> {
  await open(page, url, data);
  await page.waitForFunction(slidesAreFilled, slides);
  await page.evaluate(dress, { languageTag, style: onPaper, dark: look === 'dark' });
  const complain = async () => {
    const broken = await page.evaluate(settled);
    if (broken !== null) throw new ExpectedError(broken);
  };
  await complain();
  const { moreFonts } = await page.evaluate(painted);
  if (moreFonts) await complain();
  return null;
}

/** A page that is open already has read what all decks share; unless something else was made of it. */
async function open(page: Page, url: string, data: DeckData | null): Promise<void> {
  if (data === null) {
    await page.goto(url, { waitUntil: 'commit' });
    return;
  }
  if (page.url() !== url || !(await page.evaluate(showStaged, data))) {
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    if (!(await page.evaluate(showStaged, data))) throw new Error(`there is no stage at ${url}`);
  }
  await page.evaluate(loadFonts);
}

/** Runs in the page: takes a deck down and puts up another one, where it can. */
async function showStaged(data: DeckData): Promise<boolean> {
  if (!('showOnStage' in globalThis) || document.getElementById('app') === null) return false;
  await showOnStage(data);
  return true;
}

/** Of the page itself (stage/stage-script.ts). */
declare function showOnStage(data: DeckData): Promise<void>;

/** Containers of Slidev that would make a page of their own, and the break after the last slide. */
const onPaper = `#mermaid-rendering-container, #twoslash-container { display: none !important; }
.print-slide-container:last-child { break-after: auto !important; }`;

/** Runs in the page. Slidev's containers are there at once, each slide comes later and has no words until then. */
function slidesAreFilled(slides: number): boolean {
  const containers = [...document.querySelectorAll('.print-slide-container')];
  if (containers.length !== slides || document.querySelector('.slidev-slide-loading') !== null) return false;
  return containers.every((container) => (container.querySelector('[data-slide-id], .slidev-layout')?.textContent ?? '').trim() !== '');
}

interface Dress {
  languageTag: string;
  style: string;
  dark: boolean;
}

/** Runs in the page. */
function dress({ languageTag, style, dark }: Dress): void {
  document.documentElement.lang = languageTag;
  document.documentElement.classList.toggle('dark', dark);
  document.getElementById('on-paper')?.remove();
  document.head.append(Object.assign(document.createElement('style'), { id: 'on-paper', textContent: style }));
  scrollTo({ top: 0, behavior: 'instant' });
}

/**
 * Runs in the page: shows the slides for two frames, after which they are painted; before that, hides them for one, unless they are hidden. How far beyond a
 * page's edge Chromium paints depends on what it has painted while the slides came in, so that backgrounds that nobody sees were in some PDFs and not in
 * others, on a busy machine in every third. Says whether fonts were loaded that nothing asked for while the slides were hidden.
 */
async function painted(): Promise<{ moreFonts: boolean }> {
  const { style } = document.documentElement;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const hide = async () => {
    style.display = 'none';
    await frame();
  };
  await frame();
  if (style.display !== 'none') await hide();
  style.display = '';
  // Laid out, they ask for all their fonts.
  document.body.getBoundingClientRect();
  const moreFonts = document.fonts.status === 'loading';
  if (moreFonts) {
    await document.fonts.ready;
    await hide();
    style.display = '';
  }
  await frame();
  await frame();
  return { moreFonts };
}
