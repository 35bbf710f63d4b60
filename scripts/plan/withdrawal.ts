/** What was published once and may not be any more: then the last good version of a deck cannot stay. */
import type { BrokenFile, Corpus, WithheldPerson } from '../model/corpus.ts';
import { isEmbargoed, isPublishable } from './select.ts';

/**
 * Those of the content files that a deck was made from which may not be published on the given day (`YYYY-MM-DD`): drafts, what is under embargo, and what
 * says so in a way that cannot be read. Sorted.
 */
export function forbiddenSources(sources: ReadonlySet<string>, corpus: Corpus, today: string): string[] {
  return [...sources].filter((source) => isForbidden(source, corpus, today)).sort();
}

/** Everybody of the interviews that a deck draws on who must not be named in it. */
export function withheldIn(sources: ReadonlySet<string>, corpus: Corpus): WithheldPerson[] {
  const interviews = new Set([...sources].map(interviewOf));
  const open = new Set(
    corpus.interviews
      .filter(({ id }) => interviews.has(id))
      .flatMap((interview) =>
        Object.values(interview.text).flatMap(({ people }) => people.map(({ id, name }) => ({ interview: interview.id, id, name }))),
      )
      .filter(({ interview, id }) => !corpus.withheld.some((withheld) => withheld.interview === interview && withheld.person === id))
      .map(({ name }) => name),
  );
  // Who is named openly in another interview of the same deck stands on its cover anyway.
  return corpus.withheld.filter(({ interview, names }) => interviews.has(interview) && !names.some((name) => open.has(name)));
}

function isForbidden(source: string, corpus: Corpus, today: string): boolean {
  const base = source.replace(/\.[a-z]{2,3}\.md$/, '.md');
  const id = interviewOf(source);
  const interview = corpus.interviews.find((each) => each.id === id);
  if (interview !== undefined && isEmbargoed(interview, today)) return true;
  const exchange = corpus.exchanges.find(({ file }) => file === base);
  if (exchange !== undefined && interview !== undefined && !isPublishable(exchange, interview, today)) return true;
  return corpus.broken.some((broken) => broken.interview === id && forbids(broken, source, base, today));
}

function forbids({ kind, file, lang, permission }: BrokenFile, source: string, base: string, today: string): boolean {
  const { draft, embargo, attribution } = permission;
  // A word in a translation concerns that language alone.
  const concerns = lang === null || source.endsWith(`.${lang}.md`);
  if (concerns && (attribution === 'unreadable' || isUnderEmbargo(embargo, today))) return true;
  return kind === 'exchange' && draft !== false && (file === source || file === base);
}

function isUnderEmbargo(embargo: string | null, today: string): boolean {
  return embargo === 'unreadable' || (embargo !== null && isEmbargoed({ embargo }, today));
}

function interviewOf(source: string): string {
  return source.split('/')[1] ?? '';
}
