/** The slides of a deck as pictures. */
import type { Page } from 'playwright-chromium';
import { describeLost, lostOnPage, passagesOfSlide } from '../../pdf/inspect/lost-words.ts';
import { readPage } from '../../pdf/page-text.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { screenshotSlides } from '../page/print.ts';
import type { PicturesJob } from '../run/export-job.ts';
import type { Session } from '../run/session.ts';
import { type Attempt, withShownDeck } from '../run/show-deck.ts';
import { listOf } from './finish-printed.ts';

/** A PNG of every slide in twice its size, by file name: `001.png` is the first. Throws as withShownDeck does. */
export async function makePictures(job: PicturesJob, session: Session, attempt: Attempt): Promise<Map<string, Uint8Array>> {
  const pictures = await withShownDeck(job, session, attempt, async (page) => {
    await checkWords(page, job);
    return screenshotSlides(page);
  });
  const digits = Math.max(3, String(pictures.length).length);
  return new Map(pictures.map((picture, index) => [`${String(index + 1).padStart(digits, '0')}.png`, picture]));
}

/** Nothing reads a picture: what it shows is read from the page of which it is taken. */
async function checkWords(page: Page, { deck }: PicturesJob): Promise<void> {
  const shown = await page.evaluate(visibleWords);
  const faults = deck.slides.flatMap((slide, index) => {
    const read = readPage([{ str: shown[index] ?? '', dir: 'ltr', hasEOL: true }]);
    return lostOnPage(passagesOfSlide(slide), read).map((lost) => `picture ${index + 1} ${describeLost(lost)}`);
  });
  if (faults.length > 0) throw new ExpectedError(`the pictures are not as planned: ${listOf(faults)}`);
}

/** Runs in the page. */
function visibleWords(): string[] {
  const isSeen = (element: Element | null) => element?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) === true;
  return [...document.querySelectorAll('.print-slide-container')].map((slide) => {
    const walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    let text = '';
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) if (isSeen(node.parentElement)) text += node.textContent;
    return text;
  });
}
