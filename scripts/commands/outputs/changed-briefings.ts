/** While content is edited: which briefings have become other ones. */
import type { PaperSize } from '../../model/outputs/paper.ts';
import type { Generated } from '../generate.ts';
import type { Settings } from '../settings.ts';
import { briefingRequests } from './format-briefing.ts';
import { sharedInputs } from './inputs.ts';
import type { OutputRequest } from './outputs.ts';

export class ChangedBriefings {
  readonly #size: PaperSize;
  readonly #settings: Settings;
  /** By name: what each was made from when it was last asked about, or why it could not be. */
  readonly #known = new Map<string, string>();

  constructor(size: PaperSize, settings: Settings) {
    this.#size = size;
    this.#settings = settings;
  }

  /** Those that differ from what they were when this was asked before; all, the first time. */
  async among({ outcomes, workspace }: Generated): Promise<OutputRequest[]> {
    // Days pass while it runs, and embargoes with them.
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
