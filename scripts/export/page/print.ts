/** The page in which decks are shown and printed. */
import type { Browser, Page } from 'playwright-chromium';
import { ExpectedError } from '../../shared/errors.ts';
import type { Pass, ShownDeck } from '../server/deck-server.ts';
import type { DeckData } from '../stage/deck-data.ts';
import { loadFonts } from './load-fonts.ts';
import { settled, watchFaults } from './page-faults.ts';

/** The size of Slidev's canvas, which rounds 551.25 up. */
export const slideSize = { width: 980, height: 552 };

export interface PageRequest extends ShownDeck {
  /** BCP 47. */
  languageTag: string;
  /** Defaults to light. */
  look?: 'light' | 'dark';
}

/** Opens the only page of a run, with the cookie that the server asks for. */
export async function openPage(browser: Browser, origin: string, pass: Pass): Promise<Page> {
  const context = await browser.newContext({
    viewport: slideSize,
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    acceptDownloads: false,
    // No permission is granted, and no prompt is shown.
    permissions: [],
  });
  await context.addCookies([{ name: pass.name, value: pass.value, url: origin, httpOnly: true, sameSite: 'Strict' }]);
  // The compilers of these files may wrap functions in a call of this name, including functions that run in the page.
  await context.addInitScript('globalThis.__name ??= (value) => value;');
  await context.addInitScript(removePeers);
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  await page.emulateMedia({ media: 'screen' });
  return page;
}

/**
 * Runs in every frame before any other script. Removes the APIs that could send UDP packets around proxy and resolver. This is an
 * additional barrier, because browsers ignore the switches for WebRTC if these are renamed. Workers have no WebRTC, and sandboxed frames,
 * which may start before this script, cannot run code because of the policy in our answers.
 */
export function removePeers(): void {
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (/^(?:webkit)?RTC|^WebTransport|^(?:UDP|TCP)/.test(name)) Reflect.deleteProperty(globalThis, name);
  }
}

/**
 * Shows a deck. Resolves when all of it is painted. Throws ExpectedError when the page reports an error or navigates elsewhere, and
 * BrowserFault when the deck is not to blame. Never gives up waiting for slides: the caller has the timeout.
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

/** Shows a deck on the stage, so that the page has loaded scripts, styles and fonts. */
export async function warmUp(page: Page, { url, data }: ShownDeck): Promise<void> {
  if (data !== null) await open(page, url, data);
}

/** Prints the shown deck, one page per slide, tagged and with an outline. */
export async function printPdf(page: Page): Promise<Uint8Array> {
  return page.pdf({
    // Without `tagged` Chromium silently leaves out the outline.
    tagged: true,
    outline: true,
    width: `${slideSize.width}px`,
    height: `${slideSize.height}px`,
    margin: { top: 0, right: 0, bottom: 0, left: 0 },
    printBackground: true,
    preferCSSPageSize: true,
  });
}

/** Returns a PNG of every slide of the shown deck, at twice its size. */
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

/** Returns a PNG of each box on the page, `scale` times as large. */
export async function photograph(page: Page, boxes: readonly PageBox[], scale: number): Promise<Uint8Array[]> {
  const session = await page.context().newCDPSession(page);
  const pictures: Uint8Array[] = [];
  for (const box of boxes) {
    // Outside of the viewport the browser would lay out the whole page again for every picture.
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

/** An open page has already loaded what all decks share, unless it was changed for something else. */
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

/** Runs in the page. Replaces the shown deck, if the page is the stage. */
async function showStaged(data: DeckData): Promise<boolean> {
  if (!('showOnStage' in globalThis) || document.getElementById('app') === null) return false;
  await showOnStage(data);
  return true;
}

/** Defined by the page (stage/stage-script.ts). */
declare function showOnStage(data: DeckData): Promise<void>;

/** Hides containers of Slidev that would make a page of their own, and removes the page break after the last slide. */
const onPaper = `#mermaid-rendering-container, #twoslash-container { display: none !important; }
.print-slide-container:last-child { break-after: auto !important; }`;

/** Runs in the page. Slidev's containers exist at once; the content of each slide comes later. */
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
 * Runs in the page. Shows the slides for two frames, after which they are painted; hides them for one frame before that, unless they are
 * hidden already. What Chromium paints beyond a page's edge depends on what it has painted while the slides came in. Without this step,
 * some PDFs (on a busy machine every third) contained backgrounds that are not visible. Returns whether fonts were loaded that were not
 * needed while the slides were hidden.
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
  // Layout makes the slides request all their fonts.
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
