/** The settings of every command: folders, languages, the report, and the signal that ends a run. */
import type { Folders } from '../shared/paths.ts';
import type { Report } from '../shared/report.ts';

export interface Settings {
  folders: Folders;
  /** The requested languages. Null means all languages of the content. */
  languages: string[] | null;
  report: Report;
  signal: AbortSignal;
  env: NodeJS.ProcessEnv;
  /** The current time, for embargoes and dates. */
  now: Date;
}
