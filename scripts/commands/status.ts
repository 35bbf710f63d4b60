import path from 'node:path';
import { readManifest } from '../export/run/manifest.ts';
import { isEmbargoed } from '../model/consent.ts';
import { EXIT, type ExitCode } from '../shared/errors.ts';
import { pathFromHere, toPosixRelative } from '../shared/paths.ts';
import { type DeckOutcome, mustGo } from './decks/deck-outcome.ts';
import { makeDecks, orphanedDecks } from './decks/decks.ts';
import { type DeckStaleness, deckStaleness, describeSlides, describeStaleness } from './decks/staleness.ts';
import { coverageOf, coverageTable } from './decks/theme-coverage.ts';
import { forbiddenOutputs, strangersThatName } from './decks/withdraw.ts';
import type { Output } from './outputs/output.ts';
import { DEFAULT_FORMATS, loadFormats } from './outputs/output-formats.ts';
import { describePdf, type OutputState, type PdfReason, statesOf } from './outputs/pdf-staleness.ts';
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
  for (const { name, deck, outputs } of decks) {
    // Reasons are long, so each has its own line.
    const short = outputs.every(({ why }) => why === null) && deck.why === null;
    const lines = outputs.map(({ label, words }) => `${label} ${words}`);
    report.say([`${name}: deck ${deck.words}`, ...(short ? lines : [])].join(', '));
    for (const line of short ? [] : lines) report.say(`  ${line}`);
  }
  for (const { name, words } of books) report.say(`${name}: ${words}`);
  const all = [...decks.flatMap(({ deck, outputs }) => [deck, ...outputs]), ...books];
  if (all.some(({ words }) => /^(stale|missing)/.test(words))) report.say('npm run brief makes again what is stale or missing');
  report.summary({
    command: 'status',
    exitCode: EXIT.done,
    ...coverage,
    suggested: suggested.map(({ file, suggested: tags }) => ({ file, tags })),
    keptOut,
    withheld,
    decks: decks.map(deckAsJson),
    books: books.map(({ name, words, why }) => ({ name, state: words, why })),
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
  deck: { words: string; why: DeckStaleness | null };
  outputs: StateInWords[];
}

/** The state of an output. `why` is the reasons as data; null when there are none. */
interface StateInWords {
  name: string;
  key: string;
  label: string;
  words: string;
  why: PdfReason[] | null;
}

function inWords(output: OutputState): StateInWords {
  const { name, format, state } = output;
  return { name, ...format.status, words: describePdf(output), why: state.state === 'stale' ? state.why : null };
}

function deckAsJson({ name, deck, outputs }: DeckState): object {
  return {
    name,
    deck: deck.words,
    ...Object.fromEntries(outputs.map(({ key, words }) => [key, words])),
    why: { deck: deck.why, ...Object.fromEntries(outputs.map(({ key, why }) => [key, why])) },
  };
}

/** Returns whether the deck and its outputs match the content, and if not, why; also for every existing book. */
async function outputStates(
  workspace: Workspace,
  settings: Settings,
): Promise<{ decks: DeckState[]; books: StateInWords[]; forbidden: string[] }> {
  const [formats, expected, outputs, outcomes, orphans] = await Promise.all([
    loadFormats(),
    loadFormats(DEFAULT_FORMATS),
    readManifest(settings.folders.out),
    makeDecks(workspace, [], settings),
    orphanedDecks(workspace, settings),
  ]);
  const statesIn = async (per: Output['per'], decks: readonly DeckOutcome[]): Promise<OutputState[]> => {
    const own = formats.filter((format) => format.per === per);
    return (await Promise.all(own.map((format) => statesOf(format, decks, workspace, outputs, settings)))).flat();
  };
  const isMissing = ({ state }: OutputState) => state.state === 'missing';
  const notMade = { words: 'not made', why: null };
  const states = outcomes.map(async (outcome): Promise<DeckState> => {
    const why = await deckStaleness(outcome);
    // Outputs that are made only on request are left out when they are missing.
    const found = (await statesIn('deck', [outcome])).filter((each) => expected.includes(each.format) || !isMissing(each));
    const ofDeck = found.map((each) => ({ ...inWords(each), ...(outcome.state === 'empty' && isMissing(each) ? notMade : {}) }));
    return { name: outcome.name, deck: { words: deckState(outcome, why), why }, outputs: ofDeck };
  });
  const without = orphans.map((file): DeckState => {
    const name = toPosixRelative(settings.folders.slides, file);
    const ofDeck = expected.map(({ status: names }) => ({ name, ...names, ...notMade }));
    return { name, deck: { words: 'without a theme', why: { reason: 'no-theme' } }, outputs: ofDeck };
  });
  const books = (await statesIn('language', outcomes)).filter((each) => !isMissing(each)).map(inWords);
  const names = await forbiddenOutputs(outcomes, workspace, settings);
  const files = [...names.map((name) => path.join(settings.folders.out, name)), ...(await strangersThatName(workspace, settings))];
  const forbidden = files.map(pathFromHere);
  return { decks: [...(await Promise.all(states)), ...without], books, forbidden };
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
