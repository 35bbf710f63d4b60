/** What the PDFs in an out folder must contain, as far as what they were made from is unchanged. */
import path from 'node:path';
import { type Known, OF_DECK, OF_DOCUMENT } from '../../export/outputs/inspect-file.ts';
import type { OutputEntry } from '../../export/run/manifest.ts';
import type { PdfExpectation } from '../../pdf/inspect/inspect-pdf.ts';
import { hashIfThere } from '../../shared/cache/hashes.ts';
import { ExpectedError } from '../../shared/errors.ts';
import type { DeckVerdict } from '../decks/deck-outcome.ts';
import { judgeDecks } from '../decks/judge-decks.ts';
import type { Settings } from '../settings.ts';
import { loadWorkspace, type Workspace } from '../workspace.ts';
import type { Glyphs, Making, Output, Prepared } from './output.ts';
import { loadFormats } from './output-formats.ts';
import { glyphsOf } from './prepare-job.ts';

export class KnownOutputs {
  readonly #settings: Settings;
  readonly #hasGlyph: Glyphs;
  /** Read for the first document. */
  #content: Promise<{ workspace: Workspace; verdicts: DeckVerdict[] }> | null = null;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#hasGlyph = glyphsOf(path.join(settings.folders.templates, 'theme'));
  }

  /** Returns everything about the PDF with this name that can be inspected. */
  readonly expectation = async (name: string, entry: OutputEntry): Promise<Known> => {
    const { inputs, look = 'light', paper, slides, pages = slides.length } = entry;
    const making: Making = { look, paper: paper ?? 'a4', hasGlyph: this.#hasGlyph, settings: this.#settings };
    const isOnPaper = paper !== undefined;
    const pdfs = (await loadFormats()).filter(({ expect, onPaper }) => expect !== undefined && (onPaper !== null) === isOnPaper);
    const isOfDeck = !isOnPaper || inputs.deck !== undefined;
    try {
      const expected = await (isOfDeck ? this.#ofDeck(name, entry, pdfs, making) : this.#ofContent(name, entry, pdfs, making));
      return { expected, notChecked: null };
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return { expected: { pages }, notChecked: { what: isOfDeck ? OF_DECK : OF_DOCUMENT, why: error.message } };
    }
  };

  async #ofDeck(name: string, entry: OutputEntry, formats: readonly Output[], making: Making): Promise<PdfExpectation> {
    let why = 'the deck that it was made from is not there';
    for (const format of formats.filter((each) => each.from === 'deck')) {
      const deck = deckOf(name, format.suffix);
      if (deck === null) continue;
      const file = path.join(this.#settings.folders.slides, `${deck}.md`);
      const hash = await hashIfThere(file);
      if (hash === entry.inputs.deck) return (await format.expect?.(jobIn(await format.prepare(file, making, null)), entry)) ?? {};
      if (hash !== 'missing') why = 'the deck that it was made from has changed since';
    }
    throw new ExpectedError(why);
  }

  /** It is planned and rendered again from the content, and must give the same page. */
  async #ofContent(name: string, entry: OutputEntry, formats: readonly Output[], making: Making): Promise<PdfExpectation> {
    this.#content ??= this.#read();
    const { workspace, verdicts } = await this.#content;
    for (const format of formats.filter((each) => each.from === 'content')) {
      const subject = format.subjects(verdicts, workspace).find((each) => each.name === name);
      if (subject === undefined) continue;
      if (subject.isEmpty) throw new ExpectedError('nothing in it may be published');
      if (subject.lack !== null) throw new ExpectedError(subject.lack);
      const job = jobIn(await subject.prepare(making));
      if (job.inputs.page !== entry.inputs.page) throw new ExpectedError('the content that it was made from has changed since');
      return (await format.expect?.(job, entry)) ?? {};
    }
    throw new ExpectedError('the content has no theme of its name');
  }

  async #read(): Promise<{ workspace: Workspace; verdicts: DeckVerdict[] }> {
    const workspace = await loadWorkspace(this.#settings);
    return { workspace, verdicts: await judgeDecks(workspace, [], this.#settings) };
  }
}

/** Returns the deck of an output that has a suffix. Null when the name has none. */
function deckOf(name: string, suffix: string | null): string | null {
  if (suffix === null) return name;
  const [, theme, rest] = new RegExp(`^([^.]+)-${suffix}((?:\\.[^.]+)?)$`).exec(name) ?? [];
  return theme === undefined ? null : `${theme}${rest}`;
}

function jobIn<J>(made: Prepared<J>): J {
  if ('error' in made) throw made.error;
  return made.job;
}
