/** Finds the briefings that have changed while content is edited. */
import type { PaperSize } from '../../model/outputs/paper.ts';
import type { Generated } from '../generate.ts';
import type { Settings } from '../settings.ts';
import { briefingRequests } from './format-briefing.ts';
import { sharedInputs } from './inputs.ts';
import type { OutputRequest } from './outputs.ts';

export class ChangedBriefings {
  readonly #size: PaperSize;
  readonly #settings: Settings;
  /** By name: what each briefing was made from at the last call, or why it could not be made. */
  readonly #known = new Map<string, string>();

  constructor(size: PaperSize, settings: Settings) {
    this.#size = size;
    this.#settings = settings;
  }

  /** Returns the briefings that have changed since the last call; all of them on the first call. */
  async among({ outcomes, workspace }: Generated): Promise<OutputRequest[]> {
    // Embargoes end while the process runs, so the date is read each time.
    const { requests } = briefingRequests(outcomes, workspace, this.#size, { ...this.#settings, now: new Date() });
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
