/** Exports outputs of any format together. Each succeeds or fails separately, and has one line in the report. */
import path from 'node:path';
import type { BrowserDescription } from '../../export/browser/browser.ts';
import { type ExportEvent, type ExportOutcome, type ExportResult, exportDecks } from '../../export/run/export-decks.ts';
import type { OutputFormat } from '../../export/run/export-job.ts';
import { recordFailures } from '../../export/run/manifest.ts';
import { countPages, outputFile } from '../../export/run/output-place.ts';
import type { Session } from '../../export/run/session.ts';
import type { Consent } from '../../model/consent.ts';
import type { PaperSize } from '../../model/outputs/paper.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { pathFromHere } from '../../shared/paths.ts';
import type { EarlySession } from '../brief.ts';
import { keepDeckFiles } from '../decks/deck-files.ts';
import { whileLocked } from '../folder-lock.ts';
import type { Settings } from '../settings.ts';
import type { Output, Prepared } from './output.ts';
import { type SharedInputs, sharedInputs } from './prepare-job.ts';

export interface OutputOptions {
  formats: readonly Output[];
  force: boolean;
  /** Whether slides have Slidev's dark mode. */
  dark: boolean;
  /** The paper size of documents. */
  paper: PaperSize;
  /** The timeout for one output, in milliseconds. */
  timeout: number;
  /** The number of outputs printed in parallel. */
  concurrency: number;
  browser: string | null;
  /** See ExportOptions. */
  consent?: () => Promise<Consent | null>;
  /** Returns a session that stays open between exports. Fresh outputs are then not reported each time. */
  session?: () => Promise<Session>;
  /** A session that was opened as soon as it was clear that something would be exported. */
  early?: EarlySession;
}

/** An output to make. Each attempt prepares it again, because its inputs may have changed. */
export interface OutputRequest {
  format: Output;
  /** The file's name without extension. */
  name: string;
  prepare: (shared: SharedInputs) => Promise<Prepared>;
}

/** File names of outputs that are not tried, with the reason. Null when no output is expected. */
export type NotTried = Record<string, string | null>;

/** Exports the requested outputs and reports one line for each. A request that cannot be prepared fails alone. */
export async function exportOutputs(
  requests: readonly OutputRequest[],
  options: OutputOptions,
  settings: Settings,
  notTried: NotTried = {},
): Promise<ExportResult[]> {
  const { folders, report } = settings;
  return whileLocked(folders.out, settings, async () => {
    const progress = report.progress(requests.length, 'exporting');
    let browserSaid = false;
    const onEvent = (event: ExportEvent) => {
      if (event.type === 'fresh' && options.session !== undefined) return;
      if (event.type !== 'browser' || !browserSaid) sayEvent(event, progress, report);
      browserSaid ||= event.type === 'browser';
    };
    try {
      await recordFailures(folders.out, notTried);
      const results = new Map<string, ExportResult>();
      let left = requests;
      for (let attempt = 1; left.length > 0; attempt += 1) {
        const outcomes = await exportOnce(left, { options, settings, onEvent });
        for (const [key, outcome] of outcomes) if (outcome.status !== 'outdated') results.set(key, outcome);
        left = left.filter((request) => !results.has(keyOf(request)));
        for (const request of left) {
          if (attempt < ATTEMPTS) onEvent({ type: 'retry', deck: request.name, reason: 'it was changed while it was exported' });
          else results.set(keyOf(request), await fail(request, new ExpectedError(...everChanging), folders.out, onEvent));
        }
        if (attempt === ATTEMPTS) break;
      }
      return requests.flatMap((request) => results.get(keyOf(request)) ?? []);
    } finally {
      progress.end();
    }
  });
}

/** The number of attempts for an output whose inputs change during the export. */
const ATTEMPTS = 4;
const everChanging: ConstructorParameters<typeof ExpectedError> = [
  'its deck, its images or the theme were changed again and again while it was exported',
  { hint: 'run export again when nothing writes to them' },
];

interface Round {
  options: OutputOptions;
  settings: Settings;
  onEvent: (event: ExportEvent) => void;
}

/** Returns the result of each request by format and name, because ids of themes may give two requests the same file name. */
async function exportOnce(requests: readonly OutputRequest[], { options, settings, onEvent }: Round): Promise<Map<string, ExportOutcome>> {
  const { folders, signal, env } = settings;
  const shared = sharedInputs(folders.templates);
  // Every output that needs the hashes gets the error.
  shared.catch(() => {});
  const prepared = await Promise.all(requests.map(async ({ format, name, prepare }) => ({ format, name, ...(await prepare(shared)) })));
  await keepDeckFiles(folders.slides);
  const outcomes = new Map<string, ExportOutcome>();
  for (const each of prepared) if ('error' in each) outcomes.set(keyOf(each), await fail(each, each.error, folders.out, onEvent));
  const jobs = prepared.flatMap((each) => ('job' in each ? [each.job] : []));
  if (jobs.length === 0) return outcomes;
  const exported = await exportDecks(jobs, {
    out: folders.out,
    force: options.force,
    timeout: options.timeout,
    concurrency: options.concurrency,
    browser: options.browser,
    env,
    assets: [folders.content],
    theme: path.join(folders.templates, 'theme'),
    signal,
    ...(options.consent === undefined ? {} : { consent: options.consent }),
    ...(options.session === undefined ? {} : { session: options.session }),
    ...(options.early === undefined ? {} : { early: options.early.take }),
    onEvent,
  });
  for (const outcome of exported) outcomes.set(keyOf({ format: outcome.format, name: outcome.deck }), outcome);
  return outcomes;
}

/** Reports and records that an output cannot be made. */
async function fail({ format, name: deck }: Named, error: ExpectedError, out: string, onEvent: Round['onEvent']): Promise<ExportResult> {
  await recordFailures(out, { [outputFile(format, deck)]: error.message });
  onEvent({ type: 'failed', deck, format, error });
  return { status: 'failed', deck, format, error };
}

interface Named {
  format: OutputFormat;
  name: string;
}

const keyOf = ({ format, name }: Named) => `${format.name} ${name}`;

/** Returns a result for the JSON summary. */
export function resultAsJson(result: ExportResult): object {
  const { deck } = result;
  const format = result.format.name;
  if (result.status === 'failed') return { deck, format, status: 'failed', reason: result.error.message };
  const { status, file, pages } = result;
  return { deck, format, status, file: pathFromHere(file), pages };
}

/** Reports which browser exports, and whether its sandbox is on. */
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
      progress.advance(`✓ ${outputFile(event.format, event.deck)} unchanged`);
      return;
    case 'done':
      progress.advance(`✓ ${pathFromHere(event.file)} ${countPages(event.format, event.pages)}, ${(event.ms / 1000).toFixed(1)} s`);
      return;
    case 'failed': {
      progress.advance();
      const hint = event.error instanceof ExpectedError && event.error.hint !== null ? `; ${event.error.hint}` : '';
      report.warn(`✗ ${outputFile(event.format, event.deck)} not made: ${event.error.message}${hint}`);
    }
  }
}
