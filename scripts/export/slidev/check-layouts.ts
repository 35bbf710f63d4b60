import { ExpectedError } from '../../shared/errors.ts';
import { plainReason } from './plain-reason.ts';
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
