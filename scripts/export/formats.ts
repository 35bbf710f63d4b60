/** What makes each format; everything else that an export does is the same for all. */
import { type Attempt, makePdf } from './deck-pdf.ts';
import type { Job } from './export-job.ts';
import { type SlideEntry, slideEntries } from './manifest.ts';
import { makePaper } from './paper-pdf.ts';
import type { Session } from './session.ts';

export interface MadeOutput {
  bytes: Uint8Array;
  pages: number;
  entries: SlideEntry[];
  /** Content files, relative to the content folder, sorted. */
  sources: string[];
}

/** Makes an output in memory. Throws as the maker of its format does. */
export async function makeOutput(job: Job, session: Session, attempt: Attempt): Promise<MadeOutput> {
  switch (job.format) {
    case 'slides': {
      const entries = slideEntries(job.deck);
      const sources = new Set(entries.flatMap(({ file }) => (file === null ? [] : [file])));
      return { bytes: await makePdf(job, session, attempt), pages: entries.length, entries, sources: [...sources].sort() };
    }
    case 'briefing': {
      const { pdf, pages, entries } = await makePaper(job, session, attempt.signal);
      return { bytes: pdf, pages, entries, sources: [...job.sources] };
    }
  }
}
