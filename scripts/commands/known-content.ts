/** What an import has to know of a content folder. */

import path from 'node:path';
import { loadCorpus } from '../content/load-corpus.ts';
import type { KnownContent, KnownTheme } from '../import/known.ts';
import type { Corpus, Theme } from '../model/corpus.ts';
import { matchesQuery, tagsOfQuery } from '../model/query.ts';
import { pickText } from '../model/text.ts';
import { kindOf, namesIn } from '../shared/files.ts';

export interface ContentToImportTo {
  known: KnownContent;
  /** The language of each interview. */
  interviews: ReadonlyMap<string, string>;
}

/** Reads a content folder; one that is not there yet knows nothing. Throws ExpectedError when it cannot be read. */
export async function knownContent(content: string, locales: readonly string[]): Promise<ContentToImportTo> {
  if ((await kindOf(content)) === 'nothing')
    return { known: { baseLanguage: null, themes: [], tags: new Set(), terms: [] }, interviews: new Map() };
  const { corpus } = await loadCorpus(content, { locales });
  const terms = corpus.terms.map(({ id, text }) => ({ id, names: Object.values(text).flatMap(({ term, aliases }) => [term, ...aliases]) }));
  // A term with an error is there all the same: its file is not to be written over.
  const files = (await namesIn(path.join(content, 'terms'))).flatMap((name) => /^([a-z0-9-]+)\.md$/.exec(name)?.[1] ?? []);
  const broken = files.filter((id) => !terms.some((term) => term.id === id)).map((id) => ({ id, names: [] }));
  return {
    known: {
      baseLanguage: corpus.interviews.length === 0 ? null : corpus.baseLanguage,
      themes: corpus.themes.map((theme) => knownTheme(theme, corpus, locales)),
      tags: new Set(corpus.tags.keys()),
      terms: [...terms, ...broken],
    },
    interviews: new Map(corpus.interviews.map(({ id, lang }) => [id, lang])),
  };
}

function knownTheme(theme: Theme, { baseLanguage }: Corpus, locales: readonly string[]): KnownTheme {
  const { id, query, text } = theme;
  const named = tagsOfQuery(query).map(({ tag }) => tag);
  return {
    id,
    titles: Object.values(text).map(({ title }) => title),
    tag: [id, ...named].find((tag) => matchesQuery(query, new Set([tag]))) ?? null,
    keywords: Object.fromEntries(locales.map((lang) => [lang, pickText(text, lang, baseLanguage).value.keywords])),
  };
}
