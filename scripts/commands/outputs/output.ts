/** A format of outputs: its names, what it is made from, how it is made and inspected, and how it is spoken of. */
import type { DeckJob, Job, OutputFormat, PaperJob } from '../../export/run/export-job.ts';
import type { OutputEntry } from '../../export/run/manifest.ts';
import type { OutputSuffix } from '../../model/outputs/output-names.ts';
import type { PaperSize } from '../../model/outputs/paper.ts';
import type { PdfExpectation } from '../../pdf/inspect/inspect-pdf.ts';
import type { ExpectedError } from '../../shared/errors.ts';
import type { DeckOutcome, DeckVerdict } from '../decks/deck-outcome.ts';
import type { Settings } from '../settings.ts';
import type { Workspace } from '../workspace.ts';
import type { SharedInputs } from './prepare-job.ts';

export type Output = DeckOutput | ContentOutput;

interface AnyOutput<J extends Job> extends OutputFormat<J> {
  /** What there is one of. That of a language has the name of its format. */
  readonly per: 'deck' | 'language';
  /** What its name adds to that of its deck. */
  readonly suffix: OutputSuffix | null;
  /** Its key and its name in `status`. */
  readonly status: { key: string; label: string };
  readonly part: 'slide' | 'exchange';
  /** For a format that is laid out on paper: its style sheets, and what else is in it besides its parts. */
  readonly onPaper: { styles: string; others: string } | null;
  /** Returns everything about an output that can be inspected. Only for PDFs. */
  expect?(job: J, entry: OutputEntry): Promise<PdfExpectation>;
}

/** Made from a deck's file. */
export interface DeckOutput<J extends DeckJob = DeckJob> extends AnyOutput<J> {
  readonly from: 'deck';
  /** `text` replaces the content of the file. */
  prepare(file: string, making: Making, text: string | null): Promise<Prepared<J>>;
}

/** Made from the content. */
export interface ContentOutput extends AnyOutput<PaperJob> {
  readonly from: 'content';
  /** Returns the outputs that belong to the given decks, in order. */
  subjects(judged: readonly (DeckOutcome | DeckVerdict)[], workspace: Workspace): Subject[];
}

/** An output of the content. */
export interface Subject {
  name: string;
  /** Whether none of it may be published. */
  isEmpty: boolean;
  /** Why it cannot be made now. */
  lack: string | null;
  prepare(making: Pick<Making, 'paper' | 'settings'>): Promise<Prepared<PaperJob>>;
}

/** How outputs are to be made. */
export interface Making {
  look: 'light' | 'dark';
  paper: PaperSize;
  /** Null when characters that the fonts lack need not be known. */
  hasGlyph: Glyphs | null;
  settings: Settings;
  shared?: SharedInputs;
}

/** Returns a function that says whether the fonts of a theme have a character. */
export type Glyphs = () => Promise<(character: string) => boolean>;

/** A job, or why there is none. */
export type Prepared<J = Job> = { job: J } | { error: ExpectedError };
