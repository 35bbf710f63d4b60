/**
 * Reads the themes of a content folder from their files, including themes without exchanges, which are errors until an import adds some.
 */
import path from 'node:path';
import { SLUG, themeMatter, themeTranslation } from '../../model/front-matter.ts';
import { matchesQuery, parseQuery, tagsOfQuery } from '../../model/query.ts';
import { namesIn } from '../../shared/disk/files.ts';
import { readIfText } from '../merge/existing.ts';
import { BASE, type KnownTheme } from '../merge/known.ts';

/** Reads the themes. Unreadable files are skipped; `check` reports them. */
export async function readThemes(content: string): Promise<KnownTheme[]> {
  const names = (await namesIn(path.join(content, 'themes'))).filter((name) => name.endsWith('.md'));
  const themes = await Promise.all(names.map((name) => readTheme(content, name.replace(/\.md$/, ''), names)));
  return themes.filter((theme) => theme !== null);
}

async function readTheme(content: string, id: string, names: readonly string[]): Promise<KnownTheme | null> {
  if (!SLUG.test(id)) return null;
  const base = themeMatter.safeParse(await dataOf(content, `${id}.md`));
  if (!base.success) return null;
  const { title, query, keywords } = base.data;
  const theme = { id, titles: [title], tag: tagFor(id, query ?? id), keywords: { [BASE]: keywords } as Record<string, string[]> };
  for (const name of names) {
    const lang = name.startsWith(`${id}.`) ? /^([a-z]{2,3})\.md$/.exec(name.slice(id.length + 1))?.[1] : undefined;
    const text = lang === undefined ? null : themeTranslation.safeParse(await dataOf(content, name));
    if (lang === undefined || text?.success !== true) continue;
    if (text.data.title !== undefined) theme.titles.push(text.data.title);
    if (text.data.keywords !== undefined) theme.keywords[lang] = text.data.keywords;
  }
  return theme;
}

async function dataOf(content: string, name: string): Promise<unknown> {
  return (await readIfText(content, `themes/${name}`))?.matter?.data;
}

/** Returns the tag that is enough for the theme's query, preferably its own id. Null when there is none. */
function tagFor(id: string, written: string): string | null {
  const parsed = parseQuery(written);
  if (!parsed.ok) return null;
  return [id, ...tagsOfQuery(parsed.query).map(({ tag }) => tag)].find((tag) => matchesQuery(parsed.query, new Set([tag]))) ?? null;
}
