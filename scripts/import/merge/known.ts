/** The facts about existing content that an import needs. */
export interface KnownContent {
  /** The language of terms and themes without a language in their file name; null when there is no content yet. */
  baseLanguage: string | null;
  themes: readonly KnownTheme[];
  /** Declared in tags.md. */
  tags: ReadonlySet<string>;
  terms: readonly KnownTerm[];
}

export interface KnownTheme {
  id: string;
  /** The titles in all languages. */
  titles: readonly string[];
  /** The tag that is enough to put an exchange into the theme; null when its query needs more than one tag. */
  tag: string | null;
  /** Keywords by language. Those under `BASE` come from the theme's base file and serve every language without keywords of its own. */
  keywords: Readonly<Record<string, readonly string[]>>;
}

export const BASE = 'base';

export interface KnownTerm {
  id: string;
  /** The names and aliases in all languages. */
  names: readonly string[];
}

export const NOTHING_KNOWN: KnownContent = { baseLanguage: null, themes: [], tags: new Set(), terms: [] };
