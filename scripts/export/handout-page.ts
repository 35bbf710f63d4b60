/** A shown deck, rearranged for paper: each slide goes into its place in the handout, smaller and as sharp as before. */
import type { Page } from 'playwright-chromium';
import type { HandoutPage } from '../model/handout.ts';
import { ExpectedError } from '../shared/errors.ts';
import { settled } from './settled.ts';

/** The id of the place of a slide, counted from 1, as the template writes it. */
export const placeOf = (slide: number): string => `handout.${slide}`;

/** Puts the slides of the shown deck into a handout. Throws ExpectedError when it has no place for one of them, or something does not come. */
export async function showHandout(page: Page, { html, style }: HandoutPage): Promise<void> {
  const lost = await page.evaluate(arrange, { html, style });
  if (lost !== null)
    throw new ExpectedError(`the handout has no place for slide ${lost}`, { hint: 'correct the template handout.html.hbs' });
  const broken = await page.evaluate(settled);
  if (broken !== null) throw new ExpectedError(`the page reports an error: ${broken}`);
}

/** Runs in the page; returns the first slide that has no place. Transforms leave the lines of a slide as they are, which a zoom would not. */
function arrange({ html, style }: { html: string; style: string }): number | null {
  const slides = [...document.querySelectorAll<HTMLElement>('.print-slide-container')];
  document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
  const handout = Object.assign(document.createElement('div'), { innerHTML: html });
  const places = new Map([...handout.querySelectorAll<HTMLElement>('[data-slide]')].map((place) => [place.dataset.slide, place]));
  for (const [index, slide] of slides.entries()) {
    const place = places.get(String(index + 1));
    if (place === undefined) return index + 1;
    place.append(slide);
    // All headlines of a deck are of the first level; in a document they have one below the other.
    for (const headline of slide.querySelectorAll('h1')) headline.ariaLevel = place.dataset.level ?? '1';
  }
  document.body.replaceChildren(...handout.childNodes);
  for (const [index, slide] of slides.entries()) {
    const place = places.get(String(index + 1));
    place?.style.setProperty('--scale', String(place.clientWidth / slide.offsetWidth));
  }
  return null;
}
