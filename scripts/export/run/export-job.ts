/** Input and output of an export. */
import type { NameFinder } from '../../model/names/name-finder.ts';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import type { PdfMetadata } from '../../pdf/write/pdf-metadata.ts';
import type { BrowserDescription } from '../browser/browser.ts';
import type { UnsureCharacter } from '../outputs/finish-printed.ts';
import type { HandoutJob } from '../outputs/handout-job.ts';
import type { PaperJob } from '../outputs/paper-job.ts';
import type { OutputFormat } from './output-place.ts';
import type { Session } from './session.ts';

/** An output to make. A new format is a member here and a case in printOutput. */
export type Job = DeckJob | HandoutJob | PaperJob;

/** An output made from a deck's file, as the browser shows it. */
export type DeckJob = SlidesJob | PicturesJob | PresentationJob;
export type SlidesJob = FromDeck & { format: 'slides' };
export type PicturesJob = FromDeck & { format: 'png' };
export type PresentationJob = FromDeck & { format: 'pptx' };

export interface FromDeck extends ShownDeckJob {
  look: 'light' | 'dark';
}

/** The input of every output of a deck that Slidev shows. */
export interface ShownDeckJob {
  deck: DeckFile;
  /** SHA-256 of everything from which the deck is made, by name: deck, theme, fonts, lockfile. */
  inputs: Record<string, string>;
  date: Date;
  metadata: PdfMetadata;
  /** Characters that the theme's fonts lack. Defaults to none. */
  unsure?: UnsureCharacter[];
  /** Returns whether everything from which the deck is made is unchanged since `deck` and `inputs` were read. */
  isCurrent: () => Promise<boolean>;
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
  /** Who may be named in which output. Undefined when this is unknown. */
  consent?: Consent;
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

/** Who may be named, according to the content. `sources` are content files. Results are null when there is no content. */
export interface Consent {
  /** Returns a finder of the names that an output must not contain. Also null when there are none. */
  withheld: (sources: ReadonlySet<string>) => Promise<NameFinder | null>;
  /** Returns the SHA-256 of the names that an output may contain, sorted. */
  named: (sources: ReadonlySet<string>) => Promise<string[] | null>;
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
