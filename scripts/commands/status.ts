import path from 'node:path';
import { type Outputs, readManifest } from '../export/run/manifest.ts';
import { bookName } from '../plan/context.ts';
import { isEmbargoed } from '../plan/select.ts';
import { EXIT, type ExitCode } from '../shared/errors.ts';
import { pathFromHere, toPosixRelative } from '../shared/paths.ts';
import type { DeckOutcome } from './decks/deck-outcome.ts';
import { makeDecks, orphanedDecks } from './decks/decks.ts';
import { type DeckStaleness, deckStaleness, describeSlides, describeStaleness } from './decks/staleness.ts';
import { coverageOf, coverageTable } from './decks/theme-coverage.ts';
import { forbiddenOutputs, mustGo, strangersThatName } from './decks/withdraw.ts';
import {
  bookState,
  briefingState,
  deckOutputState,
  describePdf,
  handoutState,
  type PdfReason,
  type PdfState,
  type Unit,
} from './outputs/pdf-staleness.ts';
import { countProblems } from './problems.ts';
import type { Settings } from './settings.ts';
import { loadWorkspace, type Workspace } from './workspace.ts';

/**
 * Reports coverage (theme by section, exchanges that no theme uses), what is kept out and why, and which decks and outputs no longer match
 * the content.
 */
export async function status(settings: Settings): Promise<ExitCode> {
  const { report } = settings;
  const workspace = await loadWorkspace(settings);
  const today = settings.now.toISOString().slice(0, 10);
  const coverage = coverageOf(workspace, today);
  const keptOut = keptOutOf(workspace, today);
  const suggested = workspace.corpus.exchanges.filter((exchange) => exchange.suggested.length > 0);
  const withheld = workspace.corpus.withheld.map(({ interview, person, attribution }) => `${person} in ${interview}: ${attribution}`);
  const { decks, books, forbidden } = await outputStates(workspace, settings);

  for (const line of coverageTable(coverage)) report.say(line);
  report.say('');
  sayList(report, 'exchanges in no theme', coverage.unused);
  if (suggested.length > 0)
    sayList(
      report,
      'suggested tags (move them to `tags`, or import with --suggest-tags)',
      suggested.map(({ file, suggested: tags }) => `${file}: ${tags.join(', ')}`),
    );
  sayList(report, 'kept out', keptOut);
  sayList(report, 'not named', withheld);
  if (forbidden.length > 0)
    sayList(report, 'outputs that show what may not be published any more (generate takes back those that nobody has changed)', forbidden);
  report.say(`content: ${countProblems(workspace.problems).words}`);
  for (const { name, deck, why, ...outputs } of decks) {
    // Reasons are long, so each has its own line.
    const short = Object.values(why).every((reasons) => reasons === null);
    const lines = LABELS.flatMap(([key, label]) => (outputs[key] === undefined ? [] : [`${label} ${outputs[key]}`]));
    report.say([`${name}: deck ${deck}`, ...(short ? lines : [])].join(', '));
    for (const line of short ? [] : lines) report.say(`  ${line}`);
  }
  for (const { name, state } of books) report.say(`${name}: ${state}`);
  const words = decks.flatMap(({ deck, ...outputs }) => [deck, ...LABELS.map(([key]) => outputs[key] ?? '')]);
  if ([...words, ...books.map(({ state }) => state)].some((each) => /^(stale|missing)/.test(each)))
    report.say('npm run brief makes again what is stale or missing');
  report.summary({
    command: 'status',
    exitCode: EXIT.done,
    ...coverage,
    suggested: suggested.map(({ file, suggested: tags }) => ({ file, tags })),
    keptOut,
    withheld,
    decks,
    books,
    forbidden,
  });
  return EXIT.done;
}

function keptOutOf({ corpus }: Workspace, today: string): string[] {
  const drafts = corpus.exchanges.filter(({ draft }) => draft).map(({ file }) => `${file}: a draft`);
  const embargoed = corpus.interviews
    .filter((interview) => isEmbargoed(interview, today))
    .map(({ file, embargo }) => `${file}: under embargo until ${embargo}`);
  const broken = corpus.broken.map(({ file }) => `${file}: has errors`);
  return [...embargoed, ...drafts, ...broken];
}

interface DeckState {
  name: string;
  deck: string;
  pdf: string;
  briefing: string;
  /** Only present when they exist: they are made only on request. */
  handout?: string;
  png?: string;
  pptx?: string;
  /** The reason, as data. Null when there is none. */
  why: {
    deck: DeckStaleness | null;
    pdf: PdfReason[] | null;
    briefing: PdfReason[] | null;
    handout?: PdfReason[] | null;
    png?: PdfReason[] | null;
    pptx?: PdfReason[] | null;
  };
}

interface BookState {
  name: string;
  state: string;
  why: PdfReason[] | null;
}

const LABELS = [
  ['pdf', 'PDF'],
  ['briefing', 'briefing'],
  ['handout', 'handout'],
  ['png', 'pictures'],
  ['pptx', 'presentation'],
] as const;

/** Returns the outputs of a deck that are made only on request. Missing ones are left out. */
async function extrasOf(outcome: DeckOutcome, outputs: Outputs, settings: Settings): Promise<['handout' | 'png' | 'pptx', PdfState][]> {
  const states: ['handout' | 'png' | 'pptx', PdfState][] = [
    ['handout', await handoutState(outcome, outputs, settings)],
    ['png', await deckOutputState(outcome, 'png', outputs, settings)],
    ['pptx', await deckOutputState(outcome, 'pptx', outputs, settings)],
  ];
  return states.filter(([, { state }]) => state !== 'missing');
}

/** Returns whether file, PDF and briefing of every deck match the content, and if not, why; also for every existing book. */
async function outputStates(
  workspace: Workspace,
  settings: Settings,
): Promise<{ decks: DeckState[]; books: BookState[]; forbidden: string[] }> {
  const [outputs, outcomes, orphans] = await Promise.all([
    readManifest(settings.folders.out),
    makeDecks(workspace, [], settings),
    orphanedDecks(workspace, settings),
  ]);
  const states = outcomes.map(async (outcome): Promise<DeckState> => {
    const why = await deckStaleness(outcome);
    const pdf = await deckOutputState(outcome, 'slides', outputs, settings);
    const extras = await extrasOf(outcome, outputs, settings);
    const briefing = await briefingState(outcome, workspace, outputs, settings);
    const words = (state: PdfState, unit: Unit) =>
      outcome.state === 'empty' && state.state === 'missing' ? 'not made' : describePdf(state, unit);
    const reasons = (state: PdfState) => (state.state === 'stale' ? state.why : null);
    return {
      name: outcome.name,
      deck: deckState(outcome, why),
      pdf: words(pdf, 'slide'),
      briefing: words(briefing, 'exchange'),
      ...Object.fromEntries(extras.map(([format, state]) => [format, words(state, format === 'handout' ? format : 'slide')])),
      why: {
        deck: why,
        pdf: reasons(pdf),
        briefing: reasons(briefing),
        ...Object.fromEntries(extras.map(([format, state]) => [format, reasons(state)])),
      },
    };
  });
  const without = orphans.map((file) => ({
    name: toPosixRelative(settings.folders.slides, file),
    deck: 'without a theme',
    pdf: 'not made',
    briefing: 'not made',
    why: { deck: { reason: 'no-theme' } as const, pdf: null, briefing: null },
  }));
  const books = workspace.languages.map(async (lang): Promise<BookState[]> => {
    const state = await bookState(lang, outcomes, workspace, outputs, settings);
    if (state.state === 'missing') return [];
    const why = state.state === 'stale' ? state.why : null;
    return [{ name: bookName(lang, workspace.corpus.baseLanguage), state: describePdf(state, 'exchange'), why }];
  });
  const names = await forbiddenOutputs(outcomes, workspace, settings);
  const files = [...names.map((name) => path.join(settings.folders.out, name)), ...(await strangersThatName(workspace, settings))];
  const forbidden = files.map(pathFromHere);
  return { decks: [...(await Promise.all(states)), ...without], books: (await Promise.all(books)).flat(), forbidden };
}

function deckState(outcome: DeckOutcome, why: DeckStaleness | null): string {
  switch (outcome.state) {
    case 'empty':
      return outcome.current === null ? 'not made: nothing in it may be published' : 'stale: nothing in it may be published';
    case 'held': {
      const stays =
        outcome.current === null
          ? 'there is no earlier version'
          : mustGo(outcome)
            ? `its last version shows what may not be published: ${outcome.forbidden.join(', ')}`
            : 'the last good version stays';
      return `cannot be generated: errors in ${outcome.because.join(', ')}; ${stays}`;
    }
    case 'failed':
      return `cannot be generated: ${outcome.error.message}`;
    case 'ready':
      if (why === null) return 'up to date';
      if (why.reason === 'missing') return 'missing';
      return `stale: ${why.reason === 'slides' ? describeSlides(why) : `it ${describeStaleness(why)}`}`;
  }
}

function sayList(report: Settings['report'], what: string, items: readonly string[]): void {
  report.say(`${what}: ${items.length === 0 ? 'none' : ''}`);
  for (const item of items) report.say(`  ${item}`);
}
