import path from 'node:path';
import type { BrowserDescription } from '../export/browser.ts';
import { type ExportEvent, type ExportOutcome, type ExportResult, exportDecks } from '../export/export-decks.ts';
import { recordFailures } from '../export/manifest.ts';
import type { Session } from '../export/session.ts';
import { readDeckHead } from '../render/read-sources.ts';
import { EXIT, type ExitCode, ExpectedError } from '../shared/errors.ts';
import { kindOf, namesIn, readIfThere } from '../shared/files.ts';
import { pathFromHere } from '../shared/paths.ts';
import { knownNames } from '../shared/suggestion.ts';
import { keepDeckFiles } from './deck-files.ts';
import { whileLocked } from './folder-lock.ts';
import { sharedInputs } from './inputs.ts';
import { type Glyphs, glyphsOf, prepareJob } from './prepare-job.ts';
import type { Settings } from './settings.ts';

export interface ExportOptions {
  force: boolean;
  /** Slides as Slidev's toggle shows them in the dark. */
  dark: boolean;
  /** Longest time for one deck, in milliseconds. */
  timeout: number;
  browser: string | null;
  /** A session that stays open between exports; what is fresh is then not said each time. */
  session?: () => Promise<Session>;
}

/** Decks in the slides folder to PDFs. Exit code 1 when a deck failed; the others are delivered. */
export async function exportCommand(themes: string[], options: ExportOptions, settings: Settings): Promise<ExitCode> {
  const files = await findDecks(themes, settings);
  const results = await exportDeckFiles(files, options, settings);
  const exitCode = results.some(({ status }) => status === 'failed') ? EXIT.failed : EXIT.done;
  settings.report.summary({ command: 'export', exitCode, outputs: results.map(resultAsJson) });
  return exitCode;
}

/** File names of outputs that are not even tried, and why; null where there is to be none. */
export type NotTried = Record<string, string | null>;

/** Exports the decks in the given files and says one line for each. A file that cannot be read fails alone. */
export async function exportDeckFiles(
  files: readonly string[],
  options: ExportOptions,
  settings: Settings,
  notTried: NotTried = {},
): Promise<ExportResult[]> {
  const { folders, report } = settings;
  return whileLocked(folders.out, settings, async () => {
    const progress = report.progress(files.length, 'exporting');
    let browserSaid = false;
    const onEvent = (event: ExportEvent) => {
      if (event.type === 'fresh' && options.session !== undefined) return;
      if (event.type !== 'browser' || !browserSaid) sayEvent(event, progress, report);
      browserSaid ||= event.type === 'browser';
    };
    try {
      await recordFailures(folders.out, notTried);
      const results = new Map<string, ExportResult>();
      let left = files;
      const hasGlyph = glyphsOf(path.join(folders.templates, 'theme'));
      for (let attempt = 1; left.length > 0; attempt += 1) {
        const outcomes = await exportOnce(left, { options, settings, hasGlyph, onEvent });
        for (const [file, outcome] of outcomes) if (outcome.status !== 'outdated') results.set(file, outcome);
        left = left.filter((file) => !results.has(file));
        for (const file of left) {
          const deck = deckName(file);
          if (attempt < ATTEMPTS) onEvent({ type: 'retry', deck, reason: 'it was changed while it was exported' });
          else results.set(file, await fail({ deck, error: new ExpectedError(...everChanging) }, folders.out, onEvent));
        }
        if (attempt === ATTEMPTS) break;
      }
      return files.flatMap((file) => results.get(file) ?? []);
    } finally {
      progress.end();
    }
  });
}

/** How often a deck is tried that is changed while it is exported. */
const ATTEMPTS = 4;
const everChanging: ConstructorParameters<typeof ExpectedError> = [
  'its deck, its images or the theme were changed again and again while it was exported',
  { hint: 'run export again when nothing writes to them' },
];

interface Round {
  options: ExportOptions;
  settings: Settings;
  hasGlyph: Glyphs;
  onEvent: (event: ExportEvent) => void;
}

/** The outcome of each file. */
async function exportOnce(files: readonly string[], { options, settings, hasGlyph, onEvent }: Round): Promise<Map<string, ExportOutcome>> {
  const { folders, signal, env } = settings;
  const shared = sharedInputs(folders.templates);
  // Each job that waits for it has its failure.
  shared.catch(() => {});
  const prepared = await Promise.all(
    files.map((file) => prepareJob(file, options.dark ? 'dark' : 'light', hasGlyph, settings, null, shared)),
  );
  await keepDeckFiles(folders.slides);
  const outcomes = new Map<string, ExportOutcome>();
  for (const each of prepared) if ('error' in each) outcomes.set(each.file, await fail(each, folders.out, onEvent));
  const jobs = prepared.flatMap((each) => ('job' in each ? [each.job] : []));
  if (jobs.length === 0) return outcomes;
  const exported = await exportDecks(jobs, {
    out: folders.out,
    force: options.force,
    timeout: options.timeout,
    browser: options.browser,
    env,
    assets: [folders.content],
    theme: path.join(folders.templates, 'theme'),
    signal,
    ...(options.session === undefined ? {} : { session: options.session }),
    onEvent,
  });
  const fileOf = new Map(jobs.map(({ deck }) => [deck.name, deck.file]));
  for (const outcome of exported) outcomes.set(fileOf.get(outcome.deck) ?? outcome.deck, outcome);
  return outcomes;
}

/** Says and puts down that a deck cannot be exported. */
async function fail(
  { deck, error }: { deck: string; error: ExpectedError },
  out: string,
  onEvent: Round['onEvent'],
): Promise<ExportResult> {
  await recordFailures(out, { [`${deck}.pdf`]: error.message });
  onEvent({ type: 'failed', deck, error });
  return { status: 'failed', deck, error };
}

const deckName = (file: string) => path.basename(file, '.md');

/** Results as the JSON summary gives them. */
export function resultAsJson(result: ExportResult): object {
  if (result.status === 'failed') return { deck: result.deck, status: 'failed', reason: result.error.message };
  const { status, deck, file, pages } = result;
  return { deck, status, file: pathFromHere(file), pages };
}

interface FoundDeck {
  file: string;
  theme: string;
  lang: string | null;
  /** Whether the file says itself that it is a deck; else only its name does. */
  certain: boolean;
}

/** The files of the decks asked for, also of those that cannot be read: each is to fail by itself. */
export async function findDecks(themes: readonly string[], { folders, languages }: Settings): Promise<string[]> {
  const names = (await namesIn(folders.slides)).filter((name) => name.endsWith('.md'));
  const all = await Promise.all(names.map((name) => findDeck(path.join(folders.slides, name))));
  const certain = all.filter((deck) => deck.certain);
  if (themes.length === 0 && certain.length === 0) {
    throw new ExpectedError(`there are no decks in ${folders.slides}`, { hint: 'run: npm run briefdeck -- generate' });
  }
  const unknown = themes.find((asked) => all.every(({ theme }) => theme !== asked));
  if (unknown !== undefined) {
    const known = [...new Set(certain.map(({ theme }) => theme))];
    throw new ExpectedError(`there is no deck of a theme "${unknown}" in ${folders.slides}`, {
      exitCode: EXIT.usage,
      hint: knownNames(unknown, known),
    });
  }
  const chosen = (themes.length === 0 ? certain : all.filter(({ theme }) => themes.includes(theme))).filter(
    ({ lang }) => languages === null || lang === null || languages.includes(lang),
  );
  if (chosen.length === 0)
    throw new ExpectedError(`there is no such deck in ${folders.slides} in ${languages?.join(', ')}`, {
      hint: 'run generate with the same --lang first',
    });
  return chosen.map(({ file }) => file);
}

async function findDeck(file: string): Promise<FoundDeck> {
  const text = (await kindOf(file)) === 'other' ? null : await readIfThere(file);
  const head = readDeckHead(text ?? '');
  if (head !== null) return { file, ...head, certain: true };
  const [theme = '', lang = null] = path.basename(file, '.md').split('.');
  return { file, theme, lang, certain: /^briefdeck:/m.test(text ?? '') };
}

/** Which browser exports, and whether its sandbox runs. */
export function sayBrowser({ name, version, source, sandbox }: BrowserDescription, report: Settings['report']): void {
  report.say(
    `browser: ${name} ${version} (${source})${sandbox ? '' : ', without its sandbox: it cannot run as root or without user namespaces'}`,
  );
}

function sayEvent(event: ExportEvent, progress: ReturnType<Settings['report']['progress']>, report: Settings['report']): void {
  switch (event.type) {
    case 'start':
      return;
    case 'browser':
      sayBrowser(event.browser, report);
      return;
    case 'fallback':
      report.warn(`Slidev's development server shows decks, which takes longer: ${event.reason}`);
      return;
    case 'printing':
      progress.working(event.deck);
      return;
    case 'retry':
      report.warn(`${event.deck}: ${event.reason}; trying once more`);
      return;
    case 'fresh':
      progress.advance(`✓ ${event.deck}.pdf unchanged`);
      return;
    case 'done':
      progress.advance(`✓ ${pathFromHere(event.file)} ${event.pages} pages, ${(event.ms / 1000).toFixed(1)} s`);
      return;
    case 'failed': {
      progress.advance();
      const hint = event.error instanceof ExpectedError && event.error.hint !== null ? `; ${event.error.hint}` : '';
      report.warn(`✗ ${event.deck}.pdf not made: ${event.error.message}${hint}`);
    }
  }
}
