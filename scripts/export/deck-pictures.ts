/** The slides of a deck as pictures. */
import type { PicturesJob } from './export-job.ts';
import { screenshotSlides } from './print.ts';
import type { Session } from './session.ts';
import { type Attempt, withShownDeck } from './show-deck.ts';

/** A PNG of every slide in twice its size, by file name: `001.png` is the first. Throws as withShownDeck does. */
export async function makePictures(job: PicturesJob, session: Session, attempt: Attempt): Promise<Map<string, Uint8Array>> {
  const pictures = await withShownDeck(job, session, attempt, screenshotSlides);
  const digits = Math.max(3, String(pictures.length).length);
  return new Map(pictures.map((picture, index) => [`${String(index + 1).padStart(digits, '0')}.png`, picture]));
}
