/** All labels that templates print, in one language. */
export interface Locale {
  /** The short code, which is the name of its file. */
  code: string;
  /** The full BCP 47 tag that documents carry, such as zh-Hans. */
  languageTag: string;
  /** The name of the language in that language. */
  name: string;
  /** `{name}` is replaced by a value. */
  labels: Record<string, string>;
}
