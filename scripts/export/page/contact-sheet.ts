/** Chosen slides of several decks as one picture, for README.md. */
import type { Session } from '../run/session.ts';
import { screenshotSlides, showPage } from './print.ts';

export interface SheetRequest {
  /** The generated Slidev file, absolute. */
  file: string;
  languageTag: string;
  /** Counted from 1. */
  slide: number;
}

const columns = 2;
const gap = 16;

/** Returns a PNG of the slides in two columns. */
export async function makeContactSheet(requests: readonly SheetRequest[], session: Session): Promise<Uint8Array> {
  const pictures: string[] = [];
  for (const { file, languageTag, slide } of requests) {
    const shown = await session.server.showDeck(file);
    const page = await session.page();
    await showPage(page, { ...shown, languageTag });
    const picture = (await screenshotSlides(page))[slide - 1];
    if (picture === undefined) throw new RangeError(`${file} has no slide ${slide}`);
    pictures.push(`data:image/png;base64,${Buffer.from(picture).toString('base64')}`);
  }
  const page = await session.page();
  await page.setContent(
    `<body style="margin:0"><div id="sheet" style="display:grid;grid-template-columns:repeat(${columns},735px);gap:${gap}px;padding:${gap}px;background:#d7dae0;width:max-content">${pictures
      .map((src) => `<img src="${src}" style="width:735px;display:block">`)
      .join('')}</div></body>`,
  );
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  return page.locator('#sheet').screenshot({ type: 'png' });
}
