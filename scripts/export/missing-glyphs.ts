/** Characters that no font can draw: a browser prints an empty box in their place and says nothing. */
import type { Page } from 'playwright-chromium';
import type { DeckFile } from '../model/deck-file.ts';

/** A character that the theme's fonts do not have; perhaps a font of the machine does. */
export interface UnsureCharacter {
  character: string;
  /** Of the slide, counted from 1. */
  page: number;
}

/** Those of the characters that the browser has no picture for in the fonts of the shown deck or document. */
export async function findMissing<T extends { character: string }>(page: Page, unsure: readonly T[]): Promise<T[]> {
  if (unsure.length === 0) return [];
  const missing = new Set(await page.evaluate(drawnAsNothing, [...new Set(unsure.map(({ character }) => character))]));
  return unsure.filter(({ character }) => missing.has(character));
}

/** Characters in words, with the slides and files in which they stand. */
export function describeCharacters(unsure: readonly UnsureCharacter[], { slides }: DeckFile): string {
  return [...new Set(unsure.map(({ page }) => page))]
    .map((page) => {
      const characters = unsure.filter((each) => each.page === page);
      const names = characters.slice(0, 5).map(({ character }) => `"${character}" (U+${codeOf(character)})`);
      const { id, source } = slides[page - 1] ?? { id: null, source: null };
      return `${names.join(', ')} on slide ${page} (${[id, source].filter((name) => name !== null).join(', ')})`;
    })
    .slice(0, 5)
    .join('; ');
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/**
 * Runs in the page: draws each character, and beside it one that no font ever has. A font that says it has a character, and has not, draws a box of its own:
 * so does each family's font when it is made responsible for the one that nobody has.
 */
async function drawnAsNothing(characters: string[]): Promise<string[]> {
  const context = Object.assign(document.createElement('canvas'), { width: 64, height: 64 }).getContext('2d', { willReadFrequently: true });
  const slide = document.querySelector('.slidev-layout') ?? document.body;
  if (context === null) return [];
  const draw = (character: string, family: string) => {
    context.clearRect(0, 0, 64, 64);
    context.font = `32px ${family}`;
    context.fillText(character, 20, 44);
    return context.getImageData(0, 0, 64, 64).data.join();
  };
  const nobodys = '\u{10fffd}';
  const families = new Map(
    [...document.styleSheets].flatMap(({ cssRules, href }) => {
      // A style sheet names files as seen from itself, a font made here as seen from the page.
      const absolute = (source: string) =>
        source.replace(/url\("([^"]*)"\)/g, (_, address: string) => `url("${new URL(address, href ?? location.href).href}")`);
      return [...cssRules]
        .filter((rule) => rule instanceof CSSFontFaceRule)
        .map(({ style }) => [style.getPropertyValue('font-family'), absolute(style.getPropertyValue('src'))] as const);
    }),
  );
  const boxes = await Promise.all(
    [...families.values()].map(async (source, index) => {
      const face = new FontFace(`box-${index}`, source, { unicodeRange: 'U+10FFFD' });
      document.fonts.add(face);
      await face.load();
      const box = draw(nobodys, `box-${index}`);
      document.fonts.delete(face);
      return box;
    }),
  );
  const list = getComputedStyle(slide).fontFamily;
  const nothing = new Set([draw(nobodys, list), ...boxes]);
  return characters.filter((character) => nothing.has(draw(character, list)));
}
