/** What a user says about a recording that its file does not say. */
export interface MakingOptions {
  /** What the file calls somebody -> their name. */
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
