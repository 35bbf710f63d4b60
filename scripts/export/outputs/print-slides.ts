/** Slides as they are shown: as PDF, and as pictures. */
import type { Page } from 'playwright-chromium';
import { describeLost, lostOnPage } from '../../pdf/inspect/lost-words.ts';
import { readPage } from '../../pdf/page-text.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { printPdf, screenshotSlides } from '../page/print.ts';
import type { DeckJob, FinishOutput } from '../run/export-job.ts';
import type { Session } from '../run/session.ts';
import { madeFromDeck, type ShowAttempt, withShownDeck } from '../run/show-deck.ts';
import { finishPrinted, listOf } from './finish-printed.ts';
import { deckExpectation, passagesOfSlide } from './pdf-expectations.ts';

/** Prints the slides of a deck to memory. Throws as withShownDeck does. */
export async function printSlides(job: DeckJob, session: Session, attempt: ShowAttempt): Promise<FinishOutput> {
  const printed = await withShownDeck(job, session, attempt, printPdf);
  return async () => madeFromDeck(job, await finishPrinted(printed, job, deckExpectation(job.deck, job.unsure), session));
}

/** Takes a PNG of every slide at twice its size, by file name: `001.png` is the first. Throws as withShownDeck does. */
export async function takePictures(job: DeckJob, session: Session, attempt: ShowAttempt): Promise<FinishOutput> {
  const pictures = await withShownDeck(job, session, attempt, async (page) => {
    await checkWords(page, job);
    return screenshotSlides(page);
  });
  const digits = Math.max(3, String(pictures.length).length);
  const files = new Map(pictures.map((picture, index) => [`${String(index + 1).padStart(digits, '0')}.png`, picture]));
  return async () => madeFromDeck(job, files);
}

/** Checks the words on the page, because the finished picture cannot be searched. */
async function checkWords(page: Page, { deck }: DeckJob): Promise<void> {
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
