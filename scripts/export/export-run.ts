/** Exports what is not fresh: Slidev, the browser and the order of things. */
import path from 'node:path';
import { EXIT, ExpectedError } from '../shared/errors.ts';
import { writeAtomic } from '../shared/files.ts';
import { sha256 } from '../shared/hashes.ts';
import { isPlaceClosed } from '../shared/write-error.ts';
import type { BrowserChoice } from './browser.ts';
import type { ExportOptions, ExportOutcome, Job } from './export-job.ts';
import { type MadeOutput, makeOutput } from './formats.ts';
import { type ExportPlan, nameOf } from './freshness.ts';
import { recordFailures, updateManifest } from './manifest.ts';
import { makeWithRetry, prepare } from './print-deck.ts';
import { openSession, type Session } from './session.ts';
import type { ShownDeck } from './slidev-server.ts';

export interface RunOptions {
  choice: BrowserChoice;
  options: ExportOptions;
  browserKey: string;
}

/** One result per plan. Throws ExpectedError when there is no browser and the signal's reason when it is aborted; all is closed then. */
export async function exportPending(
  plans: readonly ExportPlan[],
  { choice, options, browserKey }: RunOptions,
): Promise<[ExportPlan, ExportOutcome][]> {
  const { signal } = options;
  const borrowed = await options.session?.();
  const session =
    borrowed ??
    (await openSession({
      browser: choice,
      assets: options.assets ?? [],
      theme: options.theme,
      onBrowser: (browser) => options.onEvent({ type: 'browser', browser }),
    }));
  const run: Run = { session, options, browserKey, delivering: Promise.resolve() };
  let onAbort = () => {};
  const aborted = new Promise<[]>((resolve, reject) => {
    onAbort = () => session.close().then(() => resolve([]), reject);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    signal.throwIfAborted();
    const results = await Promise.race([exportAll(plans, run), aborted]);
    signal.throwIfAborted();
    return results;
  } finally {
    signal.removeEventListener('abort', onAbort);
    await Promise.all([borrowed === undefined || signal.aborted ? session.close() : null, run.delivering]);
  }
}

interface Run {
  session: Session;
  options: ExportOptions;
  browserKey: string;
  /** The file being written: an interrupted run waits for it, so that no half of it stays behind. */
  delivering: Promise<unknown>;
}

async function exportAll(plans: readonly ExportPlan[], run: Run): Promise<[ExportPlan, ExportOutcome][]> {
  const results: [ExportPlan, ExportOutcome][] = [];
  let shown = await prepare(
    run.session,
    plans.flatMap(({ job }) => (job.format === 'slides' ? [job.deck.file] : [])),
    run.options.timeout,
  );
  for (const plan of plans) {
    results.push([plan, await exportDeck(plan, run, shown)]);
    shown = null;
  }
  return results;
}

/** Delivers a deck's PDF, or says why there is none. Throws only when no other deck would fare better or the run is aborted. */
async function exportDeck(plan: ExportPlan, run: Run, shown: ShownDeck | null): Promise<ExportOutcome> {
  const { options } = run;
  const { job, file } = plan;
  const name = nameOf(job);
  const start = performance.now();
  options.onEvent({ type: 'printing', deck: name });
  try {
    const made = (await isCurrent(job)) ? await make(job, run, shown) : null;
    if (made === null || !(await isCurrent(job))) return { status: 'outdated', deck: name };
    options.signal.throwIfAborted();
    await finish(run, deliver(plan, made, run));
    const done = { deck: name, file, pages: made.pages, ms: Math.round(performance.now() - start) };
    options.onEvent({ type: 'done', ...done });
    return { status: 'done', ...done };
  } catch (reason) {
    options.signal.throwIfAborted();
    if (reason instanceof ExpectedError && (reason.exitCode === EXIT.noBrowser || isPlaceClosed(reason))) throw reason;
    // What is read while it is being written may be anything.
    if (!(await isCurrent(job))) return { status: 'outdated', deck: name };
    options.signal.throwIfAborted();
    const error = reason instanceof Error ? reason : new Error(String(reason));
    await finish(run, recordFailures(options.out, { [path.basename(file)]: error.message }));
    options.onEvent({ type: 'failed', deck: name, error });
    return { status: 'failed', deck: name, error };
  }
}

/** A document is in memory: nobody can change it. */
async function isCurrent(job: Job): Promise<boolean> {
  return job.format !== 'slides' || job.isCurrent();
}

function make(job: Job, { session, options }: Run, shown: ShownDeck | null): Promise<MadeOutput> {
  const retrying = (reason: string) => {
    // An interrupted run has closed the browser itself.
    if (!options.signal.aborted) options.onEvent({ type: 'retry', deck: nameOf(job), reason });
  };
  return makeWithRetry((attempt) => makeOutput(job, session, attempt), session, { timeout: options.timeout, shown, retrying });
}

/** Writes to the out folder, which an interrupted run waits for. */
async function finish(run: Run, writing: Promise<void>): Promise<void> {
  run.delivering = Promise.allSettled([writing]);
  await writing;
}

async function deliver({ job, file, key }: ExportPlan, made: MadeOutput, { options, browserKey }: Run): Promise<void> {
  const { bytes, pages, entries: slides, sources: generatedFrom } = made;
  await writeAtomic(file, bytes);
  const own = job.format === 'slides' ? { look: job.look } : { pages, paper: job.size };
  const entry = { hash: sha256(bytes), inputs: job.inputs, key, slides, ...own, browser: browserKey, generatedFrom };
  await updateManifest(options.out, { [path.basename(file)]: entry });
}
