import { type Outputs, readManifest } from '../export/manifest.ts';
import { pickText } from '../model/text.ts';
import { bookName } from '../plan/context.ts';
import { isEmbargoed, isPublishable, selectExchanges } from '../plan/select.ts';
import { EXIT, type ExitCode } from '../shared/errors.ts';
import { toPosixRelative } from '../shared/paths.ts';
import type { DeckOutcome } from './deck-outcome.ts';
import { makeDecks } from './decks.ts';
import { orphanedDecks } from './orphaned-decks.ts';
import {
  bookState,
  briefingState,
  deckOutputState,
  describePdf,
  handoutState,
  type PdfReason,
  type PdfState,
  type Unit,
} from './pdf-staleness.ts';
import { countProblems } from './problems.ts';
import type { Settings } from './settings.ts';
import { type DeckStaleness, deckStaleness, describeSlides, describeStaleness } from './staleness.ts';
import { mustGo } from './withdraw.ts';
import { loadWorkspace, type Workspace } from './workspace.ts';

/** Coverage (theme by section, exchanges that no theme uses), what is kept out and why, and which decks and outputs no longer match the content. */
export async function status(settings: Settings): Promise<ExitCode> {
  const { report } = settings;
  const workspace = await loadWorkspace(settings);
  const today = settings.now.toISOString().slice(0, 10);
  const coverage = coverageOf(workspace, today);
  const keptOut = keptOutOf(workspace, today);
  const suggested = workspace.corpus.exchanges.filter((exchange) => exchange.suggested.length > 0);
  const withheld = workspace.corpus.withheld.map(({ interview, person, attribution }) => `${person} in ${interview}: ${attribution}`);
  const { decks, books } = await outputStates(workspace, settings);

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
  report.say(`content: ${countProblems(workspace.problems).words}`);
  for (const { name, deck, why, ...outputs } of decks) {
    // Reasons are long: each has a line to itself.
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
  });
  return EXIT.done;
}

interface Coverage {
  themes: { id: string; title: string }[];
  sections: { interview: string; id: string; title: string; exchanges: number; byTheme: number[] }[];
  /** Content files of exchanges that no theme takes. */
  unused: string[];
}

function coverageOf({ corpus, languages }: Workspace, today: string): Coverage {
  const lang = languages[0] ?? corpus.baseLanguage;
  const selections = corpus.themes.map((theme) => new Set(selectExchanges(corpus, theme, today).map(({ exchange }) => exchange)));
  const sections = corpus.interviews.flatMap((interview) => {
    const titles = pickText(interview.text, lang, interview.lang).value.sections;
    return [...titles, { id: '', title: '(no section)' }].map(({ id, title }) => {
      const inside = corpus.exchanges.filter((exchange) => exchange.interview === interview.id && (exchange.section ?? '') === id);
      return {
        interview: interview.id,
        id,
        title,
        exchanges: inside.length,
        byTheme: selections.map((selection) => inside.filter((exchange) => selection.has(exchange)).length),
      };
    });
  });
  const interviews = new Map(corpus.interviews.map((interview) => [interview.id, interview]));
  const unused = corpus.exchanges.filter((exchange) => {
    const interview = interviews.get(exchange.interview);
    return interview !== undefined && isPublishable(exchange, interview, today) && !selections.some((selection) => selection.has(exchange));
  });
  return {
    themes: corpus.themes.map((theme) => ({ id: theme.id, title: pickText(theme.text, lang, corpus.baseLanguage).value.title })),
    sections: sections.filter(({ exchanges }) => exchanges > 0),
    unused: unused.map(({ file }) => file),
  };
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
  /** Only where there are any: they are not made unless asked for. */
  handout?: string;
  png?: string;
  pptx?: string;
  /** Why, as data; null where there is nothing to say. */
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

/** Outputs of a deck that are not made unless asked for: nobody misses one. */
async function extrasOf(outcome: DeckOutcome, outputs: Outputs, settings: Settings): Promise<['handout' | 'png' | 'pptx', PdfState][]> {
  const states: ['handout' | 'png' | 'pptx', PdfState][] = [
    ['handout', await handoutState(outcome, outputs, settings)],
    ['png', await deckOutputState(outcome, 'png', outputs, settings)],
    ['pptx', await deckOutputState(outcome, 'pptx', outputs, settings)],
  ];
  return states.filter(([, { state }]) => state !== 'missing');
}

/** For every deck whether its file, its PDF and its briefing are what the content makes today, or why not; and for every book that there is. */
async function outputStates(workspace: Workspace, settings: Settings): Promise<{ decks: DeckState[]; books: BookState[] }> {
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
  return { decks: [...(await Promise.all(states)), ...without], books: (await Promise.all(books)).flat() };
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

function coverageTable({ themes, sections }: Coverage): string[] {
  const rows = [
    ['exchanges by section', 'all', ...themes.map(({ title }) => title)],
    ...sections.map(({ title, exchanges, byTheme }) => [
      title,
      String(exchanges),
      ...byTheme.map((count) => (count === 0 ? '-' : String(count))),
    ]),
  ];
  const total = (pick: (section: Coverage['sections'][number]) => number) =>
    String(sections.reduce((sum, section) => sum + pick(section), 0));
  rows.push(['all', total(({ exchanges }) => exchanges), ...themes.map((_, index) => total(({ byTheme }) => byTheme[index] ?? 0))]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => columns(row[column] ?? '')))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell + ' '.repeat((widths[0] ?? 0) - columns(cell)) : ' '.repeat((widths[column] ?? 0) - columns(cell)) + cell,
      )
      .join('  '),
  );
}

/** Columns that text takes in a terminal: ideographs take two. */
function columns(text: string): number {
  return [...text].reduce((sum, c) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(c) ? 2 : 1), 0);
}

function sayList(report: Settings['report'], what: string, items: readonly string[]): void {
  report.say(`${what}: ${items.length === 0 ? 'none' : ''}`);
  for (const item of items) report.say(`  ${item}`);
}
