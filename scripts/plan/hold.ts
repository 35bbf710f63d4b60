/** Which broken files keep a deck from being made anew: its last good version stays. */
import type { BrokenFile, Corpus, Exchange, Theme } from '../model/corpus.ts';
import { matchesQuery } from '../model/query.ts';
import { selectExchanges } from './select.ts';

/**
 * The broken files that a theme's deck in a language may need. A deck is held when a broken exchange has its tags now, or was in the deck before
 * (its tags may be what is broken). `lastSources` are the content files that the last version was made from; null when there is none: then whatever
 * cannot be told holds the deck, for nothing is lost by it.
 */
export function heldBack(theme: Theme, lang: string, corpus: Corpus, today: string, lastSources: ReadonlySet<string> | null): BrokenFile[] {
  if (corpus.broken.length === 0) return [];
  const selected = selectExchanges(corpus, theme, today).map(({ exchange }) => exchange);
  return corpus.broken.filter((broken) => (broken.lang === null || broken.lang === lang) && mayNeed(broken, theme, selected, lastSources));
}

function mayNeed(broken: BrokenFile, theme: Theme, selected: readonly Exchange[], lastSources: ReadonlySet<string> | null): boolean {
  const wasIn = (test: (file: string) => boolean) => lastSources !== null && [...lastSources].some(test);
  switch (broken.kind) {
    case 'theme':
      return broken.id === theme.id;
    case 'term':
      return selected.some(({ terms }) => terms.includes(broken.id));
    case 'exchange':
      // Nobody knows then whom its interview may name.
      if (broken.permission.attribution === 'unreadable' && selected.some(({ interview }) => interview === broken.interview)) return true;
      if (broken.lang !== null) return selected.some(({ id, interview }) => id === broken.id && interview === broken.interview);
      if (broken.tags !== null && matchesQuery(theme.query, new Set(broken.tags))) return true;
      return (broken.tags === null && lastSources === null) || wasIn((file) => isVersionOf(file, broken.file));
    case 'interview': {
      if (broken.lang !== null) return selected.some(({ interview }) => interview === broken.interview);
      const folder = broken.file.split('/').slice(0, 2).join('/');
      return lastSources === null || wasIn((file) => file.startsWith(`${folder}/`));
    }
    default:
      return false;
  }
}

/** Whether a content file is the other one or its translation. */
function isVersionOf(file: string, base: string): boolean {
  const stem = base.replace(/\.md$/, '');
  return file === base || (file.startsWith(`${stem}.`) && file.endsWith('.md'));
}
