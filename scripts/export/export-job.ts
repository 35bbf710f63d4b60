/** What goes into an export and what comes out of it. */
import type { DeckFile } from '../model/deck-file.ts';
import type { BrowserDescription } from './browser.ts';
import type { HandoutJob } from './handout-job.ts';
import type { UnsureCharacter } from './missing-glyphs.ts';
import type { PaperJob } from './paper-job.ts';
import type { PdfMetadata } from './pdf-metadata.ts';
import type { Session } from './session.ts';

/** One output to be made. A new format is a member here and a case in formats.ts. */
export type Job = DeckJob | HandoutJob | PaperJob;

export interface DeckJob extends ShownDeckJob {
  format: 'slides';
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
  /** Folder for the PDFs and their manifest, absolute. */
  out: string;
  /** Export also what is fresh. */
  force: boolean;
  /** Deadline for each attempt at a deck, in ms. */
  timeout: number;
  /** What `--browser` says. */
  browser: string | null;
  env: NodeJS.ProcessEnv;
  /** Folders besides slides and theme that decks take images from; absolute. */
  assets?: readonly string[];
  /** The only theme that decks may name; any when not given. */
  theme?: string;
  signal: AbortSignal;
  /** An open session to export with, asked for when there is something to export; it stays open. Without one a run has its own. */
  session?: () => Promise<Session>;
  onEvent(event: ExportEvent): void;
}

export type ExportEvent =
  | { type: 'start'; decks: number; fresh: number }
  | { type: 'browser'; browser: BrowserDescription }
  | { type: 'fresh' | 'printing'; deck: string }
  /** Slidev's development server shows decks, because they cannot be shown on the shell. */
  | { type: 'fallback'; reason: string }
  | { type: 'retry'; deck: string; reason: string }
  | { type: 'done'; deck: string; file: string; pages: number; ms: number }
  | { type: 'failed'; deck: string; error: Error };

export type ExportResult =
  | { status: 'done'; deck: string; file: string; pages: number; ms: number }
  | { status: 'fresh'; deck: string; file: string; pages: number }
  | { status: 'failed'; deck: string; error: Error };

/** Outdated: what the deck is made from was changed while it was exported, so that nobody can say what a PDF would show. */
export type ExportOutcome = ExportResult | { status: 'outdated'; deck: string };
