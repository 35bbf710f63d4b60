/** Loads the files of a templates folder that a handout needs besides the deck's. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PAPER_SIZES, type PaperSize } from '../../model/outputs/paper.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { type CompiledTemplate, createEngine } from '../engine.ts';
import { readStyleSheet } from './load-style-sheet.ts';

export interface HandoutTemplates {
  page: CompiledTemplate;
  /** One style sheet per paper size. The fonts are those of the slides. */
  styles: Readonly<Record<PaperSize, string>>;
}

/** Reads and compiles the templates. Throws ExpectedError with the place when a file is missing or wrong. */
export async function loadHandoutTemplates(dir: string): Promise<HandoutTemplates> {
  const file = path.join(dir, 'handout.html.hbs');
  const [source, common, a4, letter] = await Promise.all([
    readFile(file, 'utf8').catch((error: unknown) => {
      throw new ExpectedError(`the templates folder lacks ${file}`, { hint: 'start from a copy of templates/', cause: error });
    }),
    ...['handout', ...PAPER_SIZES].map((name) => readSheet(dir, name)),
  ]);
  return { page: createEngine([]).compile({ file, source }), styles: { a4: `${common}\n${a4}`, letter: `${common}\n${letter}` } };
}

async function readSheet(dir: string, name: string): Promise<string> {
  const file = path.join(dir, 'handout', `${name}.css`);
  const { text, files } = await readStyleSheet(file, [createRequire(path.join(dir, 'theme', 'package.json'))]);
  const [address] = files.keys();
  if (address === undefined) return text;
  throw new ExpectedError(`${file} names the file ${path.basename(address)}; a handout has the fonts of the theme`, {
    hint: 'name fonts in theme/styles/fonts.css',
  });
}
