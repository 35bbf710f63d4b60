/** Where a sequence of pieces is cut into slides: on as few as it needs, with the fewest flaws, evenly. Knows nothing of text. */

/** What slide number `slide` looks like with the pieces from `from` up to `to`. A single piece counts as fitting, however large. */
export type Page = (from: number, to: number, slide: number) => { fill: number; flaws: number };

/** Each slide holds at most what fits from its first piece on, so filling greedily gives the least number of slides. */
export function countGreedily(pieces: number, page: Page): number {
  let slides = 0;
  for (let from = 0; from < pieces; slides += 1) {
    let to = from + 1;
    while (to < pieces && page(from, to + 1, slides).fill <= 1) to += 1;
    from = to;
  }
  return slides;
}

/** How the first `to` pieces lie on the slides so far. */
interface State {
  to: number;
  flaws: number;
  fullest: number;
  before: State | null;
}

/** After which piece each of `count` slides ends: with the fewest flaws, then with the fullest slide as empty as can be; of equal ones that with the fuller slides first. */
export function cutEvenly(pieces: number, count: number, page: Page): number[] {
  const least = leastBefore(pieces, count, page);
  let states: State[] = [{ to: 0, flaws: 0, fullest: 0, before: null }];
  for (let slide = 0; slide < count; slide += 1) {
    const enough = least[slide + 1] ?? 0;
    states = bestOf(states.flatMap((state) => nextStates(state, pieces, enough, (to) => page(state.to, to, slide))));
  }
  const last = states.find(({ to }) => to === pieces);
  if (last === undefined) throw new TypeError('what can be laid out greedily can be laid out evenly');
  const cuts: number[] = [];
  for (let state: State | null = last; state !== null && state.to > 0; state = state.before) cuts.unshift(state.to);
  return cuts;
}

/** One slide more, with each number of pieces that fits on it and leaves no more than the slides behind it hold. */
function nextStates(before: State, pieces: number, enough: number, page: (to: number) => { fill: number; flaws: number }): State[] {
  const next: State[] = [];
  for (let to = before.to + 1; to <= pieces; to += 1) {
    const { fill, flaws } = page(to);
    if (fill > 1) break;
    if (to >= enough) next.push({ to, flaws: before.flaws + flaws, fullest: Math.max(before.fullest, fill), before });
  }
  return next;
}

/** For each number of pieces the best state; of equal ones the last, which has the fuller slides first. */
function bestOf(states: readonly State[]): State[] {
  const best = new Map<number, State>();
  for (const state of states) {
    const known = best.get(state.to);
    const isBetter = known === undefined || state.flaws < known.flaws || (state.flaws === known.flaws && state.fullest <= known.fullest);
    if (isBetter) best.set(state.to, state);
  }
  return [...best.values()].sort((a, b) => a.to - b.to);
}

/** How many pieces must stand on the first slides at least, so that the others hold the rest; by number of slides. */
function leastBefore(pieces: number, count: number, page: Page): number[] {
  const least = [pieces];
  for (let slide = count - 1; slide >= 0; slide -= 1) {
    const to = least[0] ?? 0;
    let from = Math.max(0, to - 1);
    while (from > 0 && page(from - 1, to, slide).fill <= 1) from -= 1;
    least.unshift(from);
  }
  return least;
}
