/** What an import has to know of the content that is already there. */
export interface KnownContent {
  /** The language of terms and themes without one in their name; null where there is no content yet. */
  baseLanguage: string | null;
  themes: readonly KnownTheme[];
  /** Declared in tags.md. */
  tags: ReadonlySet<string>;
  terms: readonly KnownTerm[];
}

export interface KnownTheme {
  id: string;
  /** In all languages. */
  titles: readonly string[];
  /** The tag that makes an exchange one of the theme's; null where it takes more than one. */
  tag: string | null;
  /** By language, those of the theme's own file under `BASE`: they serve every language that has none of its own. */
  keywords: Readonly<Record<string, readonly string[]>>;
}

export const BASE = 'base';

export interface KnownTerm {
  id: string;
  /** Names and aliases, in all languages. */
  names: readonly string[];
}

export const NOTHING_KNOWN: KnownContent = { baseLanguage: null, themes: [], tags: new Set(), terms: [] };
