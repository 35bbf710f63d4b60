import path from 'node:path';
import type { BrokenFile } from '../../model/corpus.ts';
import { slug } from '../../model/front-matter.ts';
import { readDeckHead } from '../../render/read-sources.ts';
import { namesIn } from '../../shared/disk/files.ts';
import type { Settings } from '../settings.ts';
import { chooseThemes, type Workspace } from '../workspace.ts';
import { readPlace } from './deck-place.ts';

/** Generated decks in the slides folder whose theme is no longer there; none while nobody can tell. */
export async function orphanedDecks({ corpus }: Workspace, settings: Settings): Promise<string[]> {
  if (corpus.themes.length === 0 || corpus.broken.some(mayBeAnyTheme)) return [];
  const known = new Set(chooseThemes(corpus, []));
  const orphans: string[] = [];
  for (const name of await namesIn(settings.folders.slides)) {
    const theme = /^([a-z0-9-]+)(?:\.[a-z]{2,3})?\.md$/.exec(name)?.[1];
    if (theme === undefined || known.has(theme)) continue;
    const file = path.join(settings.folders.slides, name);
    const { current } = await readPlace(file);
    // A deck that somebody copied to go on by hand still names the theme it came from, and not its file's.
    if (current !== null && readDeckHead(await current.markdown())?.theme === theme) orphans.push(file);
  }
  return orphans;
}

/** Whether a broken file may be a theme under a wrong name, or hide one. */
function mayBeAnyTheme({ kind, lang, id }: BrokenFile): boolean {
  return lang === null && (kind === 'other' || (kind === 'theme' && !slug.safeParse(id).success));
}
