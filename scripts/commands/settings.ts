/** What every command is given: folders, languages, where to report, and the signal that ends a run. */
import type { Folders } from '../shared/paths.ts';
import type { Report } from '../shared/report.ts';

export interface Settings {
  folders: Folders;
  /** Languages asked for; null: all that the content has. */
  languages: string[] | null;
  report: Report;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
  /** Now, for embargoes and dates. */
  now: Date;
}
