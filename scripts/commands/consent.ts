/** Answers, from the content, who may be named in outputs. */
import type { Consent } from '../export/run/export-job.ts';
import type { OutputEntry } from '../export/run/manifest.ts';
import type { Corpus } from '../model/corpus.ts';
import { NameFinder } from '../model/names/name-finder.ts';
import { namedIn, namesWithheld, withheldIn } from '../plan/withdrawal.ts';
import { sha256 } from '../shared/cache/hashes.ts';

/** `corpus` returns null when there is no content. */
export function consentOf(corpus: () => Promise<Corpus | null>): Consent {
  const finders = new Map<string, NameFinder>();
  return {
    async withheld(sources) {
      const content = await corpus();
      const people = content === null ? [] : withheldIn(sources, content);
      if (people.length === 0) return null;
      const key = JSON.stringify(people);
      const finder = finders.get(key) ?? new NameFinder(people);
      finders.set(key, finder);
      return finder;
    },
    async named(sources) {
      const content = await corpus();
      return content === null ? null : [...namedIn(sources, content)].map((name) => sha256(name)).sort();
    },
  };
}

/**
 * Returns whether an output may contain a name that is withheld today. Uses the manifest, not the deck, because the deck may have been
 * generated again since.
 */
export function mayNameWithheld({ generatedFrom, named }: Pick<OutputEntry, 'generatedFrom' | 'named'>, corpus: Corpus): boolean {
  const hashes = named === undefined ? null : new Set(named);
  return namesWithheld(new Set(generatedFrom), hashes === null ? null : (name) => hashes.has(sha256(name)), corpus);
}
