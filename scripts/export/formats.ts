/** What makes each format; everything else that an export does is the same for all. */
import { type Attempt, printDeck } from './deck-pdf.ts';
import type { Job } from './export-job.ts';
import { finishPrinted } from './finish-printed.ts';
import { printHandout } from './handout-pdf.ts';
import { type SlideEntry, slideEntries } from './manifest.ts';
import { printPaperJob } from './paper-pdf.ts';
import type { Session } from './session.ts';

export interface MadeOutput {
  bytes: Uint8Array;
  pages: number;
  entries: SlideEntry[];
  /** Content files, relative to the content folder, sorted. */
  sources: string[];
}

/** What the browser has given; the rest is done without it. */
export interface PrintedOutput {
  /** Throws ExpectedError when the output is not as planned. */
  finish(): Promise<MadeOutput>;
}

/** Prints an output to memory. Throws as the printer of its format does. */
export async function printOutput(job: Job, session: Session, attempt: Attempt): Promise<PrintedOutput> {
  const { finisher, server } = session;
  finisher.warmUp();
  switch (job.format) {
    case 'slides': {
      const printed = await printDeck(job, session, attempt);
      return {
        async finish() {
          const entries = slideEntries(job.deck);
          const bytes = await finishPrinted(printed, job, server.origin, finisher);
          return { bytes, pages: entries.length, entries, sources: sourcesOf(entries) };
        },
      };
    }
    case 'handout': {
      const finish = await printHandout(job, session, attempt);
      return {
        async finish() {
          const { pdf, pages, entries } = await finish();
          return { bytes: pdf, pages, entries, sources: sourcesOf(entries) };
        },
      };
    }
    case 'briefing':
    case 'book': {
      const finish = await printPaperJob(job, session, attempt.signal);
      return {
        async finish() {
          const { pdf, pages, entries } = await finish();
          return { bytes: pdf, pages, entries, sources: [...job.sources] };
        },
      };
    }
  }
}

function sourcesOf(entries: readonly SlideEntry[]): string[] {
  return [...new Set(entries.flatMap(({ file }) => (file === null ? [] : [file])))].sort();
}
