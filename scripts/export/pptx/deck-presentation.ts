/** A deck as a presentation that can be edited: what the browser shows, taken apart into texts, tables and pictures. */
import type { Page } from 'playwright-chromium';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { listOf } from '../outputs/finish-printed.ts';
import { photograph } from '../page/print.ts';
import type { PresentationJob } from '../run/export-job.ts';
import type { Session } from '../run/session.ts';
import { type Attempt, withShownDeck } from '../run/show-deck.ts';
import { findFaults, readPresentation } from './inspect-presentation.ts';
import { type Look, pairOf } from './look.ts';
import { type Presentation, packPresentation } from './package.ts';
import { readSlides } from './read-slides.ts';
import type { ShownItem, ShownSlide, ShownSlides, TextItem } from './shown.ts';
import { slideParts } from './slide-parts.ts';

type PictureItem = ShownItem & { type: 'picture' };

/**
 * Reads the shown deck; what is given packs the file and looks at it as a reader would. Throws as withShownDeck does, and then ExpectedError when the
 * file is not as planned.
 */
export async function makePresentation(job: PresentationJob, session: Session, attempt: Attempt): Promise<() => Promise<Uint8Array>> {
  const { shown, pictures } = await withShownDeck(job, session, attempt, async (page) => {
    const shown = await readSlides(page);
    return { shown, pictures: await takePictures(page, shown.slides) };
  });
  return async () => {
    const bytes = packPresentation(presentationOf(job, shown, pictures));
    inspect(bytes, job);
    return bytes;
  };
}

function inspect(bytes: Uint8Array, { deck }: PresentationJob): void {
  const read = readPresentation(bytes);
  const faults = findFaults(read, deck.slides);
  if (faults.length > 0) throw new ExpectedError(`the presentation is not as planned: ${listOf(faults)}`);
}

function presentationOf(job: PresentationJob, { slides, palette }: ShownSlides, pictures: Pictures): Presentation {
  const look: Look = { palette, ...fontsOf(slides) };
  const context = { look, languageTag: job.deck.languageTag, picture: (item: PictureItem) => pictures.names.get(item) ?? '' };
  return {
    look,
    slides,
    parts: new Map(slides.flatMap((slide, index) => [...slideParts(slide, job.deck.slides[index]?.notes ?? [], index + 1, context)])),
    pictures: pictures.files,
    sections: sectionsOf(job.deck),
    metadata: job.metadata,
    date: job.date,
  };
}

/** Titles in one pair of fonts, most other text in another. */
function fontsOf(slides: readonly ShownSlide[]): Pick<Look, 'major' | 'minor'> {
  const texts = slides.flatMap(({ items }) => items.filter((item): item is TextItem => item.type === 'text'));
  const firstOf = (role: TextItem['role']) =>
    texts.filter((text) => text.role === role).flatMap(({ paragraphs }) => paragraphs[0]?.runs ?? [])[0];
  const [title, text] = [firstOf('title'), firstOf('text')];
  const standard = { latin: 'Arial', chinese: 'Arial', isSerif: false };
  return { major: title === undefined ? standard : pairOf(title), minor: text === undefined ? standard : pairOf(text) };
}

/** What comes before the first section bears the deck's title; what comes after the last belongs to it no more. */
function sectionsOf({ title, slides }: DeckFile): Presentation['sections'] {
  const sections = [{ title, slides: 0 }];
  let isClosing = false;
  for (const { id, headline } of slides) {
    const closes: boolean = !isClosing && sections.length > 1 && CLOSING.test(id);
    if (id.startsWith('section.') || closes) sections.push({ title: headline, slides: 0 });
    isClosing ||= closes;
    const last = sections.at(-1);
    if (last !== undefined) last.slides += 1;
  }
  return sections;
}

const CLOSING = /^deck\.(?:glossary|related|sources)(?:\.|$)/;

interface Pictures {
  names: ReadonlyMap<PictureItem, string>;
  files: ReadonlyMap<string, Uint8Array>;
}

/** Photographs of what cannot be text, three times as large as shown; equal ones once. */
async function takePictures(page: Page, slides: readonly ShownSlide[]): Promise<Pictures> {
  const names = new Map<PictureItem, string>();
  const files = new Map<string, Uint8Array>();
  const items = slides.flatMap((slide) => slide.items.filter((item): item is PictureItem => item.type === 'picture'));
  const photographs = await photograph(
    page,
    items.map(({ clip }) => clip),
    3,
  );
  for (const [index, item] of items.entries()) {
    const bytes = photographs[index];
    if (bytes === undefined) throw new RangeError('fewer photographs than pictures');
    const name = `${sha256(bytes).slice(0, 16)}.png`;
    names.set(item, name);
    files.set(name, bytes);
  }
  return { names, files };
}
