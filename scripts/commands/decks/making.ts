/** What all decks of a run share. */
import path from 'node:path';
import type { Corpus, Theme } from '../../model/corpus.ts';
import { deckName } from '../../plan/context.ts';
import { narrowCorpus } from '../../plan/narrow-corpus.ts';
import type { DeckPlaces } from '../../render/deck-markdown.ts';
import { toPosixRelative } from '../../shared/paths.ts';
import type { Settings } from '../settings.ts';
import { chooseThemes, type Workspace } from '../workspace.ts';
import { DeckRecords, hashOfContent, hashOfLook } from './deck-records.ts';

export interface Making {
  workspace: Workspace;
  records: DeckRecords;
  /** See hashOfLook. */
  look: string;
  places: DeckPlaces;
  today: string;
  /** What a theme's decks show, in all languages. */
  shownOf: (theme: Theme) => Corpus;
  /** See hashOfContent. */
  contentOf: (shown: Corpus) => string;
}

export async function startMaking(workspace: Workspace, settings: Settings): Promise<Making> {
  const { slides, templates, content } = settings.folders;
  const places = { theme: toPosixRelative(slides, path.join(templates, 'theme')), content: toPosixRelative(slides, content) };
  const today = settings.now.toISOString().slice(0, 10);
  return {
    workspace,
    records: await DeckRecords.open(settings),
    look: hashOfLook(workspace.templates, places),
    places,
    today,
    shownOf: remember((theme: Theme) => narrowCorpus(workspace.corpus, theme, today)),
    contentOf: remember((shown: Corpus) => hashOfContent(shown, workspace)),
  };
}

/** The decks of the themes asked for, in all languages; of all themes when none is named. */
export function wantedDecks(themes: readonly string[], { corpus, languages }: Workspace): { theme: string; lang: string; name: string }[] {
  return chooseThemes(corpus, themes).flatMap((theme) =>
    languages.map((lang) => ({ theme, lang, name: deckName(theme, lang, corpus.baseLanguage) })),
  );
}

function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
