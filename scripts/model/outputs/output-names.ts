/** Names of outputs other than decks. Decks are named after their themes. */

/** The output of all themes together. */
export const BOOK = 'book';

const OF_ALL_THEMES: ReadonlyMap<string, string> = new Map([
  [BOOK, 'the book of all briefings'],
  ['site', 'the site of all themes'],
]);

/** Suffixes after the id of a theme. */
const OF_A_THEME = ['briefing', 'handout', 'short'] as const;
export type OutputSuffix = (typeof OF_A_THEME)[number];

/** Returns the output whose name a theme's deck would take, or null. `ids` are the ids of all themes. */
export function fileNameTakenBy(id: string, ids: ReadonlySet<string>): string | null {
  const kind = OF_A_THEME.find((each) => id.endsWith(`-${each}`));
  const theme = kind === undefined ? null : id.slice(0, -kind.length - 1);
  if (kind !== undefined && theme !== null && ids.has(theme))
    return `the ${kind === 'short' ? 'short deck' : kind} of the theme "${theme}"`;
  return OF_ALL_THEMES.get(id) ?? null;
}
