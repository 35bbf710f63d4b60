/** Reads the shown deck: where its texts stand, in which fonts and colours, and what has to be a picture. */
import type { Page } from 'playwright-chromium';
import { readInPage } from './page-reader.ts';
import type { ShownSlides } from './shown.ts';

/** All slides of the page that shows the deck. */
export async function readSlides(page: Page): Promise<ShownSlides> {
  return page.evaluate(readInPage);
}
