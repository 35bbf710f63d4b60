/** Distributes items over pages, one below the other and in order. */
import type { Continuation } from '../../model/outputs/deck.ts';

/** What slides have in common that are not continued and whose text is in the deck's language. */
export const WHOLE = { continued: { index: 1, count: 1 }, foreign: null } satisfies { continued: Continuation; foreign: null };

/**
 * Fills pages of the given height evenly. An item higher than a page gets a page of its own. `abreast` pages stand side by side, as
 * columns of a slide.
 */
export function fillPages<T>(items: readonly T[], room: number, heightOf: (item: T) => number, abreast = 1): T[][] {
  const heights = items.map(heightOf);
  const fewest = Math.ceil(fillUpTo(heights, room).length / abreast) * abreast;
  // The lowest level that needs no more pages fills them most evenly.
  let level = room;
  for (let step = room / 2; step > 1; step /= 2) if (fillUpTo(heights, level - step).length <= fewest) level -= step;
  let at = 0;
  return fillUpTo(heights, level).map((count) => {
    at += count;
    return items.slice(at - count, at);
  });
}

/** Returns the first of the settings that takes as few pages as the last one. */
export function fewestPages<T>(settings: readonly T[][]): T[] {
  const fewest = settings.at(-1)?.length ?? 0;
  const pages = settings.find(({ length }) => length <= fewest);
  if (pages === undefined) throw new RangeError('there is no type to set pages in');
  return pages;
}

/** Returns the number of items on each page. */
function fillUpTo(heights: readonly number[], room: number): number[] {
  const counts: number[] = [];
  let left = 0;
  for (const height of heights) {
    const last = counts.length - 1;
    if (last >= 0 && height <= left) {
      counts[last] = (counts[last] ?? 0) + 1;
      left -= height;
    } else {
      counts.push(1);
      left = room - height;
    }
  }
  return counts;
}

/** Returns pages with the id and continuation of their slides, and the number of their first item, counted from 1. */
export function numberPages<T>(pages: readonly T[][], id: string): { id: string; continued: Continuation; items: T[]; first: number }[] {
  let first = 1;
  return pages.map((items, index) => {
    const page = { id: index === 0 ? id : `${id}.${index + 1}`, continued: { index: index + 1, count: pages.length }, items, first };
    first += items.length;
    return page;
  });
}
