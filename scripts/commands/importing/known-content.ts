/** Reads what an import needs to know about a content folder. */
import path from 'node:path';
import { loadCorpus } from '../../content/load-corpus.ts';
import { type KnownContent, NOTHING_KNOWN } from '../../import/merge/known.ts';
import { readThemes } from '../../import/tags/read-themes.ts';
import { kindOf, namesIn } from '../../shared/disk/files.ts';

export interface ContentToImportTo {
  known: KnownContent;
  /** The language of each interview. */
  interviews: ReadonlyMap<string, string>;
}

/** Reads a content folder. The result is empty when it does not exist yet. Throws ExpectedError when it cannot be read. */
export async function knownContent(content: string, locales: readonly string[]): Promise<ContentToImportTo> {
  if ((await kindOf(content)) === 'nothing') return { known: NOTHING_KNOWN, interviews: new Map() };
  const { corpus } = await loadCorpus(content, { locales });
  const terms = corpus.terms.map(({ id, text }) => ({ id, names: Object.values(text).flatMap(({ term, aliases }) => [term, ...aliases]) }));
  // A term with an error exists too: its file must not be overwritten.
  const files = (await namesIn(path.join(content, 'terms'))).flatMap((name) => /^([a-z0-9-]+)\.md$/.exec(name)?.[1] ?? []);
  const broken = files.filter((id) => !terms.some((term) => term.id === id)).map((id) => ({ id, names: [] }));
  return {
    known: {
      baseLanguage: corpus.interviews.length === 0 ? null : corpus.baseLanguage,
      themes: await readThemes(content),
      tags: new Set(corpus.tags.keys()),
      terms: [...terms, ...broken],
    },
    interviews: new Map(corpus.interviews.map(({ id, lang }) => [id, lang])),
  };
}
