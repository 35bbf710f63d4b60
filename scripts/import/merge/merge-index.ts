/** Merges sections and people into an existing interview. Existing entries stay as they are; new ones are added after them. */
import { asciiSlug, unusedSlug } from '../exchanges/ascii-slug.ts';
import type { SpokenExchange } from '../exchanges/group-exchanges.ts';
import type { Slugging } from '../exchanges/nameless-slug.ts';
import { folded, type Speaker } from '../exchanges/people.ts';
import { addRows, setInRow } from './edit-matter.ts';
import type { ExistingExchange, ExistingFile } from './existing.ts';
import { MOST_PEOPLE, personRow } from './interview-file.ts';
import type { MatterRow } from './write-front-matter.ts';

/** A new exchange and the earlier one that it matches. */
export interface Paired {
  fresh: SpokenExchange;
  earlier: ExistingExchange;
}

export interface MergedIndex {
  /** Ids of the sections, by their index in the transcript. */
  sections: string[];
  /** The person that each speaker is in the interview. The id is null when the interview has no room for another person. */
  people: ReadonlyMap<Speaker, { id: string | null; name: string }>;
  newSections: MatterRow[];
  newPeople: Speaker[];
  /** People who are named only by the label in the file, and whom the user has now named. */
  renamed: { id: string; name: string }[];
  /** People whose role the user has now changed by saying who asks. */
  recast: { id: string; role: string }[];
}

/**
 * Matches the sections and people of a file with those of the interview: by the exchanges they have in common, else by name. `isCast`:
 * the user has said who asks.
 */
export function mergeIndex(
  titles: readonly string[],
  speakers: readonly Speaker[],
  pairs: readonly Paired[],
  index: ExistingFile | null,
  { isCast, slugOf }: { isCast: boolean; slugOf: Slugging },
): MergedIndex {
  const merged: MergedIndex = { sections: [], people: new Map(), newSections: [], newPeople: [], renamed: [], recast: [] };
  const known = { sections: rowsIn(index, 'sections'), people: rowsIn(index, 'people') };
  const taken = new Set(known.sections.map(({ id }) => id));
  const used = new Set<string>();
  titles.forEach((title, position) => {
    const voted = mostCommon(pairs.flatMap(({ fresh, earlier }) => (fresh.section === position ? textAt(earlier, 'section') : [])));
    const called = known.sections.find(
      (row) =>
        !used.has(row.id) &&
        (folded(row.title ?? '') === folded(title) || [asciiSlug(title, 'section'), slugOf(title, 'section')].includes(row.id)),
    );
    const id = known.sections.some((row) => row.id === voted) ? voted : (called?.id ?? null);
    merged.sections.push(id ?? unusedSlug(slugOf(title, 'section'), taken));
    if (id === null) merged.newSections.push({ id: merged.sections.at(-1) ?? '', title });
    else used.add(id);
  });
  merged.people = mergePeople(speakers, pairs, known.people, merged);
  for (const [{ role }, { id }] of isCast ? merged.people : []) {
    const row = known.people.find((each) => each.id === id);
    if (row?.role !== undefined && (row.role === 'interviewer') !== (role === 'interviewer')) merged.recast.push({ id: row.id, role });
  }
  return merged;
}

/** Returns index.md with the new entries. Null when they cannot be added. */
export function withNewRows({ text }: ExistingFile, { newSections, newPeople, renamed, recast }: MergedIndex): string | null {
  const sections = addRows(text, 'sections', newSections);
  let next = sections === null ? null : addRows(sections, 'people', newPeople.map(personRow));
  for (const { id, name } of renamed) next = next === null ? null : setInRow(next, 'people', id, 'name', name);
  for (const { id, role } of recast) next = next === null ? null : setInRow(next, 'people', id, 'role', role);
  return next;
}

type KnownRow = { id: string; aliases?: unknown } & Partial<Record<'title' | 'name' | 'role', string>>;

function mergePeople(
  speakers: readonly Speaker[],
  pairs: readonly Paired[],
  known: readonly KnownRow[],
  merged: MergedIndex,
): MergedIndex['people'] {
  const people = new Map<Speaker, { id: string | null; name: string }>();
  const free = new Map(known.map((row) => [row.id, row]));
  const take = (speaker: Speaker, row: KnownRow | undefined) => {
    if (row === undefined || people.has(speaker) || !free.delete(row.id)) return;
    const isUnnamed = speaker.labels.some((label) => label !== null && folded(label) === folded(row.name ?? ''));
    const isNamed = isUnnamed && folded(speaker.name) !== folded(row.name ?? '');
    if (isNamed) merged.renamed.push({ id: row.id, name: speaker.name });
    people.set(speaker, { id: row.id, name: isNamed ? speaker.name : (row.name ?? speaker.name) });
  };
  const namesOf = ({ name, aliases }: KnownRow) =>
    [name, ...(Array.isArray(aliases) ? aliases : [])].map((each) => folded(String(each ?? '')));
  for (const speaker of speakers) {
    take(
      speaker,
      known.find((row) => row.id === speaker.id || namesOf(row).includes(folded(speaker.name))),
    );
  }
  for (const speaker of speakers) {
    take(
      speaker,
      known.find((row) => speaker.labels.some((label) => label !== null && namesOf(row).includes(folded(label)))),
    );
  }
  for (const speaker of speakers) {
    const voted = mostCommon(pairs.flatMap(({ fresh, earlier }) => (fresh.speaker === speaker ? textAt(earlier, 'speaker') : [])));
    take(speaker, voted === null ? undefined : free.get(voted));
  }
  // Exchanges do not name the interviewer. When one person is left on each side, the two are the same.
  const left = speakers.filter((speaker) => !people.has(speaker));
  const [only, ...others] = left;
  const [row, ...rows] = free.values();
  if (only !== undefined && others.length === 0 && rows.length === 0 && row?.role === only.role && MACHINE_LABEL.test(only.name))
    take(only, row);
  const room = MOST_PEOPLE - known.length;
  const added = speakers.filter((speaker) => !people.has(speaker)).sort((a, b) => b.words - a.words);
  const taken = new Set(known.map(({ id }) => id));
  const kept = new Set(added.slice(0, Math.max(0, room)));
  for (const speaker of speakers) {
    if (people.has(speaker)) continue;
    const id = kept.has(speaker) ? unusedSlug(speaker.id, taken) : null;
    people.set(speaker, { id, name: speaker.name });
    if (id !== null) merged.newPeople.push({ ...speaker, id });
  }
  return people;
}

/** Labels that machines give to unknown speakers. */
const MACHINE_LABEL = /^(?:speaker|说话人|发言人|unknown speaker)[\s_-]*\w*$/i;

function rowsIn(index: ExistingFile | null, key: string): KnownRow[] {
  const rows: unknown = index?.matter?.data[key];
  return Array.isArray(rows)
    ? rows.filter((row): row is KnownRow => typeof row === 'object' && row !== null && typeof row.id === 'string')
    : [];
}

function textAt({ matter }: ExistingFile, key: string): string[] {
  const value = matter?.data[key];
  return typeof value === 'string' ? [value] : [];
}

function mostCommon(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce<[string, number] | null>((most, each) => (most === null || each[1] > most[1] ? each : most), null)?.[0] ?? null;
}
