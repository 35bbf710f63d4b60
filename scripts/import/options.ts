/** Facts about a recording that the user gives because its file lacks them. */
export interface MakingOptions {
  /** Maps labels in the file to names. */
  names: ReadonlyMap<string, string>;
  interviewers: readonly string[];
  lang: string | null;
  id: string | null;
  title: string | null;
  date: string | null;
  url: string | null;
  /** Write suggested tags to `tags`, not to `suggested`. */
  suggestTags: boolean;
}
