import { stripVTControlCharacters } from 'node:util';
import { ExpectedError } from '../../shared/errors.ts';
import type { SlidevDeck } from './slidev-deck.ts';

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
