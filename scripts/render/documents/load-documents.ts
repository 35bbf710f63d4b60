/** Loads the templates and style sheets of documents and handouts. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PAPER_SIZES, type PaperSize } from '../../model/outputs/paper.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { resolveInPackages } from '../../shared/packages.ts';
import { projectRoot } from '../../shared/paths.ts';
import { type CompiledTemplate, createEngine, type TemplateSource } from '../engine.ts';

export interface BriefingTemplates {
  page: CompiledTemplate;
  /** For each paper size: the style sheets by their address from the page, and the font files that they refer to. */
  looks: Readonly<Record<PaperSize, { styles: ReadonlyMap<string, string>; fonts: ReadonlyMap<string, string> }>>;
}

/** The style sheets of each document besides fonts and paper. A book contains briefings. */
const SHEETS = { briefing: ['briefing'], book: ['briefing', 'book'] } as const;
export type DocumentKind = keyof typeof SHEETS;

/** Reads and compiles the templates. Throws ExpectedError with the place when a file is missing or wrong. */
export async function loadBriefingTemplates(dir: string, kind: DocumentKind): Promise<BriefingTemplates> {
  const [page, partials, fonts, own, papers] = await Promise.all([
    readTemplate(dir, `${kind}.html.hbs`),
    Promise.all(PARTIALS.map((name) => readTemplate(dir, `partials/${name}.hbs`))),
    readSheet(dir, 'fonts'),
    Promise.all(SHEETS[kind].map((name) => readSheet(dir, name))),
    Promise.all(PAPER_SIZES.map((name) => readSheet(dir, name))),
  ]);
  const look = (size: PaperSize) => {
    const sheets = [fonts, ...own, ...papers.filter(({ name }) => name === size)];
    return {
      styles: new Map(sheets.map(({ name, text }) => [`styles/${name}.css`, text])),
      fonts: new Map(sheets.flatMap(({ files }) => [...files].map(([address, file]) => [address.replace(/^\.\.\//, ''), file] as const))),
    };
  };
  return { page: createEngine(partials).compile(page), looks: { a4: look('a4'), letter: look('letter') } };
}

const PARTIALS = ['briefing-opening', 'briefing-exchange', 'briefing-closing'];

async function readSheet(dir: string, name: string): Promise<{ name: string; text: string; files: Map<string, string> }> {
  // Fonts are looked up as in load-metrics.ts: from the theme, then from the project.
  const resolvers = [createRequire(path.join(dir, 'theme', 'package.json')), createRequire(path.join(projectRoot, 'package.json'))];
  return { name, ...(await readStyleSheet(path.join(dir, 'briefing', `${name}.css`), resolvers)) };
}

export interface HandoutTemplates {
  page: CompiledTemplate;
  /** One style sheet per paper size. The fonts are those of the slides. */
  styles: Readonly<Record<PaperSize, string>>;
}

/** Reads and compiles the templates. Throws ExpectedError with the place when a file is missing or wrong. */
export async function loadHandoutTemplates(dir: string): Promise<HandoutTemplates> {
  const [page, common, a4, letter] = await Promise.all([
    readTemplate(dir, 'handout.html.hbs'),
    ...['handout', ...PAPER_SIZES].map((name) => readOwnSheet(dir, name)),
  ]);
  return { page: createEngine([]).compile(page), styles: { a4: `${common}\n${a4}`, letter: `${common}\n${letter}` } };
}

async function readOwnSheet(dir: string, name: string): Promise<string> {
  const file = path.join(dir, 'handout', `${name}.css`);
  const { text, files } = await readStyleSheet(file, [createRequire(path.join(dir, 'theme', 'package.json'))]);
  const [address] = files.keys();
  if (address === undefined) return text;
  throw new ExpectedError(`${file} names the file ${path.basename(address)}; a handout has the fonts of the theme`, {
    hint: 'name fonts in theme/styles/fonts.css',
  });
}

async function readTemplate(dir: string, name: string): Promise<TemplateSource> {
  const file = path.join(dir, name);
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ExpectedError(`the templates folder lacks ${file}`, { hint: 'start from a copy of templates/', cause: error });
  });
  return { file, source };
}

interface StyleSheet {
  text: string;
  /** The absolute path of each file that the text refers to, by its address in the text: `../fonts/name.woff2`. */
  files: Map<string, string>;
}

/**
 * Reads a style sheet. Replaces imports by their text and file names by `../fonts/<name>`, so that the text is the same on every machine.
 * Imports and files are looked up next to the sheet that names them, then in the packages that `resolvers` find. Throws ExpectedError when
 * one is missing.
 */
async function readStyleSheet(file: string, resolvers: readonly NodeJS.Require[]): Promise<StyleSheet> {
  const files = new Map<string, string>();
  return { text: await read(file, { resolvers, files, open: [] }), files };
}

interface Reading {
  resolvers: readonly NodeJS.Require[];
  files: StyleSheet['files'];
  /** The sheets that import this one. */
  open: readonly string[];
}

async function read(file: string, reading: Reading): Promise<string> {
  if (reading.open.includes(file))
    throw new ExpectedError(`the style sheet ${file} imports itself`, { hint: 'remove one of its @import rules' });
  const css = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ExpectedError(`cannot read the style sheet ${file}`, { hint: 'start from a copy of templates/', cause: error });
  });
  const parts = css.split(IMPORT);
  const texts = parts.map((part, index) => {
    // Pieces of text and names of imports alternate.
    if (index % 2 === 0) return renameFiles(part, file, reading);
    return read(resolveFile(part, file, reading.resolvers), { ...reading, open: [...reading.open, file] });
  });
  return (await Promise.all(texts)).join('');
}

const IMPORT = /@import\s+(?:url\(\s*)?["']([^"']+)["']\s*\)?\s*;/g;
/** The older format of a font, for browsers without support for the first one. */
const OLD_FORM = /,\s*url\([^)]*\.woff["']?\)\s*format\(["']woff["']\)/g;
const REFERENCE = /url\(\s*(["']?)(?!data:|#)([^"')]+)\1\s*\)/g;

function renameFiles(css: string, sheet: string, { resolvers, files }: Reading): string {
  return css.replace(OLD_FORM, '').replace(REFERENCE, (_, _quote, reference: string) => {
    const target = resolveFile(reference, sheet, resolvers);
    const name = `../fonts/${path.basename(target)}`;
    const other = files.get(name);
    if (other !== undefined && other !== target)
      throw new ExpectedError(`two files of ${sheet} have the name ${path.basename(target)}`, { hint: 'rename one of them' });
    files.set(name, target);
    return `url("${name}")`;
  });
}

function resolveFile(name: string, sheet: string, resolvers: readonly NodeJS.Require[]): string {
  if (/^\.{1,2}\//.test(name)) return path.resolve(path.dirname(sheet), name);
  const file = resolveInPackages(name, resolvers);
  if (file !== null) return file;
  throw new ExpectedError(`${sheet} names ${name}, which is not installed`, { hint: 'run npm ci' });
}
