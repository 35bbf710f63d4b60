/** What an import does to content files. */
export interface FileChange {
  /** Relative to the content folder, with forward slashes. */
  path: string;
  /** Null where there is no such file yet. */
  before: string | null;
  after: string;
}
