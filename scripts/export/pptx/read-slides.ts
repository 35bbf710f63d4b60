/** Reads the shown deck: where its texts stand, in which fonts and colours, and what has to be a picture. */
import type { Page } from 'playwright-chromium';
import { blockTools } from './page/block-tools.ts';
import { itemTools } from './page/item-tools.ts';
import { lineTools } from './page/line-tools.ts';
import { lookTools } from './page/look-tools.ts';
import { readInPage } from './page/read-in-page.ts';
import type { ShownSlides } from './shown.ts';

/** All slides of the page that shows the deck. */
export async function readSlides(page: Page): Promise<ShownSlides> {
  // A function in the page sees nothing of this file: each is given what it needs.
  const source = `(() => {
    const look = (${lookTools})();
    const blocks = (${blockTools})(look, (${lineTools})(look));
    return (${readInPage})(look, (${itemTools})(look, blocks));
  })()`;
  return page.evaluate<ShownSlides>(source);
}
