/** Exports what is not fresh: runs Slidev and the browser, and decides the order of the steps. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { refusalOf } from '../../model/consent.ts';
import { deckText } from '../../model/outputs/deck-text.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { sourcesVersion } from '../../shared/cache/program-version.ts';
import { EXIT, ExpectedError, isPlaceClosed } from '../../shared/errors.ts';
import type { BrowserChoice } from '../browser/browser.ts';
import type { ShownDeck } from '../server/deck-server.ts';
import type { ExportOptions, ExportOutcome, FinishOutput, Job, MadeOutput } from './export-job.ts';
import type { ExportPlan } from './freshness.ts';
import { makeWithRetry, prepare } from './make-with-retry.ts';
import { recordFailures, updateManifest } from './manifest.ts';
import { checkPlace, deliverOutput } from './output-place.ts';
import { openSession, type Session } from './session.ts';
import type { ShowAttempt } from './show-deck.ts';

export interface RunOptions {
  choice: BrowserChoice;
  options: ExportOptions;
  browserKey: string;
}

/**
 * Returns one result per plan. Throws ExpectedError when there is no browser, and the signal's reason when it is aborted; everything is
 * closed then.
 */
export async function exportPending(
  plans: readonly ExportPlan[],
  { choice, options, browserKey }: RunOptions,
): Promise<[ExportPlan, ExportOutcome][]> {
  const { signal } = options;
  const open = (onEvent: ExportOptions['onEvent']) =>
    openSession({
      browser: choice,
      assets: options.assets ?? [],
      theme: options.theme,
      onBrowser: (browser) => onEvent({ type: 'browser', browser }),
      onFallback: (reason) => onEvent({ type: 'fallback', reason }),
    });
  const borrowed = await options.session?.();
  const first = borrowed ?? (await options.early?.(options.onEvent)) ?? (await open(options.onEvent));
  const count = borrowed === undefined ? Math.min(options.concurrency ?? 1, plans.length) : 1;
  // The first session reports the browser, so the others do not.
  const others = Array.from({ length: count - 1 }, () => open((event) => (event.type === 'browser' ? undefined : options.onEvent(event))));
  const sessions = [first, ...(await Promise.all(others))];
  const close = () => Promise.all(sessions.map((session) => session.close()));
  const run: Run = { options, browserKey, delivering: Promise.resolve(), isOver: false };
  let onAbort = () => {};
  const aborted = new Promise<[]>((resolve, reject) => {
    onAbort = () => close().then(() => resolve([]), reject);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    signal.throwIfAborted();
    const results = await Promise.race([exportAll(plans, sessions, run), aborted]);
    signal.throwIfAborted();
    return results;
  } finally {
    run.isOver = true;
    signal.removeEventListener('abort', onAbort);
    await Promise.all([borrowed === undefined || signal.aborted ? close() : null, run.delivering]);
  }
}

interface Run {
  options: ExportOptions;
  browserKey: string;
  /** The queue of files being written. An interrupted run waits for it, so that no file is left half written. */
  delivering: Promise<unknown>;
  /** Outputs that are still being finished are then dropped without a report. */
  isOver: boolean;
}

/** Every session takes the next output as soon as it has printed one. */
async function exportAll(plans: readonly ExportPlan[], sessions: readonly Session[], run: Run): Promise<[ExportPlan, ExportOutcome][]> {
  const queue = [...plans];
  const results = await Promise.all(sessions.map((session) => exportFrom(queue, session, run)));
  return results.flat();
}

/**
 * Exports outputs from the queue. While the browser prints one output, the two before it are finished and inspected. There are never more,
 * so that ten decks need no more memory than four.
 */
async function exportFrom(queue: ExportPlan[], session: Session, run: Run): Promise<[ExportPlan, ExportOutcome][]> {
  const outcomes: Promise<[ExportPlan, ExportOutcome]>[] = [];
  const started = { plan: queue[0] ?? null, shown: await prepare(session, decksOf(queue), run.options.timeout) };
  for (let plan = queue.shift(); plan !== undefined; plan = queue.shift()) {
    await outcomes.at(-3);
    const current = plan;
    const printing = print(current, session, run, current === started.plan ? started.shown : null);
    const outcome = printing
      .then((printed) => finishOutput(current, run, printed))
      .then((result): [ExportPlan, ExportOutcome] => [current, result]);
    // Awaited below. An interrupted run may end without awaiting it, so the error is handled here too.
    outcome.catch(() => {});
    outcomes.push(outcome);
    // The outcome of the deck reports the error.
    await printing.catch(() => {});
  }
  return Promise.all(outcomes);
}

const decksOf = (plans: readonly ExportPlan[]) => plans.flatMap(({ job }) => ('deck' in job ? [job.deck.file] : []));

interface Printed {
  /** From `performance.now()`. */
  start: number;
  /** Null when its inputs have changed in the meantime. */
  finish: FinishOutput | null;
}

async function print({ job }: ExportPlan, session: Session, { options }: Run, shown: ShownDeck | null): Promise<Printed | Failed> {
  const start = performance.now();
  options.signal.throwIfAborted();
  options.onEvent({ type: 'printing', deck: job.name, format: job.format });
  const retrying = (reason: string) => {
    // An interrupted run has closed the browser itself.
    if (!options.signal.aborted) options.onEvent({ type: 'retry', deck: job.name, reason });
  };
  try {
    if (!(await isCurrent(job))) return { start, finish: null };
    session.finisher.warmUp();
    const make = (attempt: ShowAttempt) => job.format.make(job, session, attempt);
    return { start, finish: await makeWithRetry(make, session, { timeout: options.timeout, shown, retrying }) };
  } catch (reason) {
    return { reason };
  }
}

interface Failed {
  reason: unknown;
}

/** Delivers an output, or returns why there is none. Throws only when other decks would fail too, or when the run is aborted. */
async function finishOutput(plan: ExportPlan, run: Run, printed: Printed | Failed): Promise<ExportOutcome> {
  const { options } = run;
  const { job, file } = plan;
  const named = { deck: job.name, format: job.format };
  try {
    if ('reason' in printed) throw printed.reason;
    const made = (await printed.finish?.()) ?? null;
    if (made === null || !(await isCurrent(job))) return { status: 'outdated', ...named };
    await refuseNames(plan, made, options);
    await inTurn(run, () => deliver(plan, made, run));
    const done = { ...named, file, pages: made.pages, ms: Math.round(performance.now() - printed.start) };
    options.onEvent({ type: 'done', ...done });
    return { status: 'done', ...done };
  } catch (reason) {
    options.signal.throwIfAborted();
    if (run.isOver) throw reason;
    if (reason instanceof ExpectedError && (reason.exitCode === EXIT.noBrowser || isPlaceClosed(reason))) throw reason;
    // A file that is read while it is being written can cause any error.
    if (!(await isCurrent(job))) return { status: 'outdated', ...named };
    options.signal.throwIfAborted();
    const error = reason instanceof Error ? reason : new Error(String(reason));
    await inTurn(run, () => recordFailures(options.out, { [path.basename(file)]: error.message }));
    options.onEvent({ type: 'failed', ...named, error });
    return { status: 'failed', ...named, error };
  }
}

/** A document is in memory, so it cannot change. */
async function isCurrent(job: Job): Promise<boolean> {
  return !('deck' in job) || job.isCurrent();
}

/** Runs writes to the out folder one after the other. Throws the signal's reason once the run is aborted. */
async function inTurn(run: Run, write: () => Promise<void>): Promise<void> {
  const writing = run.delivering.then(() => {
    run.options.signal.throwIfAborted();
    return write();
  });
  run.delivering = Promise.allSettled([writing]);
  await writing;
}

async function deliver({ job, file, key, hash: earlier }: ExportPlan, made: MadeOutput, { options, browserKey }: Run): Promise<void> {
  const { content, pages, entries: slides, sources: generatedFrom } = made;
  await checkPlace(file, job.format, earlier);
  const hash = await deliverOutput(file, content);
  const consent = await options.consent?.();
  const people = consent ? { named: [...consent.named(new Set(generatedFrom))].map((name) => sha256(name)).sort() } : {};
  const entry = {
    hash,
    inputs: job.inputs,
    key,
    slides,
    ...('paper' in job.variant ? { pages } : {}),
    ...job.variant,
    browser: browserKey,
    program: sourcesVersion(),
    generatedFrom,
    ...people,
  };
  await updateManifest(options.out, { [path.basename(file)]: entry });
}

/** Throws ExpectedError when an output contains a withheld name. Runs before the output gets its final name. */
async function refuseNames({ job, file }: ExportPlan, { content, sources }: MadeOutput, { consent }: ExportOptions): Promise<void> {
  const finder = (await consent?.())?.finderFor(new Set(sources)) ?? null;
  if (finder === null) return;
  // Imported here, because it is only needed when names are withheld.
  const { nameInOutput } = await import('./last-look.ts');
  const text = 'deck' in job ? deckText(await readFile(job.deck.file, 'utf8')) : '';
  const name = finder.find(text)?.text ?? (await nameInOutput(file, content, finder));
  if (name !== null) throw new ExpectedError(...refusalOf(name));
}
