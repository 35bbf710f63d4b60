/** Numbers for new exchanges: in steps of ten, or between the numbers of their neighbours. */
import type { Matches } from '../merge/match.ts';

/** Returns numbers by index in the file, for exchanges without an earlier one. All have as many digits as the largest, at least three. */
export function exchangeNumbers(count: number, { pairs, regrouped }: Matches, earlier: readonly { number: number }[]): Map<number, string> {
  const there = new Map<number, number>();
  for (const [fresh, index] of pairs) there.set(fresh, earlier[index]?.number ?? 0);
  for (const group of regrouped) {
    const last = Math.max(...group.earlier.map((index) => earlier[index]?.number ?? 0));
    for (const fresh of group.fresh) there.set(fresh, last);
  }
  const numbers = new Map<number, number>();
  let before = 0;
  for (let index = 0; index < count; ) {
    const known = there.get(index);
    if (known !== undefined) {
      before = known;
      index += 1;
      continue;
    }
    let end = index;
    while (end < count && !there.has(end)) end += 1;
    const next = there.get(end);
    // Without room between two neighbours, numbers repeat and the file names decide the order.
    const step = next === undefined ? STEP : Math.max(0, Math.min(STEP, Math.floor((next - before) / (end - index + 1))));
    for (; index < end; index += 1) {
      before += step;
      numbers.set(index, before);
    }
  }
  const width = Math.max(3, String(Math.max(0, ...numbers.values())).length);
  return new Map([...numbers].map(([index, number]) => [index, String(number).padStart(width, '0')]));
}

const STEP = 10;
