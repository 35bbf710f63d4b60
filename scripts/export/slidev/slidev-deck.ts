import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { resolveOptions } from '@slidev/cli';
// The packages with which Slidev itself reads decks, without the rest of Slidev.
import * as parser from '@slidev/parser/fs';
import { ExpectedError } from '../../shared/errors.ts';
import { requirePackage } from '../../shared/packages.ts';
import { projectRoot } from '../../shared/paths.ts';
import { ensureHome } from '../browser/temporary-folder.ts';

export type SlidevOptions = Awaited<ReturnType<typeof resolveOptions>>;

/** A deck as Slidev's plugins expect it. */
export interface SlidevDeck {
  entry: string;
  data: SlidevOptions['data'];
  /** The folder of the theme, absolute. */
  theme: string;
}

/** Whether Slidev exports a deck or serves it live. */
export type DeckMode = 'export' | 'dev';

export interface DeckRequest {
  /** Defaults to `export`. */
  mode?: DeckMode | undefined;
  /** Replaces the text of the file. */
  text?: string | undefined;
  /** The only theme allowed. Without it, the deck's own theme is used. */
  theme?: string | undefined;
}

/**
 * Reads a deck and its theme's settings. Throws ExpectedError when the deck or its theme is missing, or when the deck names code that must
 * not run.
 */
export async function loadDeck(entry: string, { mode = 'export', text, theme: wanted }: DeckRequest = {}): Promise<SlidevDeck> {
  if (entry.includes('?')) {
    throw new ExpectedError(`Slidev reads no deck from a folder with ? in its name: ${path.dirname(entry)}`, {
      hint: 'rename it, or choose another folder for the decks with --slides DIR',
    });
  }
  if (!existsSync(entry)) throw new ExpectedError(`there is no deck ${entry}`, { hint: 'run generate first' });
  const folder = path.dirname(entry);
  const loaded = await parser.load(
    { userRoot: folder, roots: [folder], allowedRoots: [folder] },
    entry,
    text === undefined ? undefined : { [slash(entry)]: text },
    mode,
  );
  const theme = themeFolder(entry, loaded.headmatter.theme, wanted);
  const themeMeta = await readThemeMeta(theme);
  const config = parser.resolveConfig(loaded.headmatter, themeMeta, entry);
  if (config.addons.length > 0)
    throw new ExpectedError(`${entry} asks for Slidev addons, which are not used`, {
      hint: 'remove addons: from templates/deck.md.hbs',
    });
  const settings = {
    ...config,
    ...documentTitle(loaded.headmatter),
    ...closed,
    // During export, print.ts sets the language, because one page shows decks in several languages.
    htmlAttrs: mode === 'dev' && typeof loaded.headmatter.lang === 'string' ? { lang: loaded.headmatter.lang } : {},
    theme: 'briefdeck',
    drawings: { ...config.drawings, persist: false as const },
  };
  return { entry, theme, data: { ...loaded, config: settings, themeMeta } };
}

/** Slidev renders `title` as Markdown and puts it in the place of `%s` in a template. With both exchanged, the title stays plain text. */
function documentTitle({ briefdeck }: Record<string, unknown>): { title?: string; titleTemplate?: string } {
  const title = typeof briefdeck === 'object' && briefdeck !== null && 'deck' in briefdeck ? briefdeck.deck : null;
  return typeof title === 'string' ? { title: '%s', titleTemplate: title } : {};
}

/** Settings that disable features which a deck could otherwise enable. */
const closed = {
  // Useless when everything is awaited anyway, and it requests relative images from the wrong place.
  preloadImages: false,
  // These read files that a code block names.
  twoslash: false,
  monaco: false,
  // The server would download them.
  remoteAssets: false,
  // Not used during export. The live room has its own presenter pages.
  presenter: false,
} as const;

/**
 * Returns Slidev's options without its search for a project around the deck, which would look for code to run in the slides folder, write
 * files there, and remember the first deck's folder for the rest of the process.
 */
export async function slidevOptions(
  deck: SlidevDeck,
  workFolder: string,
  { mode = 'export', base = '/', roots = [] }: { mode?: DeckMode; base?: string; roots?: readonly string[] } = {},
): Promise<SlidevOptions> {
  const { createDataUtils } = await importSlidev();
  const resolved: Omit<SlidevOptions, 'utils'> = {
    ...slidevFolders(),
    userRoot: workFolder,
    userWorkspaceRoot: workFolder,
    userPkgJson: {},
    entry: deck.entry,
    data: deck.data,
    mode,
    base,
    theme: 'briefdeck',
    themeRaw: 'briefdeck',
    themeRoots: [deck.theme],
    addonRoots: [],
    // Layouts, styles and setups come from these folders.
    roots: [deck.theme, ...roots],
  };
  return { ...resolved, utils: await createDataUtils({ ...resolved, entry: '', data: ofAnyDeck(deck.data) }) };
}

/**
 * Returns the data for the page's HTML without anything specific to a deck: title and language reach the page as data (`slidesTitle`,
 * `htmlAttrs`), and scripts set them there.
 */
function ofAnyDeck({ headmatter: _own, features, config, ...data }: SlidevDeck['data']): SlidevDeck['data'] {
  return {
    ...data,
    headmatter: {},
    features: { ...features, tweet: false, bluesky: false },
    config: { ...config, title: 'Briefdeck', titleTemplate: '%s', favicon: 'data:,', fonts: { ...config.fonts, webfonts: [] } },
  };
}

/** Returns the folders of Slidev's client (which runs in the page) and of its command line. */
export function slidevFolders(): { clientRoot: string; cliRoot: string } {
  return { clientRoot: requirePackage('@slidev/client'), cliRoot: requirePackage('@slidev/cli') };
}

/** Slidev expects paths with forward slashes. */
const slash = (file: string) => file.split(path.sep).join('/');

/**
 * Returns the folder of a deck's theme. A theme is code that runs in this process, so the author of a deck must not be able to choose
 * another one.
 */
function themeFolder(entry: string, theme: unknown, wanted: string | undefined): string {
  const isPath = typeof theme === 'string' && (theme.startsWith('.') || path.isAbsolute(theme));
  const folder = isPath ? path.resolve(path.dirname(entry), theme) : null;
  if (folder === null || !existsSync(folder)) {
    throw new ExpectedError(`${entry}: there is no theme at ${JSON.stringify(theme ?? null)}`, {
      hint: 'theme: takes the path of a theme folder, relative to the deck',
    });
  }
  if (wanted !== undefined && realpathSync(folder) !== (existsSync(wanted) ? realpathSync(wanted) : null)) {
    throw new ExpectedError(`${entry}: its theme is ${folder}, not that of the templates, ${wanted}`, {
      hint: 'name the templates that it was generated with (--templates DIR), or generate it again',
    });
  }
  return folder;
}

async function readThemeMeta(folder: string): Promise<Record<string, unknown>> {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return {};
  const manifest: unknown = JSON.parse(await readFile(file, 'utf8'));
  const meta = typeof manifest === 'object' && manifest !== null && 'slidev' in manifest ? manifest.slidev : null;
  return typeof meta === 'object' && meta !== null ? { ...meta } : {};
}

export type Slidev = typeof import('@slidev/cli');

/** Imports Slidev (1 s) after preparing its environment. */
export async function importSlidev(): Promise<Slidev> {
  await prepare();
  return import('@slidev/cli');
}

/**
 * Throws ExpectedError when Slidev cannot work in this place: Vite takes a `#` or `?` in a path as the end of the file name, and Slidev
 * writes paths into import statements with quotation marks.
 */
async function prepare(): Promise<void> {
  const folder = [projectRoot, requirePackage('@slidev/cli')].find((each) => /[#?"]/.test(each));
  if (folder !== undefined) {
    throw new ExpectedError(`Slidev makes no deck in an installation whose folder has #, ? or " in its name: ${folder}`, {
      hint: 'move or rename the folder of Briefdeck; content may lie in any folder',
    });
  }
  await ensureHome();
  // Slidev's loader of configuration files caches compiled code in the temporary folder, and would run code that another user put there.
  process.env.JITI_FS_CACHE = 'false';
}

/** Throws ExpectedError for a slide with an unknown layout. Slidev would use another layout, and only warn on the console. */
export function checkLayouts({ data }: Pick<SlidevDeck, 'data'>, layouts: readonly string[]): void {
  for (const slide of data.slides) {
    const layout: unknown = slide.frontmatter.layout;
    if (typeof layout === 'string' && !layouts.includes(layout)) {
      throw new ExpectedError(`slide ${slide.index + 1}: the theme has no layout "${layout}"`);
    }
  }
}

/** Returns an error that says which part of a deck cannot be compiled, and why. */
export function cannotCompile(what: string, error: unknown): ExpectedError {
  return new ExpectedError(`${what} cannot be compiled: ${plainReason(error)}`, { cause: error });
}

/**
 * Returns the first meaningful line of an error from Vite, Rolldown or Slidev, without colours. For several errors in one ("Build failed
 * with 2 errors:"), returns the first of them.
 */
export function plainReason(error: unknown): string {
  // Vite also throws errors of other realms, and plain objects.
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  const lines = stripVTControlCharacters(String(message))
    .split('\n')
    .map((line) => line.trim());
  const reason = lines.find((line) => line !== '' && !/^Build failed with \d+ errors?:?$/.test(line)) ?? 'it says no reason';
  return reason.replace(/^\[(?:plugin [^\]]+|[A-Z_]+)\]\s*/, '');
}
