import path from 'node:path';
import { stateOfOutput } from '../export/freshness.ts';
import { type OutputEntry, readManifest } from '../export/manifest.ts';
import { pickText } from '../model/text.ts';
import { isEmbargoed, isPublishable, selectExchanges } from '../plan/select.ts';
import { EXIT, type ExitCode } from '../shared/errors.ts';
import { toPosixRelative } from '../shared/paths.ts';
import { type DeckOutcome, makeDecks, orphanedDecks } from './decks.ts';
import { deckInputs } from './inputs.ts';
import { countProblems } from './problems.ts';
import type { Settings } from './settings.ts';
import { mustGo } from './withdraw.ts';
import { loadWorkspace, type Workspace } from './workspace.ts';

/** Coverage (theme by section, exchanges that no theme uses), what is kept out and why, and which decks and PDFs no longer match the content. */
export async function status(settings: Settings): Promise<ExitCode> {
  const { report } = settings;
  const workspace = await loadWorkspace(settings);
  const today = settings.now.toISOString().slice(0, 10);
  const coverage = coverageOf(workspace, today);
  const keptOut = keptOutOf(workspace, today);
  const withheld = workspace.corpus.withheld.map(({ interview, person, attribution }) => `${person} in ${interview}: ${attribution}`);
  const decks = await deckStates(workspace, settings);

  for (const line of coverageTable(coverage)) report.say(line);
  report.say('');
  sayList(report, 'exchanges in no theme', coverage.unused);
  sayList(report, 'kept out', keptOut);
  sayList(report, 'not named', withheld);
  report.say(`content: ${countProblems(workspace.problems).words}`);
  for (const { name, deck, pdf } of decks) report.say(`${name}: deck ${deck}, PDF ${pdf}`);
  report.summary({ command: 'status', exitCode: EXIT.done, ...coverage, keptOut, withheld, decks });
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
}

/** For every deck whether its file and its PDF are what the content makes today, or why not. */
async function deckStates(workspace: Workspace, settings: Settings): Promise<DeckState[]> {
  const [outputs, outcomes, orphans] = await Promise.all([
    readManifest(settings.folders.out),
    makeDecks(workspace, [], settings),
    orphanedDecks(workspace, settings),
  ]);
  const states = outcomes.map(async (outcome): Promise<DeckState> => {
    const { name } = outcome;
    return { name, deck: deckState(outcome), pdf: await pdfState(outcome, outputs[`${name}.pdf`], settings) };
  });
  const without = orphans.map((file) => ({
    name: toPosixRelative(settings.folders.slides, file),
    deck: 'without a theme',
    pdf: 'not made',
  }));
  return [...(await Promise.all(states)), ...without];
}

function deckState(outcome: DeckOutcome): string {
  if (outcome.state === 'empty') return outcome.current === null ? 'not made: nothing in it may be published' : WITHDRAWN;
  if (outcome.state !== 'ready') return mustGo(outcome) ? `${FORBIDDEN}: ${outcome.forbidden.join(', ')}` : 'cannot be generated';
  if (outcome.current === null) return 'missing';
  return outcome.current === outcome.markdown ? 'up to date' : CHANGED;
}

async function pdfState(outcome: DeckOutcome, output: OutputEntry | undefined, { folders }: Settings): Promise<string> {
  const found = output === undefined ? 'missing' : await stateOfOutput(path.join(folders.out, `${outcome.name}.pdf`), output);
  if (outcome.state === 'empty') return found === 'missing' ? 'not made' : WITHDRAWN;
  if (output === undefined || found === 'missing') return 'missing';
  if (outcome.current === null) return 'stale: its deck is missing';
  if (found === 'changed') return 'stale: the PDF was changed by somebody else';
  const inputs = await deckInputs(outcome.file, folders.templates);
  const changed = Object.keys(inputs).filter((name) => inputs[name] !== output.inputs[name]);
  if (changed.length > 0) return `stale: ${changed.join(', ')} changed`;
  return outcome.state === 'ready' && outcome.current === outcome.markdown ? 'up to date' : CHANGED;
}

const CHANGED = 'stale: the content has changed';
const FORBIDDEN = 'shows what may not be published';
const WITHDRAWN = 'stale: nothing in it may be published';

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
