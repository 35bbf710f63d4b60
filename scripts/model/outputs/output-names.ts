/** What outputs are called besides the decks, whose names are those of their themes. */

/** Of all themes together. */
export const BOOK = 'book';

const OF_ALL_THEMES: ReadonlyMap<string, string> = new Map([
  [BOOK, 'the book of all briefings'],
  ['site', 'the site of all themes'],
]);

/** Stand behind the id of a theme. */
const OF_A_THEME = ['briefing', 'handout', 'short'] as const;

/** What has the name of a theme's deck besides; null when nothing has. `ids` are those of all themes. */
export function fileNameTakenBy(id: string, ids: ReadonlySet<string>): string | null {
  const kind = OF_A_THEME.find((each) => id.endsWith(`-${each}`));
  const theme = kind === undefined ? null : id.slice(0, -kind.length - 1);
  if (kind !== undefined && theme !== null && ids.has(theme))
    return `the ${kind === 'short' ? 'short deck' : kind} of the theme "${theme}"`;
  return OF_ALL_THEMES.get(id) ?? null;
}
