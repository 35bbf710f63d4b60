/** Documents as the current content would make them, to compare with an earlier PDF. */
import type { PaperJob } from '../../export/outputs/paper-job.ts';
import type { PaperSize } from '../../model/outputs/paper.ts';
import { bookName, briefingName } from '../../plan/context.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { type DeckVerdict, whyNotReady } from '../decks/deck-outcome.ts';
import { judgeDecks } from '../decks/judge-decks.ts';
import type { Settings } from '../settings.ts';
import { loadWorkspace, type Workspace } from '../workspace.ts';
import { prepareBook } from './format-book.ts';
import { prepareBriefing } from './format-briefing.ts';

export class KnownDocuments {
  readonly #settings: Settings;
  /** Read for the first document. */
  #content: Promise<{ workspace: Workspace; verdicts: DeckVerdict[] }> | null = null;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Returns the print job of the briefing or book with this name, for this paper size, or why it is unknown. */
  async find(name: string, size: PaperSize): Promise<PaperJob | { unknown: string }> {
    try {
      this.#content ??= this.#read();
      const { workspace, verdicts } = await this.#content;
      const lang = workspace.languages.find((each) => bookName(each, workspace.corpus.baseLanguage) === name);
      if (lang !== undefined) return jobOf(await prepareBook(lang, verdicts, workspace, size, this.#settings));
      const verdict = verdicts.find((each) => briefingName(each.name) === name);
      if (verdict === undefined) return { unknown: 'the content has no theme of its name' };
      if (verdict.state !== 'wanted') return { unknown: whyNotReady(verdict) ?? 'nothing in it may be published' };
      return jobOf(await prepareBriefing(verdict, workspace, size, this.#settings));
    } catch (error) {
      if (error instanceof ExpectedError) return { unknown: error.message };
      throw error;
    }
  }

  async #read(): Promise<{ workspace: Workspace; verdicts: DeckVerdict[] }> {
    const workspace = await loadWorkspace(this.#settings);
    return { workspace, verdicts: await judgeDecks(workspace, [], this.#settings) };
  }
}

function jobOf(prepared: { job: PaperJob } | { error: ExpectedError }): PaperJob | { unknown: string } {
  return 'job' in prepared ? prepared.job : { unknown: prepared.error.message };
}
