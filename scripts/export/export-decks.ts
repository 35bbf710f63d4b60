/** Decks to PDFs: one server and one browser for all of them, each deck on its own in success and failure. */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../shared/folders.ts';
import { asWriteError } from '../shared/write-error.ts';
import { type BrowserChoice, identifyBrowser } from './browser.ts';
import type { DeckJob, ExportOptions, ExportOutcome } from './export-job.ts';
import { type ExportPlan, exportKey, isFresh, pdfName } from './freshness.ts';
import { readManifest, recordFailures } from './manifest.ts';

export type { DeckJob, ExportEvent, ExportOptions, ExportOutcome, ExportResult } from './export-job.ts';

/**
 * Exports what is not fresh; one result per job, in their order. A deck that fails does so alone. Throws ExpectedError
 * when nothing can be exported (no browser, out folder not writable, disk full) and the signal's reason when it is aborted. Two runs
 * at once on one out folder spoil its manifest: the caller holds the folder's lock.
 */
export async function exportDecks(jobs: readonly DeckJob[], options: ExportOptions): Promise<ExportOutcome[]> {
  options.signal.throwIfAborted();
  await checkWritable(options.out);
  const choice: BrowserChoice = { explicit: options.browser, env: options.env };
  const browserKey = identifyBrowser(choice);
  const plans = await makePlans(jobs, options, browserKey);
  const pending = plans.filter(({ fresh }) => !fresh);
  options.onEvent({ type: 'start', decks: jobs.length, fresh: plans.length - pending.length });
  const results = new Map<DeckJob, ExportOutcome>();
  for (const { job, file } of plans.filter(({ fresh }) => fresh)) {
    options.onEvent({ type: 'fresh', deck: job.deck.name });
    results.set(job, { status: 'fresh', deck: job.deck.name, file, pages: job.deck.slides.length });
  }
  // A deck may have failed since its PDF was made and be as it was again.
  const fresh = plans.filter((plan) => plan.fresh).map(({ file }) => [path.basename(file), null] as const);
  await recordFailures(options.out, Object.fromEntries(fresh));
  if (pending.length > 0) {
    // Imported here, so that a run with nothing to do never loads Slidev or Playwright.
    const { exportPending } = await import('./export-run.ts');
    for (const [plan, result] of await exportPending(pending, { choice, options, browserKey })) results.set(plan.job, result);
  }
  return jobs.flatMap((job) => results.get(job) ?? []);
}

async function makePlans(jobs: readonly DeckJob[], { out, force }: ExportOptions, browserKey: string): Promise<ExportPlan[]> {
  const known = force ? {} : await readManifest(out);
  return Promise.all(
    jobs.map(async (job) => {
      const file = path.join(out, pdfName(job));
      const key = exportKey(job, browserKey);
      return { job, file, key, fresh: await isFresh(file, known[path.basename(file)], key) };
    }),
  );
}

/** Says now, not after the first deck, that the folder cannot be written. */
async function checkWritable(out: string): Promise<void> {
  try {
    await makeFolder(out);
    await access(out, constants.W_OK);
  } catch (error) {
    throw asWriteError(error, out);
  }
}
