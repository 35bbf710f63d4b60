/** Handouts as PDF: the deck is shown as for its slides, and the page is rearranged before it is printed. */
import type { Page } from 'playwright-chromium';
import type { HandoutPage } from '../../model/outputs/handout.ts';
import { type Destinations, readDestinations } from '../../pdf/destinations.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { settled } from '../page/page-faults.ts';
import type { FinishOutput, HandoutJob } from '../run/export-job.ts';
import { slideEntries } from '../run/manifest.ts';
import type { Session } from '../run/session.ts';
import { madeFromDeck, type ShowAttempt, withShownDeck } from '../run/show-deck.ts';
import { finishPrinted } from './finish-printed.ts';
import { handoutExpectation } from './pdf-expectations.ts';
import { keepShortParagraphs, printPaper } from './print-paper.ts';

/** Prints a handout to memory. Throws as withShownDeck does. */
export async function printHandout(job: HandoutJob, session: Session, attempt: ShowAttempt): Promise<FinishOutput> {
  const { deck, passages, unsure } = job;
  const printed = await withShownDeck(job, session, attempt, async (page) => {
    await showHandout(page, job.page);
    attempt.signal.throwIfAborted();
    await page.evaluate(keepShortParagraphs);
    return printPaper(page, 'final');
  });
  return async () => {
    const destinations = await readDestinations(printed);
    const places = deck.slides.map((_, index) => destinationOf(index + 1, destinations));
    const expected = handoutExpectation(deck, { places, pages: destinations.pages, passages, unsure });
    const pdf = await finishPrinted(printed, job, expected, session, 'tags');
    const entries = slideEntries(deck).map((entry, index) => ({ ...entry, page: places[index]?.page ?? entry.page }));
    return { ...madeFromDeck(job, pdf), pages: destinations.pages, entries };
  };
}

function destinationOf(slide: number, { places }: Destinations): { page: number; y: number } {
  const place = places.get(placeOf(slide));
  if (place !== undefined) return place;
  throw new ExpectedError(`the handout does not say where slide ${slide} stands`, { hint: 'correct the template handout.html.hbs' });
}

/** Returns the id of a slide's place, as the template writes it. Slides are counted from 1. */
const placeOf = (slide: number): string => `handout.${slide}`;

/** Puts the slides of the shown deck into a handout. Throws ExpectedError when a slide has no place, or something does not load. */
async function showHandout(page: Page, { html, style }: HandoutPage): Promise<void> {
  const lost = await page.evaluate(arrange, { html, style });
  if (lost !== null)
    throw new ExpectedError(`the handout has no place for slide ${lost}`, { hint: 'correct the template handout.html.hbs' });
  const broken = await page.evaluate(settled);
  if (broken !== null) throw new ExpectedError(`the page reports an error: ${broken}`);
}

/**
 * Runs in the page. Returns the first slide without a place. Each slide is scaled by an SVG with a view box of the slide's size: CSS zoom
 * would break its lines differently, and Chromium prints transformed elements as separate forms, in which some readers find no text.
 */
function arrange({ html, style }: { html: string; style: string }): number | null {
  const frame = (slide: HTMLElement): Element => {
    const { width, height } = slide.getBoundingClientRect();
    const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    drawing.setAttribute('viewBox', `0 0 ${width} ${height}`);
    drawing.setAttribute('role', 'none');
    const inside = document.createElementNS('http://www.w3.org/2000/svg', 'foreignObject');
    inside.setAttribute('width', String(width));
    inside.setAttribute('height', String(height));
    drawing.append(inside);
    inside.append(slide);
    return drawing;
  };
  const slides = [...document.querySelectorAll<HTMLElement>('.print-slide-container')];
  const handout = Object.assign(document.createElement('div'), { innerHTML: html });
  const places = new Map([...handout.querySelectorAll<HTMLElement>('[data-slide]')].map((place) => [place.dataset.slide, place]));
  for (const [index, slide] of slides.entries()) {
    const place = places.get(String(index + 1));
    if (place === undefined) return index + 1;
    // All headlines of a deck have the first level. In a document they are one level lower.
    for (const headline of slide.querySelectorAll('h1')) headline.ariaLevel = place.dataset.level ?? '1';
    place.append(frame(slide));
  }
  document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
  document.body.replaceChildren(...handout.childNodes);
  return null;
}
