import path from 'node:path';
import { closest, distance } from 'fastest-levenshtein';
import { type DeckJob, type ExportEvent, type ExportResult, exportDecks } from '../export/export-decks.ts';
import { readDeckFile } from '../export/read-deck.ts';
import type { DeckFile } from '../model/deck-file.ts';
import { EXIT, type ExitCode, ExpectedError } from '../shared/errors.ts';
import { namesIn } from '../shared/files.ts';
import { pathFromHere } from '../shared/paths.ts';
import { deckInputs } from './inputs.ts';
import type { Settings } from './settings.ts';

export interface ExportOptions {
  force: boolean;
  /** Longest time for one deck, in milliseconds. */
  timeout: number;
  browser: string | null;
}

/** Decks in the slides folder to PDFs. Exit code 1 when a deck failed; the others are delivered. */
export async function exportCommand(themes: string[], options: ExportOptions, settings: Settings): Promise<ExitCode> {
  const decks = await findDecks(themes, settings);
  const results = await exportDeckFiles(decks, options, settings);
  const exitCode = results.some(({ status }) => status === 'failed') ? EXIT.failed : EXIT.done;
  settings.report.summary({ command: 'export', exitCode, outputs: results.map(resultAsJson) });
  return exitCode;
}

/** Exports the given decks and says one line for each, then the list of what was made. */
export async function exportDeckFiles(decks: readonly DeckFile[], options: ExportOptions, settings: Settings): Promise<ExportResult[]> {
  const { folders, report, signal, env } = settings;
  const jobs = await Promise.all(decks.map((deck) => jobOf(deck, settings)));
  const progress = report.progress(jobs.length, 'exporting');
  try {
    return await exportDecks(jobs, {
      out: folders.out,
      force: options.force,
      timeout: options.timeout,
      browser: options.browser,
      env,
      assets: [folders.content],
      signal,
      onEvent: (event) => sayEvent(event, progress, report),
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

async function findDecks(themes: readonly string[], { folders, languages }: Settings): Promise<DeckFile[]> {
  const files = (await namesIn(folders.slides)).filter((name) => name.endsWith('.md'));
  const all = (await Promise.all(files.map((name) => readDeckFile(path.join(folders.slides, name))))).filter((deck) => deck !== null);
  if (all.length === 0) {
    throw new ExpectedError(`there are no decks in ${folders.slides}`, { hint: 'run: npm run briefdeck -- generate' });
  }
  const known = [...new Set(all.map(({ theme }) => theme))];
  for (const theme of themes) {
    if (known.includes(theme)) continue;
    const near = closest(theme, known);
    const hint = distance(theme, near) <= 3 ? `did you mean "${near}"? ` : '';
    throw new ExpectedError(`there is no deck of a theme "${theme}" in ${folders.slides}`, {
      exitCode: EXIT.usage,
      hint: `${hint}known: ${known.join(', ')}`,
    });
  }
  const chosen = all.filter(
    ({ theme, lang }) => (themes.length === 0 || themes.includes(theme)) && (languages === null || languages.includes(lang)),
  );
  if (chosen.length === 0)
    throw new ExpectedError(`there is no such deck in ${folders.slides} in ${languages?.join(', ')}`, {
      hint: 'run generate with the same --lang first',
    });
  return chosen;
}

async function jobOf(deck: DeckFile, { folders, env }: Settings): Promise<DeckJob> {
  return {
    deck,
    inputs: await deckInputs(deck.file, folders.templates),
    date: documentDate(deck.date, env.SOURCE_DATE_EPOCH),
    metadata: { title: deck.title, author: deck.author, subject: deck.subtitle ?? '', keywords: [deck.theme] },
  };
}

/** SOURCE_DATE_EPOCH (seconds, reproducible-builds.org) where it is set, else the content's own date at midnight UTC. */
function documentDate(content: string, epoch: string | undefined): Date {
  if (epoch !== undefined && /^\d+$/.test(epoch)) return new Date(Number(epoch) * 1000);
  return new Date(`${content}${'-01-01'.slice(0, Math.max(0, 10 - content.length))}T00:00:00Z`);
}

function sayEvent(event: ExportEvent, progress: ReturnType<Settings['report']['progress']>, report: Settings['report']): void {
  switch (event.type) {
    case 'start':
      return;
    case 'browser': {
      const { name, version, source, sandbox } = event.browser;
      report.say(
        `browser: ${name} ${version} (${source})${sandbox ? '' : ', without its sandbox: it cannot run as root or without user namespaces'}`,
      );
      return;
    }
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
