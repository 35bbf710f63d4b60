/** Matches the exchanges of a file with those of an existing interview, by what was said and not by number. */
import { wordsOf } from '../plain-text.ts';

/** The texts by which two exchanges are compared. */
export interface Comparable {
  question: string;
  /** The text below `## Transcript`; null when there is none. */
  transcript: string | null;
}

export interface Matches {
  /** Index of the new exchange -> index of the earlier one. */
  pairs: Map<number, number>;
  /**
   * Exchanges that somebody has split or joined by hand: several on one or both sides. `news`: some words are in none of the earlier
   * ones.
   */
  regrouped: { fresh: number[]; earlier: number[]; news: boolean }[];
}

/** Pairs exchanges. Those that are in neither list of the result are new or gone. */
export function matchExchanges(fresh: readonly Comparable[], earlier: readonly Comparable[]): Matches {
  const matches: Matches = { pairs: new Map(), regrouped: [] };
  if (earlier.length === 0) return matches;
  const taken = new Set<number>();
  const pair = (key: (each: Comparable) => string | null) => {
    const places = new Map<string, number[]>();
    earlier.forEach((each, index) => {
      const found = taken.has(index) ? null : key(each);
      if (found !== null) places.set(found, [...(places.get(found) ?? []), index]);
    });
    fresh.forEach((each, index) => {
      const found = matches.pairs.has(index) ? null : key(each);
      const place = found === null ? undefined : places.get(found)?.shift();
      if (place === undefined) return;
      matches.pairs.set(index, place);
      taken.add(place);
    });
  };
  pair(({ question, transcript }) => (transcript === null ? null : `${question}\n${transcript}`));
  pair(({ transcript }) => (transcript === null ? null : wordsOf(transcript).join(' ')));
  const left = {
    fresh: [...fresh.keys()].filter((index) => !matches.pairs.has(index)),
    earlier: [...earlier.keys()].filter((index) => !taken.has(index)),
  };
  for (const group of groupsOf(left, fresh, earlier)) {
    const [one, other] = [group.fresh[0], group.earlier[0]];
    if (one === undefined || other === undefined) continue;
    if (group.fresh.length === 1 && group.earlier.length === 1) matches.pairs.set(one, other);
    else matches.regrouped.push(group);
    for (const index of group.earlier) taken.add(index);
  }
  const regrouped = new Set(matches.regrouped.flatMap((group) => group.fresh));
  pair(({ question }) =>
    fresh.some((each, index) => regrouped.has(index) && each.question === question) ? null : wordsOf(question).join(' '),
  );
  return matches;
}

/** In words. A row of this length is hardly ever said twice. */
const ROW = 5;
/** The least share of the rows of the shorter text that must be in the longer one. */
const SHARED = 0.5;
/** Rows that occur in more exchanges than this do not help to tell them apart. */
const COMMON = 20;
/** In rows. Shorter texts are compared as a whole. */
const LEAST_ROWS = 6;

type Group = Matches['regrouped'][number];

/** Groups exchanges that share most of the rows of the shorter one, directly or through another exchange. */
function groupsOf(left: { fresh: number[]; earlier: number[] }, fresh: readonly Comparable[], earlier: readonly Comparable[]): Group[] {
  const rows: Rows = {
    fresh: new Map(left.fresh.map((index) => [index, rowsOf(fresh[index])])),
    earlier: new Map(left.earlier.map((index) => [index, rowsOf(earlier[index])])),
  };
  const groupOf = { fresh: new Map<number, Group>(), earlier: new Map<number, Group>() };
  for (const [one, other] of alike(rows)) unite(groupOf, one, other);
  return [...new Set(groupOf.fresh.values())].map((group) => ({ ...group, news: hasNews(group, rows) }));
}

interface Rows {
  fresh: ReadonlyMap<number, ReadonlySet<string>>;
  earlier: ReadonlyMap<number, ReadonlySet<string>>;
}

/** Returns the pairs of a new and an earlier exchange that share enough rows. */
function alike(rows: Rows): [number, number][] {
  const holders = new Map<string, number[]>();
  for (const [index, set] of rows.earlier) {
    for (const row of set) {
      const list = holders.get(row) ?? [];
      if (list.length === 0) holders.set(row, list);
      if (list.length <= COMMON) list.push(index);
    }
  }
  return [...rows.fresh].flatMap(([index, set]) => {
    const shared = new Map<number, number>();
    for (const row of set) {
      const list = holders.get(row) ?? [];
      if (list.length > COMMON) continue;
      for (const holder of list) shared.set(holder, (shared.get(holder) ?? 0) + 1);
    }
    return [...shared].flatMap(([holder, count]): [number, number][] => {
      const least = Math.min(set.size, rows.earlier.get(holder)?.size ?? 0);
      return least >= LEAST_ROWS && count >= SHARED * least ? [[index, holder]] : [];
    });
  });
}

/** Allows for the rows that span a cut: they are in neither part, and each cut makes some. */
function hasNews({ fresh, earlier }: Group, rows: Rows): boolean {
  const known = new Set(earlier.flatMap((index) => [...(rows.earlier.get(index) ?? [])]));
  const all = fresh.flatMap((index) => [...(rows.fresh.get(index) ?? [])]);
  return all.filter((row) => !known.has(row)).length > (earlier.length + fresh.length) * (ROW - 1);
}

function rowsOf(each: Comparable | undefined): Set<string> {
  const words = wordsOf(`${each?.question ?? ''} ${each?.transcript ?? ''}`);
  const rows = new Set<string>();
  for (let at = 0; at + ROW <= words.length; at += 1) rows.add(words.slice(at, at + ROW).join(' '));
  return rows;
}

function unite(groupOf: { fresh: Map<number, Group>; earlier: Map<number, Group> }, one: number, other: number): void {
  const [a, b] = [groupOf.fresh.get(one), groupOf.earlier.get(other)];
  if (a !== undefined && a === b) return;
  const group: Group = {
    fresh: [...new Set([...(a?.fresh ?? [one]), ...(b?.fresh ?? [])])].sort((x, y) => x - y),
    earlier: [...new Set([...(a?.earlier ?? []), ...(b?.earlier ?? [other])])].sort((x, y) => x - y),
    news: false,
  };
  for (const index of group.fresh) groupOf.fresh.set(index, group);
  for (const index of group.earlier) groupOf.earlier.set(index, group);
}
