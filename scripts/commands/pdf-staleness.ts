/** Whether a PDF is the one that `brief` would make now, and if not, why. */
import path from 'node:path';
import { identifyBrowser } from '../export/browser.ts';
import type { DeckJob } from '../export/export-job.ts';
import { exportKey, stateOfOutput } from '../export/freshness.ts';
import type { OutputEntry, Outputs } from '../export/manifest.ts';
import { ExpectedError } from '../shared/errors.ts';
import { kindOf } from '../shared/files.ts';
import type { DeckOutcome } from './decks.ts';
import { prepareJob } from './prepare-job.ts';
import type { Settings } from './settings.ts';
import { listFiles } from './staleness.ts';

export type PdfState =
  | { state: 'missing' | 'withdrawn' }
  /** `held`: it shows the last good version of a deck that cannot be generated now. */
  | { state: 'fresh'; dark: boolean; held: boolean }
  | { state: 'stale'; why: PdfReason[] };

export type PdfReason =
  | { reason: 'slides'; changed: PdfSlide[]; new: PdfSlide[]; gone: PdfSlide[] }
  | { reason: 'every-slide'; slides: number }
  | { reason: 'theme' | 'packages' | 'images' | 'settings' | 'edited' | 'unknown' | 'no-deck' }
  | { reason: 'browser'; before: string; now: string }
  | { reason: 'unreadable'; error: string };

/** Counted in the PDF, or in the deck of now when it is new. */
interface PdfSlide {
  slide: string;
  page: number;
  file: string | null;
}

/** What of a deck's PDF stands in the out folder, compared with what the deck would give now. */
export async function pdfState(outcome: DeckOutcome, outputs: Outputs, settings: Settings): Promise<PdfState> {
  const name = `${outcome.name}.pdf`;
  const file = path.join(settings.folders.out, name);
  const output = outputs[name];
  const found = output === undefined ? await kindOf(file) : await stateOfOutput(file, output);
  if (found === 'nothing' || found === 'missing') return { state: 'missing' };
  if (outcome.state === 'empty') return { state: 'withdrawn' };
  if (output === undefined) return stale({ reason: 'unknown' });
  if (found === 'changed') return stale({ reason: 'edited' });
  const deck = outcome.state === 'ready' ? await outcome.markdown() : ((await outcome.current?.markdown()) ?? null);
  if (deck === null) return stale({ reason: 'no-deck' });
  const look = output.look ?? 'light';
  // Which characters the fonts lack follows from deck and theme: it makes no difference of its own.
  const prepared = await prepareJob(outcome.file, look, async () => () => true, settings, deck);
  if ('error' in prepared) return stale({ reason: 'unreadable', error: prepared.error.message });
  const browser = browserNow(settings) ?? output.browser;
  if (exportKey(prepared.job, browser) === output.key) return { state: 'fresh', dark: look === 'dark', held: outcome.state !== 'ready' };
  return { state: 'stale', why: reasons(prepared.job, output, browser) };
}

/** In words: `stale: slides 12, 13 changed (190-when-human-level.md)`. */
export function describePdf(pdf: PdfState): string {
  switch (pdf.state) {
    case 'missing':
      return 'missing';
    case 'withdrawn':
      return 'stale: nothing in it may be published';
    case 'fresh':
      return `${pdf.held ? 'that of the last good deck' : 'up to date'}${pdf.dark ? ', dark' : ''}`;
    case 'stale':
      return `stale: ${pdf.why.map(describeReason).join('; ')}`;
  }
}

function stale(why: PdfReason): PdfState {
  return { state: 'stale', why: [why] };
}

/** Null where no browser is found: then it is no reason, for no other PDF can be made. */
function browserNow({ env }: Settings): string | null {
  try {
    return identifyBrowser({ explicit: null, env });
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

function reasons(job: DeckJob, output: OutputEntry, browser: string): PdfReason[] {
  const slides = slideReason(job, output);
  const inputs = (['theme', 'packages', 'images'] as const).filter((name) => job.inputs[name] !== output.inputs[name]);
  const found: PdfReason[] = [
    ...(slides === null ? [] : [slides]),
    // Other slides may have other pictures: that is no reason of its own.
    ...inputs.filter((name) => name !== 'images' || slides === null).map((reason): PdfReason => ({ reason })),
    ...(browser === output.browser ? [] : [{ reason: 'browser', before: output.browser, now: browser } as const]),
  ];
  return found.length > 0 ? found : [{ reason: 'settings' }];
}

function slideReason({ deck }: DeckJob, { slides }: OutputEntry): PdfReason | null {
  const now = new Map(deck.slides.map(({ id, hash, source }, index) => [id, { slide: id, page: index + 1, file: source, hash }]));
  const then = new Set(slides.map(({ slide }) => slide));
  // Entries of earlier versions have no hashes: then it is not known which slides have changed.
  const changed = slides.filter(({ slide, hash }) => now.has(slide) && hash !== undefined && now.get(slide)?.hash !== hash);
  const gone = slides.filter(({ slide }) => !now.has(slide));
  const added = [...now.values()].filter(({ slide }) => !then.has(slide));
  if (changed.length + gone.length + added.length === 0) return null;
  if (changed.length > 1 && changed.length === slides.length - gone.length) return { reason: 'every-slide', slides: changed.length };
  const plain = ({ slide, page, file }: PdfSlide): PdfSlide => ({ slide, page, file });
  return { reason: 'slides', changed: changed.map(plain), new: added.map(plain), gone: gone.map(plain) };
}

function describeReason(why: PdfReason): string {
  switch (why.reason) {
    case 'slides':
      return [describePages(why.changed, 'changed'), describePages(why.new, 'new'), describePages(why.gone, 'gone')]
        .filter((part) => part !== '')
        .join(', ');
    case 'every-slide':
      return `all ${why.slides} slides changed, as after a change of the templates`;
    case 'theme':
      return 'the theme (templates/theme) has changed';
    case 'packages':
      return 'installed packages (Slidev, fonts, tools) have changed';
    case 'images':
      return 'a picture on its slides has changed';
    case 'browser':
      return `it was made by another browser (${why.before}; now ${why.now})`;
    case 'settings':
      return 'it was made with another date, title or version of the tools';
    case 'edited':
      return 'the PDF was changed by somebody else';
    case 'unknown':
      return 'manifest.json does not know what it was made from';
    case 'no-deck':
      return 'its deck is missing';
    case 'unreadable':
      return `its deck cannot be used: ${why.error}`;
  }
}

function describePages(slides: readonly PdfSlide[], word: string): string {
  if (slides.length === 0) return '';
  const files = listFiles(slides);
  return `${slides.length === 1 ? 'slide' : 'slides'} ${pageRanges(slides.map(({ page }) => page))} ${word}${files === '' ? '' : ` (${files})`}`;
}

/** `3, 12–14, 20`. */
function pageRanges(pages: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === page - 1) last[1] = page;
    else ranges.push([page, page]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`)).join(', ');
}
