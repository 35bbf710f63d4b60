/** Content to decks: every theme in every language planned and rendered, each for itself, so that one that fails costs no other. */
import path from 'node:path';
import type { Deck } from '../model/deck.ts';
import { deckName } from '../plan/context.ts';
import { planDeck } from '../plan/deck.ts';
import { heldBack } from '../plan/hold.ts';
import { renderDeck } from '../render/deck-markdown.ts';
import { isGeneratedDeck, readSources } from '../render/read-sources.ts';
import { ExpectedError } from '../shared/errors.ts';
import { namesIn, readIfThere } from '../shared/files.ts';
import { toPosixRelative } from '../shared/paths.ts';
import type { Settings } from './settings.ts';
import { chooseThemes, type Workspace } from './workspace.ts';

interface DeckFile {
  theme: string;
  lang: string;
  name: string;
  /** Absolute path of the deck in the slides folder. */
  file: string;
  /** What stands there now; null when nothing does. */
  current: string | null;
}

export type DeckOutcome = DeckFile &
  (
    | { state: 'ready'; deck: Deck; markdown: string }
    /** Content files with errors belong to it: the last good version stays. */
    | { state: 'held'; because: string[] }
    | { state: 'failed'; error: ExpectedError }
  );

/** Plans and renders the decks asked for; writes nothing. */
export async function makeDecks(workspace: Workspace, themes: readonly string[], settings: Settings): Promise<DeckOutcome[]> {
  const { corpus, languages } = workspace;
  const wanted = chooseThemes(corpus, themes).flatMap((theme) => languages.map((lang) => ({ theme, lang })));
  const outcomes: DeckOutcome[] = [];
  for (const { theme, lang } of wanted) {
    settings.signal.throwIfAborted();
    const name = deckName(theme, lang, corpus.baseLanguage);
    const file = path.join(settings.folders.slides, `${name}.md`);
    const place = { theme, lang, name, file, current: await readIfThere(file) };
    outcomes.push({ ...place, ...makeDeck(workspace, place, settings) });
  }
  return outcomes;
}

type Made =
  | { state: 'ready'; deck: Deck; markdown: string }
  | { state: 'held'; because: string[] }
  | { state: 'failed'; error: ExpectedError };

function makeDeck(workspace: Workspace, place: DeckFile, settings: Settings): Made {
  const { corpus, templates } = workspace;
  const today = settings.now.toISOString().slice(0, 10);
  const theme = corpus.themes.find(({ id }) => id === place.theme);
  if (theme === undefined)
    return {
      state: 'held',
      because: corpus.broken.filter(({ kind, id }) => kind === 'theme' && id === place.theme).map(({ file }) => file),
    };
  const held = heldBack(theme, place.lang, corpus, today, place.current === null ? new Set() : readSources(place.current));
  if (held.length > 0) return { state: 'held', because: held.map(({ file }) => file) };
  const { slides } = settings.folders;
  const places = {
    theme: toPosixRelative(slides, path.join(settings.folders.templates, 'theme')),
    content: toPosixRelative(slides, settings.folders.content),
  };
  try {
    const deck = planDeck(theme, { corpus, lang: place.lang, today, measure: templates });
    return { state: 'ready', deck, markdown: renderDeck(deck, templates, places) };
  } catch (error) {
    if (error instanceof ExpectedError) return { state: 'failed', error };
    throw error;
  }
}

/** Generated decks in the slides folder whose theme is no longer there. */
export async function orphanedDecks(workspace: Workspace, settings: Settings): Promise<string[]> {
  const known = new Set(chooseThemes(workspace.corpus, []));
  const orphans: string[] = [];
  for (const name of await namesIn(settings.folders.slides)) {
    const theme = /^([a-z0-9-]+)(?:\.[a-z]{2,3})?\.md$/.exec(name)?.[1];
    if (theme === undefined || known.has(theme)) continue;
    const file = path.join(settings.folders.slides, name);
    if (isGeneratedDeck((await readIfThere(file)) ?? '')) orphans.push(file);
  }
  return orphans;
}
