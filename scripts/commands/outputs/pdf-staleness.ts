/** Finds out whether an output is the one that `brief` would make now, and if not, why. */
import path from 'node:path';
import { identifyBrowser } from '../../export/browser/browser.ts';
import type { Job } from '../../export/run/export-job.ts';
import { exportKey } from '../../export/run/freshness.ts';
import { type OutputEntry, type Outputs, type SlideEntry, slideEntries } from '../../export/run/manifest.ts';
import { outputFile, stateOfOutput } from '../../export/run/output-place.ts';
import type { PaperSize } from '../../model/outputs/paper.ts';
import { outputName } from '../../plan/context.ts';
import { sourcesVersion } from '../../shared/cache/program-version.ts';
import { kindOf } from '../../shared/disk/files.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { type DeckOutcome, whyNotReady } from '../decks/deck-outcome.ts';
import { listFiles } from '../decks/staleness.ts';
import { plural } from '../problems.ts';
import type { Settings } from '../settings.ts';
import type { Workspace } from '../workspace.ts';
import type { DeckOutput, Making, Output, Prepared, Subject } from './output.ts';

export type PdfState =
  | { state: 'missing' | 'withdrawn' }
  /** `held`: it shows the last good version of something that cannot be made now. */
  | { state: 'fresh'; dark: boolean; held: boolean; paper?: PaperSize }
  | { state: 'stale'; why: PdfReason[] };

export type PdfReason =
  | { reason: 'slides'; changed: PdfSlide[]; new: PdfSlide[]; gone: PdfSlide[] }
  | { reason: 'every-slide'; slides: number }
  | { reason: 'theme' | 'packages' | 'images' | 'styles' | 'page' | 'program' | 'settings' | 'edited' | 'unknown' | 'no-deck' }
  | { reason: 'browser'; before: string; now: string }
  | { reason: 'unreadable'; error: string };

/** The page in the PDF, or in the current deck for a new slide. */
interface PdfSlide {
  slide: string;
  page: number;
  file: string | null;
}

/** The state of an output in the out folder. */
export interface OutputState {
  format: Output;
  /** Its name without extension. */
  name: string;
  state: PdfState;
}

/** Returns the states of the outputs of decks, or of the languages of these decks. */
export function statesOf(
  format: Output,
  decks: readonly DeckOutcome[],
  workspace: Workspace,
  outputs: Outputs,
  settings: Settings,
): Promise<OutputState[]> {
  const subjects = format.from === 'content' ? format.subjects(decks, workspace) : decks.map((deck) => subjectOf(deck, format));
  return Promise.all(
    subjects.map(async (subject) => ({ format, name: subject.name, state: await stateOf(subject, format, outputs, settings) })),
  );
}

/** An output as it would be made now. */
type Now = Omit<Subject, 'prepare'> & { prepare: (making: Making) => Promise<Prepared | 'no-deck'> };

function subjectOf(deck: DeckOutcome, format: DeckOutput): Now {
  return {
    name: outputName(deck.name, format.suffix),
    isEmpty: deck.state === 'empty',
    lack: whyNotReady(deck),
    async prepare(making) {
      const text = await textOf(deck);
      return text === null ? 'no-deck' : format.prepare(deck.file, making, text);
    },
  };
}

/** Compares the output in the out folder with what would be made now in the same way: light or dark, on the same paper. */
async function stateOf({ name, isEmpty, lack, prepare }: Now, format: Output, outputs: Outputs, settings: Settings): Promise<PdfState> {
  const found = await findOutput(outputFile(format, name), isEmpty, outputs, settings);
  if ('state' in found) return found;
  const { output } = found;
  const { look = 'light', paper } = output;
  const held: PdfState = { state: 'fresh', dark: look === 'dark', held: lack !== null, ...(paper === undefined ? {} : { paper }) };
  // Only the last good version of a deck is kept, not that of the content.
  if (lack !== null && format.from === 'content') return held;
  const now = await prepare({ look, paper: paper ?? 'a4', hasGlyph: null, settings });
  if (now === 'no-deck') return stale({ reason: 'no-deck' });
  if ('error' in now) return stale({ reason: 'unreadable', error: now.error.message });
  const browser = browserNow(settings) ?? output.browser;
  return exportKey(now.job, browser) === output.key ? held : { state: 'stale', why: reasons(now.job, output, browser) };
}

/** Returns the text of the current deck, or of its last good version when it cannot be made. */
async function textOf(outcome: DeckOutcome): Promise<string | null> {
  return outcome.state === 'ready' ? outcome.markdown() : ((await outcome.current?.markdown()) ?? null);
}

/** Returns the manifest's entry of an output whose file is unchanged since, else the output's state. */
async function findOutput(
  name: string,
  isEmpty: boolean,
  outputs: Outputs,
  settings: Settings,
): Promise<{ output: OutputEntry } | PdfState> {
  const file = path.join(settings.folders.out, name);
  const output = outputs[name];
  const found = output === undefined ? await kindOf(file) : await stateOfOutput(file, output);
  if (found === 'nothing' || found === 'missing') return { state: 'missing' };
  if (isEmpty) return { state: 'withdrawn' };
  if (output === undefined) return stale({ reason: 'unknown' });
  return found === 'changed' ? stale({ reason: 'edited' }) : { output };
}

/** Describes the state, for example `stale: slides 12, 13 changed (190-when-human-level.md)`. */
export function describePdf({ state: pdf, format }: Omit<OutputState, 'name'>): string {
  switch (pdf.state) {
    case 'missing':
      return 'missing';
    case 'withdrawn':
      return 'stale: nothing in it may be published';
    case 'fresh':
      return `${pdf.held ? 'that of the last good deck' : 'up to date'}${pdf.dark ? ', dark' : ''}${pdf.paper === 'letter' ? ', Letter' : ''}`;
    case 'stale':
      return `stale: ${pdf.why.map((why) => describeReason(why, format)).join('; ')}`;
  }
}

function stale(why: PdfReason): PdfState {
  return { state: 'stale', why: [why] };
}

/** Returns null when no browser is found. That is not a reason, because no other PDF can be made then. */
function browserNow({ env }: Settings): string | null {
  try {
    return identifyBrowser({ explicit: null, env });
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

function reasons(job: Job, output: OutputEntry, browser: string): PdfReason[] {
  const slides = slideReason(partsOf(job), output);
  const differs = (name: string) => job.inputs[name] !== output.inputs[name];
  const found: PdfReason[] = [
    ...(slides === null ? [] : [slides]),
    // Changed slides may have other pictures, which is not a separate reason.
    ...INPUTS.filter((name) => differs(name) && (name !== 'images' || slides === null)).map((reason): PdfReason => ({ reason })),
    // Parts outside of exchanges: the title, the glossary, other themes, or the template.
    ...(slides === null && differs('page') ? [{ reason: 'page' } as const] : []),
    // Other packages also change the program's version, which is not a separate reason.
    ...(output.program !== sourcesVersion() && !differs('packages') ? [{ reason: 'program' } as const] : []),
    ...(browser === output.browser ? [] : [{ reason: 'browser', before: output.browser, now: browser } as const]),
  ];
  return found.length > 0 ? found : [{ reason: 'settings' }];
}

/** What has a name of its own in messages. Outputs have only some of them. */
const INPUTS = ['theme', 'styles', 'packages', 'images'] as const;

/** Returns slides with their pages, or the exchanges of a document, whose pages are not known yet. */
function partsOf(job: Job): Omit<SlideEntry, 'exchange'>[] {
  if ('deck' in job) return slideEntries(job.deck);
  return job.exchanges.map(({ id, file, hash }) => ({ slide: id, page: 0, file, hash }));
}

function slideReason(parts: readonly Omit<SlideEntry, 'exchange'>[], { slides }: OutputEntry): PdfReason | null {
  const now = new Map(parts.map((part) => [part.slide, part]));
  const then = new Set(slides.map(({ slide }) => slide));
  // Entries of earlier versions have no hashes. Which slides have changed is then unknown.
  const changed = slides.filter(({ slide, hash }) => now.has(slide) && hash !== undefined && now.get(slide)?.hash !== hash);
  const gone = slides.filter(({ slide }) => !now.has(slide));
  const added = [...now.values()].filter(({ slide }) => !then.has(slide));
  if (changed.length + gone.length + added.length === 0) return null;
  if (changed.length > 1 && changed.length === slides.length - gone.length) return { reason: 'every-slide', slides: changed.length };
  const plain = ({ slide, page, file }: PdfSlide): PdfSlide => ({ slide, page, file });
  return { reason: 'slides', changed: changed.map(plain), new: added.map(plain), gone: gone.map(plain) };
}

function describeReason(why: PdfReason, format: Output): string {
  const { part, onPaper } = format;
  switch (why.reason) {
    case 'slides':
      return [describePages(why.changed, 'changed', format), describePages(why.new, 'new', format), describePages(why.gone, 'gone', format)]
        .filter((part) => part !== '')
        .join(', ');
    case 'every-slide':
      return `all ${why.slides} ${part}s changed, as after a change of the templates`;
    case 'theme':
      return 'the theme (templates/theme) has changed';
    case 'styles':
      return `the style sheets (${onPaper?.styles}) have changed`;
    case 'page':
      return `${onPaper?.others} have changed`;
    case 'packages':
      return 'installed packages (Slidev, fonts, tools) have changed';
    case 'images':
      return `a picture ${part === 'exchange' ? 'in it' : 'on its slides'} has changed`;
    case 'browser':
      return `it was made by another browser (${why.before}; now ${why.now})`;
    case 'program':
      return 'it was made by another version of Briefdeck';
    case 'settings':
      return 'it was made with another date or title';
    case 'edited':
      return 'it was changed by somebody else';
    case 'unknown':
      return 'manifest.json does not know what it was made from';
    case 'no-deck':
      return 'its deck is missing';
    case 'unreadable':
      return `its deck cannot be used: ${why.error}`;
  }
}

function describePages(slides: readonly PdfSlide[], word: string, { part, onPaper }: Output): string {
  if (slides.length === 0) return '';
  const files = listFiles(slides);
  // The pages of what is laid out on paper are not known before it is printed.
  if (onPaper !== null) return `${plural(slides.length, part)} ${word}${files === '' ? '' : ` (${files})`}`;
  return `${slides.length === 1 ? 'slide' : 'slides'} ${pageRanges(slides.map(({ page }) => page))} ${word}${files === '' ? '' : ` (${files})`}`;
}

/** Returns, for example, `3, 12–14, 20`. */
function pageRanges(pages: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === page - 1) last[1] = page;
    else ranges.push([page, page]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`)).join(', ');
}
