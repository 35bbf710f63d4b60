/** Reads content and templates of a run, with the requested languages and themes. */
import { loadCorpus } from '../content/load-corpus.ts';
import { PageMemory } from '../content/pages/page-memory.ts';
import type { Corpus } from '../model/corpus.ts';
import type { Earlier } from '../model/outputs/earlier.ts';
import type { Problem } from '../model/problems/problem.ts';
import { loadTemplates, type Templates } from '../render/load-templates.ts';
import { EXIT, ExpectedError, knownNames } from '../shared/errors.ts';
import type { Warm } from './live/warm.ts';
import type { Settings } from './settings.ts';

export interface Workspace {
  corpus: Corpus;
  problems: Problem[];
  templates: Templates;
  languages: string[];
  /** See Loaded. */
  hashes: ReadonlyMap<string, string>;
  /** The earlier content, when changes since then are requested. */
  earlier: Earlier | null;
  /** State from earlier runs in this process. Null for a process that runs once. */
  warm: Warm | null;
}

/** Reads content and templates. Throws ExpectedError for a missing folder, a broken template, or a language without a locale. */
export async function loadWorkspace(settings: Settings, earlier: Earlier | null = null, warm: Warm | null = null): Promise<Workspace> {
  const { folders } = settings;
  const templates = await (warm?.templates(folders.templates) ?? loadTemplates(folders.templates));
  const locales = [...templates.locales.keys()];
  for (const lang of settings.languages ?? []) {
    if (!templates.locales.has(lang)) {
      throw new ExpectedError(`there is no locale for the language "${lang}"`, {
        exitCode: EXIT.usage,
        hint: `known: ${locales.join(', ')}; a new one is a file in ${settings.folders.templates}/locales`,
      });
    }
  }
  const memory = await (warm?.pages(folders.content) ?? PageMemory.open(folders.content));
  const { corpus, problems, hashes } = await loadCorpus(settings.folders.content, {
    locales,
    memory,
    canShow: templates.hasGlyph,
    ...(settings.languages === null ? {} : { languages: settings.languages }),
  });
  memory.save();
  templates.keep();
  return { corpus, problems, hashes, templates, languages: settings.languages ?? corpus.languages, earlier, warm };
}

/** Returns the ids of the given themes in the corpus's order, or of all themes when none is given. Throws ExpectedError for an unknown one. */
export function chooseThemes(corpus: Corpus, asked: readonly string[]): string[] {
  const broken = corpus.broken.filter(({ kind, lang }) => kind === 'theme' && lang === null).map(({ id }) => id);
  const known = [...corpus.themes.map(({ id }) => id), ...broken];
  for (const theme of asked) {
    if (known.includes(theme)) continue;
    throw new ExpectedError(`there is no theme "${theme}"`, { exitCode: EXIT.usage, hint: knownNames(theme, known) });
  }
  return known.filter((theme) => asked.length === 0 || asked.includes(theme));
}
