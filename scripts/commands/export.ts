import path from 'node:path';
import type { BrowserDescription } from '../export/browser.ts';
import { type DeckJob, type ExportEvent, type ExportResult, exportDecks } from '../export/export-decks.ts';
import type { UnsureCharacter } from '../export/missing-glyphs.ts';
import { parseDeckFile, readDeckFile } from '../export/read-deck.ts';
import type { Session } from '../export/session.ts';
import type { DeckFile } from '../model/deck-file.ts';
import { loadMetrics } from '../render/load-metrics.ts';
import { readDeckHead } from '../render/read-sources.ts';
import { EXIT, type ExitCode, ExpectedError } from '../shared/errors.ts';
import { kindOf, namesIn, readIfThere } from '../shared/files.ts';
import { pathFromHere } from '../shared/paths.ts';
import { knownNames } from '../shared/suggestion.ts';
import { deckInputs } from './inputs.ts';
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

/** Exports the decks in the given files and says one line for each. A file that cannot be read fails alone. */
export async function exportDeckFiles(files: readonly string[], options: ExportOptions, settings: Settings): Promise<ExportResult[]> {
  const { folders, report, signal, env } = settings;
  const hasGlyph = glyphsOf(path.join(folders.templates, 'theme'));
  const prepared = await Promise.all(files.map((file) => prepareJob(file, options.dark ? 'dark' : 'light', hasGlyph, settings)));
  const jobs = prepared.flatMap((each) => ('job' in each ? [each.job] : []));
  const progress = report.progress(prepared.length, 'exporting');
  const onEvent = (event: ExportEvent) => {
    if (event.type !== 'fresh' || options.session === undefined) sayEvent(event, progress, report);
  };
  try {
    for (const each of prepared) if ('error' in each) onEvent({ type: 'failed', ...each });
    const exported =
      jobs.length === 0
        ? []
        : await exportDecks(jobs, {
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
    const byDeck = new Map(exported.map((result) => [result.deck, result]));
    return prepared.flatMap((each): ExportResult[] => {
      if ('error' in each) return [{ status: 'failed', ...each }];
      const result = byDeck.get(each.job.deck.name);
      return result === undefined ? [] : [result];
    });
  } finally {
    progress.end();
  }
}

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

type Prepared = { job: DeckJob } | { deck: string; error: ExpectedError };

/** The job of a deck; with `text` as if its file held that. */
export async function prepareJob(
  file: string,
  look: DeckJob['look'],
  hasGlyph: Glyphs,
  { folders, env }: Settings,
  text: string | null = null,
): Promise<Prepared> {
  try {
    const deck = text === null ? await readDeckFile(file) : parseDeckFile(file, text);
    if (deck === null) throw new ExpectedError(`${pathFromHere(file)} is not a deck that was generated`, { hint: 'run generate' });
    const job = {
      deck,
      look,
      inputs: await deckInputs(deck.file, folders.templates, text),
      date: documentDate(deck, env.SOURCE_DATE_EPOCH),
      unsure: await unsureIn(deck, hasGlyph),
      metadata: { title: deck.title, author: deck.author, subject: deck.subtitle ?? '', keywords: [deck.theme] },
    };
    return { job };
  } catch (error) {
    if (error instanceof ExpectedError) return { deck: path.basename(file, '.md'), error };
    throw error;
  }
}

type Glyphs = () => Promise<(character: string) => boolean>;

/** Whether the fonts of a theme have a character. They are looked at once, and only when a deck asks. */
function glyphsOf(theme: string): Glyphs {
  let loading: Promise<(character: string) => boolean> | null = null;
  return () => {
    loading ??= loadMetrics(theme).then((metrics) => metrics.hasGlyph);
    return loading;
  };
}

async function unsureIn({ slides }: DeckFile, glyphs: Glyphs): Promise<UnsureCharacter[]> {
  if (slides.every(({ characters }) => characters.length === 0)) return [];
  const hasGlyph = await glyphs();
  return slides.flatMap(({ characters }, index) =>
    characters.filter((character) => !hasGlyph(character)).map((character) => ({ character, page: index + 1 })),
  );
}

/** SOURCE_DATE_EPOCH (seconds, reproducible-builds.org) where it is set, else the content's own date at midnight UTC. */
function documentDate({ file, date: content }: DeckFile, epoch: string | undefined): Date {
  const isEpoch = epoch !== undefined && /^\d+$/.test(epoch);
  const text = `${content}${'-01-01'.slice(0, Math.max(0, 10 - content.length))}T00:00:00Z`;
  const date = new Date(isEpoch ? Number(epoch) * 1000 : text);
  if (!Number.isNaN(date.getTime()) && date.getUTCFullYear() <= 9999) return date;
  if (isEpoch)
    throw new ExpectedError(`SOURCE_DATE_EPOCH is ${epoch}, which is no date`, { hint: 'set it to seconds since 1970, or unset it' });
  throw new ExpectedError(`${pathFromHere(file)}: its date "${content}" is none`, {
    hint: 'run generate; dates are written 2023, 2023-08 or 2023-08-21',
  });
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
