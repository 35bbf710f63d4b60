/** Loads everything of a templates folder that makes a deck. It is read and compiled once. */
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { SlideKind } from '../model/outputs/deck.ts';
import type { Locale } from '../model/outputs/locale.ts';
import { type FigureSize, type Geometry, inLanguage, type TextWidth } from '../model/outputs/metrics.ts';
import { wordsOfLanguage } from '../model/text/text-pieces.ts';
import { hashFolder } from '../shared/cache/hashes.ts';
import { parseJson, readIfThere } from '../shared/disk/files.ts';
import { ExpectedError } from '../shared/errors.ts';
import { type CompiledTemplate, createEngine, type TemplateSource } from './engine.ts';
import { drawFigure, type FigureContext, figureLabelsOf } from './figures/draw.ts';
import { loadMetrics, type Metrics } from './fonts/load-metrics.ts';

export interface Templates {
  dir: string;
  /** Hash of all files in the folder, taken before they are read, so that later changes are noticed the next time. */
  files: string;
  deck: CompiledTemplate;
  slides: Record<SlideKind, CompiledTemplate>;
  /** The front matter keys that the templates of each kind write. `deck` has those of the deck itself. */
  keys: Record<SlideKind | 'deck', ReadonlySet<string>>;
  locales: ReadonlyMap<string, Locale>;
  geometry: Geometry;
  width: TextWidth;
  figureSize: FigureSize;
  words: Metrics['words'];
  hasGlyph: Metrics['hasGlyph'];
  fonts: Metrics['fonts'];
  keep: Metrics['keep'];
}

/** Every slide kind has a template of the same name. This type makes the compiler report a kind that is missing here. */
const SLIDE_KINDS: Record<SlideKind, true> = {
  cover: true,
  summary: true,
  changes: true,
  certainty: true,
  map: true,
  exchange: true,
  figure: true,
  number: true,
  quote: true,
  glossary: true,
  related: true,
  sources: true,
};

/** Reads and compiles a templates folder. Throws ExpectedError with the place when a file is missing or wrong. */
export async function loadTemplates(dir: string): Promise<Templates> {
  // When a file cannot be read, such as an editor's temporary file, the random value makes sure that nothing is reused.
  const files = await hashFolder(dir).catch(() => randomUUID());
  await refuseOtherContract(dir);
  const kinds = Object.keys(SLIDE_KINDS) as SlideKind[];
  const [deck, slides, partials, locales, metrics] = await Promise.all([
    readTemplate(dir, 'deck.md.hbs'),
    Promise.all(kinds.map((kind) => readTemplate(dir, `slides/${kind}.md.hbs`))),
    Promise.all(PARTIALS.map((name) => readTemplate(dir, `${name}.hbs`))),
    loadLocales(dir),
    loadMetrics(path.join(dir, 'theme')),
  ]);
  const engine = createEngine(partials);
  return {
    dir,
    files,
    deck: engine.compile(deck),
    slides: Object.fromEntries(slides.map((slide, i) => [kinds[i], engine.compile(slide)])) as Record<SlideKind, CompiledTemplate>,
    keys: Object.fromEntries([
      ['deck', keysOf(deck, partials)],
      ...slides.map((slide, i) => [kinds[i], keysOf(slide, partials)]),
    ]) as Templates['keys'],
    locales,
    ...metrics,
    figureSize: (figure, room, lang) => drawFigure(figure, room, figureContext({ ...metrics, locales }, lang ?? 'en')),
  };
}

/** Returns what drawings need in a language, the same for the planner and for the page. Labels of an unknown language are English. */
export function figureContext(
  { width, words, locales, geometry }: Pick<Templates, 'width' | 'words' | 'locales' | 'geometry'>,
  lang: string,
): FigureContext {
  const { labels } = locales.get(lang) ?? locales.get('en') ?? {};
  return {
    measure: { width: inLanguage(width, lang), words: wordsOfLanguage(lang, words) },
    languageTag: tagOf(lang, locales),
    shrink: geometry.figure.shrink,
    labels: figureLabelsOf(labels),
  };
}

/** Returns the language tag for documents, or the code of a language without a locale. */
export function tagOf(lang: string, locales: ReadonlyMap<string, Locale>): string {
  return locales.get(lang)?.languageTag ?? lang;
}

/** Returns the keys at the beginning of lines in a template and in the partials that it uses. */
function keysOf({ source }: TemplateSource, partials: readonly TemplateSource[]): Set<string> {
  const named = partials.filter(({ file }) => source.includes(`{{> ${path.basename(file, '.hbs')}`));
  return new Set(
    [source, ...named.map((partial) => partial.source)].flatMap((text) => [...text.matchAll(/^([A-Za-z]+):/gm)].map(([, key = '']) => key)),
  );
}

/** Partials that several templates share, by file name. */
const PARTIALS = ['partials/exchange-head', 'partials/exchange-notes', 'partials/kept-words', 'partials/numbers'];

/** A file of locales/. */
const localeSchema = z.strictObject({
  languageTag: z.string().min(2),
  name: z.string().min(1),
  labels: z.record(z.string(), z.string()),
}) satisfies z.ZodType<Omit<Locale, 'code'>>;

/** Returns the locales of a templates folder by their short code, which is the file name. */
export async function loadLocales(dir: string): Promise<Map<string, Locale>> {
  const folder = path.join(dir, 'locales');
  const names = await readdir(folder).catch((error: unknown) => {
    throw missing(folder, error);
  });
  const locales = await Promise.all(
    names
      .filter((name) => /^[a-z]{2,3}\.json$/.test(name))
      .sort()
      .map(async (name): Promise<Locale> => {
        const file = path.join(folder, name);
        try {
          return { ...localeSchema.parse(JSON.parse(await readFile(file, 'utf8'))), code: path.basename(name, '.json') };
        } catch (error) {
          const reason = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
          throw new ExpectedError(`cannot use ${file}: ${reason}`, { hint: 'compare it with en.json', cause: error });
        }
      }),
  );
  return new Map(locales.map((locale) => [locale.code, locale]));
}

/**
 * The version of what planner and templates agree on: slide kinds, fields, sizes and labels. Increase it when a folder of templates made for the
 * last one would no longer work, and say in CHANGELOG.md what to change in it.
 */
const CONTRACT = 2;

const themePackage = z.object({ briefdeck: z.object({ contract: z.int().positive() }).default({ contract: 1 }) });

/** Throws ExpectedError for templates that were made for another version of the contract. */
async function refuseOtherContract(dir: string): Promise<void> {
  const file = path.join(dir, 'theme', 'package.json');
  // A folder without this file is refused by whoever needs its theme.
  const text = await readIfThere(file);
  const parsed = themePackage.safeParse(text === null ? null : parseJson(text));
  if (!parsed.success || parsed.data.briefdeck.contract === CONTRACT) return;
  const { contract } = parsed.data.briefdeck;
  throw new ExpectedError(
    `the templates in ${dir} are made for version ${contract} of the template contract, and this is version ${CONTRACT}`,
    {
      hint: `copy the templates that come with Briefdeck anew and put your changes into the copy; CHANGELOG.md says what is different`,
    },
  );
}

async function readTemplate(dir: string, name: string): Promise<TemplateSource> {
  const file = path.join(dir, name);
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    throw missing(file, error);
  });
  return { source, file };
}

function missing(file: string, error: unknown): unknown {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
    return new ExpectedError(`the templates folder lacks ${file}`, { hint: 'start from a copy of templates/', cause: error });
  }
  return error;
}
