import { stripVTControlCharacters } from 'node:util';
import { ExpectedError } from '../../shared/errors.ts';
import type { SlidevDeck } from './slidev-deck.ts';

/** Slidev shows a slide with an unknown layout in another one, and says so only on the console. Throws ExpectedError instead. */
export function checkLayouts({ data }: Pick<SlidevDeck, 'data'>, layouts: readonly string[]): void {
  for (const slide of data.slides) {
    const layout: unknown = slide.frontmatter.layout;
    if (typeof layout === 'string' && !layouts.includes(layout)) {
      throw new ExpectedError(`slide ${slide.index + 1}: the theme has no layout "${layout}"`);
    }
  }
}

/** What keeps a deck from being compiled: which part of it, and why. */
export function cannotCompile(what: string, error: unknown): ExpectedError {
  return new ExpectedError(`${what} cannot be compiled: ${plainReason(error)}`, { cause: error });
}

/**
 * The first line of what Vite, Rolldown or Slidev threw that says something, for people to read: without colours, and of several errors gathered in one
 * ("Build failed with 2 errors:") the first of them.
 */
export function plainReason(error: unknown): string {
  // Vite throws errors of other realms and plain objects too.
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  const lines = stripVTControlCharacters(String(message))
    .split('\n')
    .map((line) => line.trim());
  const reason = lines.find((line) => line !== '' && !/^Build failed with \d+ errors?:?$/.test(line)) ?? 'it says no reason';
  return reason.replace(/^\[(?:plugin [^\]]+|[A-Z_]+)\]\s*/, '');
}
