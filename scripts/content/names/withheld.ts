/** Finds the people who must not be named. Reads the files before any schema, so that files with errors count too. */
import { type Attribution, byInterview, type WithheldPerson } from '../../model/corpus.ts';
import { attribution, strictest } from '../../model/front-matter.ts';
import type { PageMatter } from '../kinds/page-matter.ts';
import { isRecord } from '../kinds/yaml.ts';
import type { Drafts, InterviewDraft } from '../read-drafts.ts';

/**
 * Returns everybody whom an `attribution` withholds: that of the interview, their own, or that of one exchange in which they speak. One
 * exchange is enough, because a name on the next slide or on the cover would reveal who spoke. An exchange without a speaker counts for
 * all people who are interviewed.
 */
export function withheldPeople({ interviews, exchanges }: Drafts): WithheldPerson[] {
  const within = byInterview(exchanges);
  return [...interviews.values()].flatMap((interview) => {
    const data = interview.page?.matter.data ?? {};
    const spoken = (within.get(interview.id) ?? []).map(({ page }) => ({
      speaker: page?.matter.data?.speaker ?? null,
      level: levelIn(page?.matter.data?.attribution),
    }));
    return itemsIn(data, 'people').flatMap((person): WithheldPerson[] => {
      if (typeof person.id !== 'string') return [];
      const own = spoken.filter(({ speaker }) => speaker === person.id || (speaker === null && person.role !== 'interviewer'));
      const level = strictest([levelIn(data.attribution), levelIn(person.attribution), ...own.map((exchange) => exchange.level)]);
      if (level === 'named') return [];
      return [
        {
          interview: interview.id,
          person: person.id,
          attribution: level,
          names: [...new Set([...textsIn([person.name]), ...translatedNames(interview, person.id)])],
          aliases: textsIn(person.aliases),
          ordinaryWords: textsIn(person.ordinaryWords),
        },
      ];
    });
  });
}

/** Returns null for an unreadable value. Files with such values are held back elsewhere. */
function levelIn(value: unknown): Attribution | null {
  return value === undefined ? null : (attribution.safeParse(value).data ?? null);
}

function translatedNames({ translations }: InterviewDraft, person: string): string[] {
  return translations.flatMap(({ page }) =>
    itemsIn(page.matter.data ?? {}, 'people').flatMap(({ id, name }) => (id === person ? textsIn([name]) : [])),
  );
}

function itemsIn(data: NonNullable<PageMatter['data']>, key: string): Readonly<Record<string, unknown>>[] {
  const items = data[key];
  return Array.isArray(items) ? items.filter(isRecord) : [];
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
