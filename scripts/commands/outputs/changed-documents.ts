/** Finds the documents that have changed while content is edited. */
import type { Generated } from '../generate.ts';
import type { Settings } from '../settings.ts';
import type { OutputOptions, OutputRequest } from './outputs.ts';
import { sharedInputs } from './prepare-job.ts';
import { contentRequests } from './requests.ts';

export class ChangedDocuments {
  readonly #options: OutputOptions;
  readonly #settings: Settings;
  /** By name: what each document was made from at the last call, or why it could not be made. */
  readonly #known = new Map<string, string>();

  constructor(options: OutputOptions, settings: Settings) {
    this.#options = options;
    this.#settings = settings;
  }

  /** Returns the documents that have changed since the last call; all of them on the first call. */
  async among({ outcomes, workspace }: Generated): Promise<OutputRequest[]> {
    // Embargoes end while the process runs, so the date is read each time.
    const { requests } = contentRequests(outcomes, workspace, this.#options, { ...this.#settings, now: new Date() });
    const shared = sharedInputs(this.#settings.folders.templates);
    shared.catch(() => {});
    const changed: OutputRequest[] = [];
    for (const request of requests) {
      const prepared = await request.prepare(shared);
      const now = 'job' in prepared ? JSON.stringify(prepared.job.inputs) : prepared.error.message;
      if (this.#known.get(request.name) !== now) changed.push(request);
      this.#known.set(request.name, now);
    }
    return changed;
  }
}
