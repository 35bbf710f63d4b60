/** Loads and renders the page that lists all decks. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import type { Locale } from '../../model/outputs/locale.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { type CompiledTemplate, createEngine } from '../engine.ts';
import { loadLocales } from '../load-templates.ts';
import { renderStartPage } from './start-page.ts';

export interface StartPageRequest {
  decks: readonly DeckFile[];
  /** Short code of the page's own language. The first locale is used when the language has none. */
  lang: string;
  /** The deck that was requested but does not exist, or null. */
  missing: string | null;
}

/** Returns the start page. Reads the templates folder each time, because its files may be edited. Throws ExpectedError when a file is wrong. */
export async function loadStartPage(templates: string, request: StartPageRequest): Promise<string> {
  const file = path.join(templates, 'start.html.hbs');
  const [locales, template] = await Promise.all([loadLocales(templates), compile(file)]);
  const locale = locales.get(request.lang) ?? firstOf(locales, templates);
  return renderStartPage(template, { ...request, locale, locales });
}

async function compile(file: string): Promise<CompiledTemplate> {
  try {
    return createEngine([]).compile({ file, source: await readFile(file, 'utf8') });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new ExpectedError(`the templates folder lacks ${file}`, { hint: 'start from a copy of templates/', cause: error });
  }
}

function firstOf(locales: ReadonlyMap<string, Locale>, templates: string): Locale {
  const [first] = locales.values();
  if (first === undefined)
    throw new ExpectedError(`there is no locale in ${templates}/locales`, { hint: 'start from a copy of templates/' });
  return first;
}
