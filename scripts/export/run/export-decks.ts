/**
 * Exports decks and documents to PDFs, pictures and presentations, with one server and one browser for all. Each output succeeds or fails
 * separately.
 */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../../shared/disk/folders.ts';
import { asWriteError, ExpectedError } from '../../shared/errors.ts';
import { type BrowserChoice, identifyBrowser } from '../browser/browser.ts';
import type { ExportOptions, ExportOutcome, Job } from './export-job.ts';
import { type ExportPlan, exportKey, isFresh } from './freshness.ts';
import { readManifest, recordFailures } from './manifest.ts';
import { checkPlace, outputFile } from './output-place.ts';

export type { ExportEvent, ExportOptions, ExportOutcome, ExportResult, Job } from './export-job.ts';

/**
 * Exports what is not fresh. Returns one result per job, in order. A deck that fails does not affect the others. Throws ExpectedError when
 * nothing can be exported (no browser, out folder not writable, disk full), and the signal's reason when it is aborted. The caller must
 * hold the lock of the out folder, because two runs at once would spoil its manifest.
 */
export async function exportDecks(jobs: readonly Job[], options: ExportOptions): Promise<ExportOutcome[]> {
  options.signal.throwIfAborted();
  await checkWritable(options.out);
  const choice: BrowserChoice = { explicit: options.browser, env: options.env };
  const browserKey = identifyBrowser(choice);
  const plans = await makePlans(jobs, options, browserKey);
  const waiting = plans.filter(({ fresh }) => !fresh);
  const refused = new Map<ExportPlan, ExpectedError>();
  for (const plan of waiting) {
    const obstacle = await obstacleTo(plan);
    if (obstacle !== null) refused.set(plan, obstacle);
  }
  const pending = waiting.filter((plan) => !refused.has(plan));
  options.onEvent({ type: 'start', decks: jobs.length, fresh: plans.length - waiting.length });
  const results = new Map<Job, ExportOutcome>();
  for (const { job, file, pages } of plans.filter(({ fresh }) => fresh)) {
    const { format } = job;
    options.onEvent({ type: 'fresh', deck: job.name, format });
    results.set(job, { status: 'fresh', deck: job.name, format, file, pages });
  }
  // A deck may have failed since its output was made, and then been changed back.
  const fresh = plans.filter((plan) => plan.fresh).map(({ file }) => [path.basename(file), null] as const);
  await recordFailures(options.out, Object.fromEntries(fresh));
  for (const [{ job, file }, error] of refused) {
    const failed = { deck: job.name, format: job.format, error };
    await recordFailures(options.out, { [path.basename(file)]: error.message });
    options.onEvent({ type: 'failed', ...failed });
    results.set(job, { status: 'failed', ...failed });
  }
  if (pending.length > 0) {
    // Imported here, so that a run with nothing to do never loads Slidev or Playwright.
    const { exportPending } = await import('./export-run.ts');
    for (const [plan, result] of await exportPending(pending, { choice, options, browserKey })) results.set(plan.job, result);
  }
  return jobs.flatMap((job) => results.get(job) ?? []);
}

async function makePlans(jobs: readonly Job[], { out, force }: ExportOptions, browserKey: string): Promise<ExportPlan[]> {
  const known = await readManifest(out);
  return Promise.all(
    jobs.map(async (job) => {
      const file = path.join(out, path.basename(outputFile(job.format, job.name)));
      const key = exportKey(job, browserKey);
      const entry = known[path.basename(file)];
      const fresh = !force && (await isFresh(file, entry, key));
      return { job, file, key, fresh, hash: entry?.hash ?? null, pages: entry?.pages ?? entry?.slides.length ?? 0 };
    }),
  );
}

/** Returns why an output must not be put in its place, or null. Checked before anything is made, and again on delivery. */
async function obstacleTo({ job, file, hash }: ExportPlan): Promise<ExpectedError | null> {
  try {
    await checkPlace(file, job.format, hash);
    return null;
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
}

/** Checks early, not after the first deck, that the folder can be written. */
async function checkWritable(out: string): Promise<void> {
  try {
    await makeFolder(out);
    await access(out, constants.W_OK);
  } catch (error) {
    throw asWriteError(error, out);
  }
}
