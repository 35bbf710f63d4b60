/** Part of the template loader: everything of a templates folder that makes a briefing besides what decks need too. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PAPER_SIZES, type PaperSize } from '../../model/outputs/paper.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { projectRoot } from '../../shared/paths.ts';
import { type CompiledTemplate, createEngine, type TemplateSource } from '../engine.ts';
import { readStyleSheet } from './load-style-sheet.ts';

export interface BriefingTemplates {
  page: CompiledTemplate;
  /** For each paper size the style sheets by their address from the page, and the font files that they name. */
  looks: Readonly<Record<PaperSize, { styles: ReadonlyMap<string, string>; fonts: ReadonlyMap<string, string> }>>;
}

/** Documents, each with the style sheets that it has besides those of fonts and paper. A book is made of briefings. */
const SHEETS = { briefing: ['briefing'], book: ['briefing', 'book'] } as const;
export type DocumentKind = keyof typeof SHEETS;

/** Reads and compiles them. Throws ExpectedError with the place when a file is missing or wrong. */
export async function loadBriefingTemplates(dir: string, kind: DocumentKind = 'briefing'): Promise<BriefingTemplates> {
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
  // As load-metrics.ts looks for fonts: from the theme, then from the project.
  const resolvers = [createRequire(path.join(dir, 'theme', 'package.json')), createRequire(path.join(projectRoot, 'package.json'))];
  return { name, ...(await readStyleSheet(path.join(dir, 'briefing', `${name}.css`), resolvers)) };
}

async function readTemplate(dir: string, name: string): Promise<TemplateSource> {
  const file = path.join(dir, name);
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ExpectedError(`the templates folder lacks ${file}`, { hint: 'start from a copy of templates/', cause: error });
  });
  return { file, source };
}
