/** What makes each format; everything else that an export does is the same for all. */

import type { FromDeck, Job } from '../run/export-job.ts';
import { type SlideEntry, slideEntries } from '../run/manifest.ts';
import type { OutputContent } from '../run/output-place.ts';
import type { Session } from '../run/session.ts';
import type { Attempt } from '../run/show-deck.ts';
import { printDeck } from './deck-pdf.ts';
import { makePictures } from './deck-pictures.ts';
import { finishPrinted } from './finish-printed.ts';
import { printHandout } from './handout-pdf.ts';
import { printPaperJob } from './paper-pdf.ts';

export interface MadeOutput {
  content: OutputContent;
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
      return { finish: async () => ofDeck(job, await finishPrinted(printed, job, server.origin, finisher)) };
    }
    case 'png': {
      const pictures = await makePictures(job, session, attempt);
      return { finish: async () => ofDeck(job, pictures) };
    }
    case 'pptx': {
      // Imported here, so that whoever makes no presentation does without.
      const { makePresentation } = await import('../pptx/deck-presentation.ts');
      const finish = await makePresentation(job, session, attempt);
      return { finish: async () => ofDeck(job, await finish()) };
    }
    case 'handout': {
      const finish = await printHandout(job, session, attempt);
      return {
        async finish() {
          const { pdf, pages, entries } = await finish();
          return { content: pdf, pages, entries, sources: sourcesOf(entries) };
        },
      };
    }
    case 'briefing':
    case 'book': {
      const finish = await printPaperJob(job, session, attempt.signal);
      return {
        async finish() {
          const { pdf, pages, entries } = await finish();
          return { content: pdf, pages, entries, sources: [...job.sources] };
        },
      };
    }
  }
}

function ofDeck({ deck }: FromDeck, content: OutputContent): MadeOutput {
  const entries = slideEntries(deck);
  return { content, pages: entries.length, entries, sources: sourcesOf(entries) };
}

function sourcesOf(entries: readonly SlideEntry[]): string[] {
  return [...new Set(entries.flatMap(({ file }) => (file === null ? [] : [file])))].sort();
}
