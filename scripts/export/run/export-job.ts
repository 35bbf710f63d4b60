/** Input and output of an export. */
import type { Consent } from '../../model/consent.ts';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import type { HandoutPage } from '../../model/outputs/handout.ts';
import type { Paper, PaperSize } from '../../model/outputs/paper.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import type { PdfMetadata } from '../../pdf/write/pdf-metadata.ts';
import type { BrowserDescription } from '../browser/browser.ts';
import type { SlideEntry } from './manifest.ts';
import type { OutputContent } from './output-place.ts';
import type { Session } from './session.ts';
import type { ShowAttempt } from './show-deck.ts';

/** What an export must know about a format of outputs. */
export interface OutputFormat<J extends Job = Job> {
  /** As in `--format`, in reports and in keys. */
  readonly name: string;
  /** The extension of its files. Empty for a format that makes folders. */
  readonly ending: string;
  /** The word for one of its pages. */
  readonly unit: string;
  /** The names of the files in its folders. */
  readonly files?: RegExp;
  /** Whether people continue to edit its files, so that a changed one must not be replaced. */
  readonly isEdited?: boolean;
  /** Makes an output as far as the browser is needed. Throws ExpectedError when it cannot, and the signal's reason when that is aborted. */
  make(job: J, session: Session, attempt: ShowAttempt): Promise<FinishOutput>;
}

/** The remaining steps need no browser. Throws ExpectedError when the output is not as planned. */
export type FinishOutput = () => Promise<MadeOutput>;

export interface MadeOutput {
  content: OutputContent;
  pages: number;
  entries: SlideEntry[];
  /** Content files, relative to the content folder, sorted. */
  sources: string[];
}

/** An output to make: from a deck that the browser shows, or from a document in memory. */
export type Job = DeckJob | PaperJob;

interface AnyJob {
  format: OutputFormat;
  /** The name of the output without extension. */
  name: string;
  /** How slides look, or the size of paper. */
  variant: { look: 'light' | 'dark' } | { paper: PaperSize };
  /** SHA-256 of everything from which it is made, by name: deck, theme, page, styles, images, packages. */
  inputs: Record<string, string>;
  date: Date;
  metadata: PdfMetadata;
}

export interface DeckJob extends AnyJob {
  /** Has only the slides of which the output is made. */
  deck: DeckFile;
  /** The output is made of the first slides of the deck in the file; not given where it is made of all. */
  part?: { slides: number; of: number };
  /** Characters that the theme's fonts lack. Defaults to none. */
  unsure?: UnsureCharacter[];
  /** Returns whether everything from which the deck is made is unchanged since `deck` and `inputs` were read. */
  isCurrent: () => Promise<boolean>;
}

/** A character that no font of the theme has. It is shown as a box, unless the theme lacks that too. */
export interface UnsureCharacter {
  character: string;
  /** The page of the slide, counted from 1. */
  page: number;
}

/** A deck to print on paper, with small slides and the notes below them. */
export interface HandoutJob extends DeckJob {
  page: HandoutPage;
  /** Text that must be in the PDF besides the words on its slides, each in one piece: notes, questions, sources. */
  passages: readonly Passage[];
}

/** A document to print. Everything is in memory, so that exactly what was hashed is printed. */
export interface PaperJob extends AnyJob {
  paper: Paper;
  images: ReadonlyMap<string, Uint8Array>;
  /** BCP 47. */
  languageTag: string;
  /** Text that must be in the PDF, each in one piece. */
  passages: readonly Passage[];
  /** The origin of each exchange, by the id of its headline. */
  exchanges: readonly PaperExchange[];
  /** Content files, relative to the content folder. */
  sources: readonly string[];
  /** Characters that the theme's fonts lack, with the content file if it is known. */
  unsure: readonly { character: string; file: string | null }[];
}

export interface PaperExchange {
  id: string;
  /** `<interview>/<exchange>`. */
  exchange: string;
  file: string;
  /** SHA-256 of what the document shows of it. */
  hash: string;
}

export interface ExportOptions {
  /** The folder for the outputs and their manifest, absolute. */
  out: string;
  /** Whether to export fresh outputs too. */
  force: boolean;
  /** The timeout for each attempt at a deck, in ms. */
  timeout: number;
  /** The number of outputs printed in parallel, each in its own browser. Defaults to 1. */
  concurrency?: number;
  /** The value of `--browser`. */
  browser: string | null;
  env: NodeJS.ProcessEnv;
  /** Folders besides slides and theme from which decks take images; absolute. */
  assets?: readonly string[];
  /** The only theme that decks may use. Defaults to any. */
  theme?: string;
  /** Returns what may be published, as the content says now. Null when there is no content. */
  consent?: () => Promise<Consent | null>;
  signal: AbortSignal;
  /**
   * Returns an open session for the export, which stays open afterwards. Called only when there is something to export. Without it, a run
   * opens its own.
   */
  session?: () => Promise<Session>;
  /**
   * Returns a session that was opened in advance; its events go to `onEvent`, and the run closes it. Null when there is none, or when it
   * was taken before.
   */
  early?: (onEvent: (event: ExportEvent) => void) => Promise<Session | null>;
  onEvent(event: ExportEvent): void;
}

export type ExportEvent =
  | { type: 'start'; decks: number; fresh: number }
  | { type: 'browser'; browser: BrowserDescription }
  | { type: 'fresh' | 'printing'; deck: string; format: OutputFormat }
  /** Decks are shown by Slidev's development server, because the stage cannot show them. */
  | { type: 'fallback'; reason: string }
  | { type: 'retry'; deck: string; reason: string }
  | { type: 'done'; deck: string; format: OutputFormat; file: string; pages: number; ms: number }
  | { type: 'failed'; deck: string; format: OutputFormat; error: Error };

/** `file` is a folder for formats that make one. */
export type ExportResult =
  | { status: 'done'; deck: string; format: OutputFormat; file: string; pages: number; ms: number }
  | { status: 'fresh'; deck: string; format: OutputFormat; file: string; pages: number }
  | { status: 'failed'; deck: string; format: OutputFormat; error: Error };

/** `outdated`: the deck's inputs changed during the export, so the content of an output would be undefined. */
export type ExportOutcome = ExportResult | { status: 'outdated'; deck: string; format: OutputFormat };
