/** What goes into an export and what comes out of it. */
import type { NameFinder } from '../../model/names/name-finder.ts';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import type { PdfMetadata } from '../../pdf/write/pdf-metadata.ts';
import type { BrowserDescription } from '../browser/browser.ts';
import type { UnsureCharacter } from '../outputs/finish-printed.ts';
import type { HandoutJob } from '../outputs/handout-job.ts';
import type { PaperJob } from '../outputs/paper-job.ts';
import type { OutputFormat } from './output-place.ts';
import type { Session } from './session.ts';

/** One output to be made. A new format is a member here and a case in formats.ts. */
export type Job = DeckJob | HandoutJob | PaperJob;

/** What is made from a deck's file, as the browser shows it. */
export type DeckJob = SlidesJob | PicturesJob | PresentationJob;
export type SlidesJob = FromDeck & { format: 'slides' };
export type PicturesJob = FromDeck & { format: 'png' };
export type PresentationJob = FromDeck & { format: 'pptx' };

export interface FromDeck extends ShownDeckJob {
  look: 'light' | 'dark';
}

/** What is made of a deck as Slidev shows it. */
export interface ShownDeckJob {
  deck: DeckFile;
  /** SHA-256 by name of everything the deck is made from: deck, theme, fonts, lockfile. */
  inputs: Record<string, string>;
  date: Date;
  metadata: PdfMetadata;
  /** What the fonts of the theme do not have; nothing when left out. */
  unsure?: UnsureCharacter[];
  /** Whether all that the deck is made from is still as it was when `deck` and `inputs` were read. */
  isCurrent: () => Promise<boolean>;
}

export interface ExportOptions {
  /** Folder for the outputs and their manifest, absolute. */
  out: string;
  /** Export also what is fresh. */
  force: boolean;
  /** Deadline for each attempt at a deck, in ms. */
  timeout: number;
  /** How many outputs are printed side by side, each in a browser of its own; one when left out. */
  concurrency?: number;
  /** What `--browser` says. */
  browser: string | null;
  env: NodeJS.ProcessEnv;
  /** Folders besides slides and theme that decks take images from; absolute. */
  assets?: readonly string[];
  /** The only theme that decks may name; any when not given. */
  theme?: string;
  /** Who may be named in what; nobody knows where it is left out. */
  consent?: Consent;
  signal: AbortSignal;
  /** An open session to export with, asked for when there is something to export; it stays open. Without one a run has its own. */
  session?: () => Promise<Session>;
  /** A session that was opened beforehand, to be told where its events go; it belongs to the run that takes it. Null when there is none (any more). */
  early?: (onEvent: (event: ExportEvent) => void) => Promise<Session | null>;
  onEvent(event: ExportEvent): void;
}

/** What the content says of the people in it; null where it cannot be asked. `sources` are content files. */
export interface Consent {
  /** Finds whoever must not be named in an output. Null also where that is nobody. */
  withheld: (sources: ReadonlySet<string>) => Promise<NameFinder | null>;
  /** SHA-256 of the names that an output may have in it, sorted. */
  named: (sources: ReadonlySet<string>) => Promise<string[] | null>;
}

export type ExportEvent =
  | { type: 'start'; decks: number; fresh: number }
  | { type: 'browser'; browser: BrowserDescription }
  | { type: 'fresh' | 'printing'; deck: string; format: OutputFormat }
  /** Slidev's development server shows decks, because they cannot be shown on the stage. */
  | { type: 'fallback'; reason: string }
  | { type: 'retry'; deck: string; reason: string }
  | { type: 'done'; deck: string; format: OutputFormat; file: string; pages: number; ms: number }
  | { type: 'failed'; deck: string; format: OutputFormat; error: Error };

/** `file` is the folder where an output is one. */
export type ExportResult =
  | { status: 'done'; deck: string; format: OutputFormat; file: string; pages: number; ms: number }
  | { status: 'fresh'; deck: string; format: OutputFormat; file: string; pages: number }
  | { status: 'failed'; deck: string; format: OutputFormat; error: Error };

/** Outdated: what the deck is made from was changed while it was exported, so that nobody can say what an output would show. */
export type ExportOutcome = ExportResult | { status: 'outdated'; deck: string; format: OutputFormat };
