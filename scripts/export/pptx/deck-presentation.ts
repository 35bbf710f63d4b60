import type { PresentationJob } from '../export-job.ts';
import type { Session } from '../session.ts';
import type { Attempt } from '../show-deck.ts';
export async function makePresentation(job: PresentationJob, session: Session, attempt: Attempt): Promise<() => Promise<Uint8Array>> {
  throw new Error(`${job.format}${session}${attempt}`);
}
