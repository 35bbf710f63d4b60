/** A change of one content file. */
export interface FileChange {
  /** Relative to the content folder, with forward slashes. */
  path: string;
  /** Null when the file does not exist yet. */
  before: string | null;
  after: string;
}
