/** Finds out whether an output is the one that `brief` would make now, and if not, why. */
import path from 'node:path';
import { identifyBrowser } from '../../export/browser/browser.ts';
import { exportKey, type KeyedJob, stateOfOutput } from '../../export/run/freshness.ts';
import { type OutputEntry, type Outputs, type SlideEntry, slideEntries } from '../../export/run/manifest.ts';
import type { PaperSize } from '../../model/outputs/paper.ts';
import { bookName } from '../../plan/context.ts';
import { sourcesVersion } from '../../shared/cache/program-version.ts';
import { kindOf } from '../../shared/disk/files.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { type DeckOutcome, whyNotReady } from '../decks/deck-outcome.ts';
import { listFiles } from '../decks/staleness.ts';
import { plural } from '../problems.ts';
import type { Settings } from '../settings.ts';
import type { Workspace } from '../workspace.ts';
import { prepareBook } from './format-book.ts';
import { prepareBriefing } from './format-briefing.ts';
import { prepareHandout } from './format-handout.ts';
import { type DeckFormat, fileOf } from './output-formats.ts';
import { prepareJob } from './prepare-job.ts';

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

/** An output as it would be made now. */
interface Wanted {
  name: string;
  /** `empty` when none of it may be published. */
  state: DeckOutcome['state'];
  /** Whether it can be made now. Otherwise only the last good version of its deck is available. */
  canBeMade: boolean;
  /**
   * Prepares the output as it was made before: light or dark, on the same paper. Returns `held` when it cannot be made from the last good
   * version; it then counts as fresh.
   */
  prepare: (then: OutputEntry) => Promise<{ job: KeyedJob } | { error: ExpectedError } | 'no-deck' | 'held'>;
}

/** Compares the output in the out folder with what would be made now. */
async function outputState({ name, state, canBeMade, prepare }: Wanted, outputs: Outputs, settings: Settings): Promise<PdfState> {
  const found = await findOutput(name, state, outputs, settings);
  if ('state' in found) return found;
  const { output } = found;
  const { look, paper } = output;
  const held: PdfState = { state: 'fresh', dark: look === 'dark', held: !canBeMade, ...(paper === undefined ? {} : { paper }) };
  const prepared = await prepare(output);
  if (prepared === 'held') return held;
  if (prepared === 'no-deck') return stale({ reason: 'no-deck' });
  if ('error' in prepared) return stale({ reason: 'unreadable', error: prepared.error.message });
  const browser = browserNow(settings) ?? output.browser;
  return exportKey(prepared.job, browser) === output.key ? held : { state: 'stale', why: reasons(prepared.job, output, browser) };
}

/** Returns the state of a deck's slides, pictures or presentation. */
export function deckOutputState(outcome: DeckOutcome, format: DeckFormat, outputs: Outputs, settings: Settings): Promise<PdfState> {
  return outputState(
    {
      name: fileOf(format, outcome.name),
      state: outcome.state,
      canBeMade: outcome.state === 'ready',
      async prepare({ look = 'light' }) {
        const deck = await textOf(outcome);
        if (deck === null) return 'no-deck';
        const prepared = await prepareJob(outcome.file, look, null, settings, deck);
        return 'error' in prepared ? prepared : { job: { ...prepared.job, format } };
      },
    },
    outputs,
    settings,
  );
}

/** Returns the state of a deck's handout. */
export function handoutState(outcome: DeckOutcome, outputs: Outputs, settings: Settings): Promise<PdfState> {
  return outputState(
    {
      name: fileOf('handout', outcome.name),
      state: outcome.state,
      canBeMade: outcome.state === 'ready',
      async prepare({ paper: size = 'a4' }) {
        const deck = await textOf(outcome);
        return deck === null ? 'no-deck' : prepareHandout(outcome.file, { size, hasGlyph: null, settings }, deck);
      },
    },
    outputs,
    settings,
  );
}

/** Returns the state of the briefing of a deck. */
export function briefingState(outcome: DeckOutcome, workspace: Workspace, outputs: Outputs, settings: Settings): Promise<PdfState> {
  const canBeMade = outcome.state === 'ready';
  return outputState(
    {
      name: fileOf('briefing', outcome.name),
      state: outcome.state,
      canBeMade,
      prepare: async ({ paper = 'a4' }) => (canBeMade ? prepareBriefing(outcome, workspace, paper, settings) : 'held'),
    },
    outputs,
    settings,
  );
}

/** Returns the state of a language's book, which needs all themes. */
export function bookState(
  lang: string,
  outcomes: readonly DeckOutcome[],
  workspace: Workspace,
  outputs: Outputs,
  settings: Settings,
): Promise<PdfState> {
  const chapters = outcomes.filter((outcome) => outcome.lang === lang);
  const canBeMade = chapters.every((outcome) => whyNotReady(outcome) === null);
  return outputState(
    {
      name: `${bookName(lang, workspace.corpus.baseLanguage)}.pdf`,
      state: chapters.every((outcome) => outcome.state === 'empty') ? 'empty' : 'ready',
      canBeMade,
      prepare: async ({ paper = 'a4' }) => (canBeMade ? prepareBook(lang, outcomes, workspace, paper, settings) : 'held'),
    },
    outputs,
    settings,
  );
}

/** Returns the text of the current deck, or of its last good version when it cannot be made. */
async function textOf(outcome: DeckOutcome): Promise<string | null> {
  return outcome.state === 'ready' ? outcome.markdown() : ((await outcome.current?.markdown()) ?? null);
}

/** Returns the manifest's entry of an output whose file is unchanged since, else the output's state. */
async function findOutput(
  name: string,
  state: DeckOutcome['state'],
  outputs: Outputs,
  settings: Settings,
): Promise<{ output: OutputEntry } | PdfState> {
  const file = path.join(settings.folders.out, name);
  const output = outputs[name];
  const found = output === undefined ? await kindOf(file) : await stateOfOutput(file, output);
  if (found === 'nothing' || found === 'missing') return { state: 'missing' };
  if (state === 'empty') return { state: 'withdrawn' };
  if (output === undefined) return stale({ reason: 'unknown' });
  return found === 'changed' ? stale({ reason: 'edited' }) : { output };
}

/** What a PDF consists of: slides, one per page; exchanges; or slides with notes, several per page. */
export type Unit = 'slide' | 'exchange' | 'handout';

/** Describes the state, for example `stale: slides 12, 13 changed (190-when-human-level.md)`. */
export function describePdf(pdf: PdfState, unit: Unit = 'slide'): string {
  switch (pdf.state) {
    case 'missing':
      return 'missing';
    case 'withdrawn':
      return 'stale: nothing in it may be published';
    case 'fresh':
      return `${pdf.held ? 'that of the last good deck' : 'up to date'}${pdf.dark ? ', dark' : ''}${pdf.paper === 'letter' ? ', Letter' : ''}`;
    case 'stale':
      return `stale: ${pdf.why.map((why) => describeReason(why, unit)).join('; ')}`;
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

function reasons(job: KeyedJob, output: OutputEntry, browser: string): PdfReason[] {
  const slides = slideReason(partsOf(job), output);
  const differs = (name: string) => job.inputs[name] !== output.inputs[name];
  const found: PdfReason[] = [
    ...(slides === null ? [] : [slides]),
    // Changed slides may have other pictures, which is not a separate reason.
    ...INPUTS[job.format]
      .filter((name) => differs(name) && (name !== 'images' || slides === null))
      .map((reason): PdfReason => ({ reason })),
    // Parts outside of exchanges: the title, the glossary, other themes, or the template.
    ...(job.format !== 'slides' && slides === null && differs('page') ? [{ reason: 'page' } as const] : []),
    // Other packages also change the program's version, which is not a separate reason.
    ...(output.program !== sourcesVersion() && !differs('packages') ? [{ reason: 'program' } as const] : []),
    ...(browser === output.browser ? [] : [{ reason: 'browser', before: output.browser, now: browser } as const]),
  ];
  return found.length > 0 ? found : [{ reason: 'settings' }];
}

const OF_DECKS = ['theme', 'packages', 'images'] as const;
const OF_PAPER = ['styles', 'packages', 'images'] as const;
const INPUTS = {
  slides: OF_DECKS,
  png: OF_DECKS,
  pptx: OF_DECKS,
  handout: ['theme', ...OF_PAPER],
  briefing: OF_PAPER,
  book: OF_PAPER,
} as const;

/** Returns slides with their pages, or the exchanges of a document, whose pages are not known yet. */
function partsOf(job: KeyedJob): Omit<SlideEntry, 'exchange'>[] {
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

const NOUNS: Readonly<Record<Unit, string>> = { slide: 'slide', exchange: 'exchange', handout: 'slide' };

function describeReason(why: PdfReason, unit: Unit): string {
  switch (why.reason) {
    case 'slides':
      return [describePages(why.changed, 'changed', unit), describePages(why.new, 'new', unit), describePages(why.gone, 'gone', unit)]
        .filter((part) => part !== '')
        .join(', ');
    case 'every-slide':
      return `all ${why.slides} ${NOUNS[unit]}s changed, as after a change of the templates`;
    case 'theme':
      return 'the theme (templates/theme) has changed';
    case 'styles':
      return `the style sheets (templates/${unit === 'handout' ? 'handout' : 'briefing'}) have changed`;
    case 'page':
      return unit === 'handout' ? 'its template or labels have changed' : 'its title, terms, other themes or template have changed';
    case 'packages':
      return 'installed packages (Slidev, fonts, tools) have changed';
    case 'images':
      return `a picture ${unit === 'exchange' ? 'in it' : 'on its slides'} has changed`;
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

function describePages(slides: readonly PdfSlide[], word: string, unit: Unit): string {
  if (slides.length === 0) return '';
  const files = listFiles(slides);
  // The pages of a document are not known before it is printed.
  if (unit !== 'slide') return `${plural(slides.length, NOUNS[unit])} ${word}${files === '' ? '' : ` (${files})`}`;
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
