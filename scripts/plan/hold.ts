/** Which broken files keep a deck from being made anew: its last good version stays. */
import type { BrokenFile, Corpus, Theme } from '../model/corpus.ts';
import { matchesQuery } from '../model/query.ts';
import { selectExchanges } from './select.ts';

/**
 * The broken files that belong to a theme's deck in a language. Where the tags of a broken exchange cannot be read, `lastSources` decides:
 * the content files that the deck's last version was made from.
 */
export function heldBack(theme: Theme, lang: string, corpus: Corpus, today: string, lastSources: ReadonlySet<string>): BrokenFile[] {
  const selected = selectExchanges(corpus, theme, today).map(({ exchange }) => exchange);
  const uses = (broken: BrokenFile): boolean => {
    switch (broken.kind) {
      case 'theme':
        return broken.id === theme.id;
      case 'exchange':
        if (broken.lang !== null) return selected.some(({ id, interview }) => id === broken.id && interview === broken.interview);
        return broken.tags === null ? wasIn(broken.file, lastSources) : matchesQuery(theme.query, new Set(broken.tags));
      case 'interview':
        if (broken.lang !== null) return selected.some(({ interview }) => interview === broken.interview);
        return [...lastSources].some((file) => file.startsWith(`interviews/${broken.interview}/`));
      case 'term':
        return selected.some(({ terms }) => terms.includes(broken.id));
      default:
        return false;
    }
  };
  return corpus.broken.filter((broken) => (broken.lang === null || broken.lang === lang) && uses(broken));
}

/** Whether a deck was made from the file or, in another language, from its translation. */
function wasIn(file: string, lastSources: ReadonlySet<string>): boolean {
  const stem = file.replace(/\.md$/, '');
  return [...lastSources].some((source) => source === file || (source.startsWith(`${stem}.`) && source.endsWith('.md')));
}
