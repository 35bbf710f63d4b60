/** A shown deck, rearranged for paper: each slide goes into its place in the handout, smaller and as sharp as before. */
import type { Page } from 'playwright-chromium';
import type { HandoutPage } from '../../model/outputs/handout.ts';
import { ExpectedError } from '../../shared/errors.ts';
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

/**
 * Runs in the page; returns the first slide that has no place. A drawing with the slide's own size as its view box makes it smaller: a zoom would break its
 * lines anew, and what is transformed Chromium prints as a picture of its own, whose words some readers do not find.
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
    // All headlines of a deck are of the first level; in a document they have one below the other.
    for (const headline of slide.querySelectorAll('h1')) headline.ariaLevel = place.dataset.level ?? '1';
    place.append(frame(slide));
  }
  document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
  document.body.replaceChildren(...handout.childNodes);
  return null;
}
