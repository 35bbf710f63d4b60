/** Part of the template loader: the sizes and the font widths of a theme, for the planner. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { type Geometry, geometrySchema, type TextWidth } from '../model/metrics.ts';
import { ExpectedError } from '../shared/errors.ts';
import { projectRoot } from '../shared/paths.ts';
import { faceSchema, loadFontStack } from './load-font-stack.ts';
import { textWidths } from './text-width.ts';

const fontsSchema = z.strictObject({
  serif: faceSchema,
  'serif-bold': faceSchema,
  sans: faceSchema,
  'sans-italic': faceSchema,
  'sans-bold': faceSchema,
  mono: faceSchema,
});

/** Reads `geometry.json` and the fonts named in `fonts.json` of a theme folder. Throws ExpectedError when one is missing or wrong. */
export async function loadMetrics(
  themeDir: string,
): Promise<{ geometry: Geometry; width: TextWidth; hasGlyph: (character: string) => boolean }> {
  const [geometry, fonts] = await Promise.all([
    readJson(path.join(themeDir, 'geometry.json'), geometrySchema),
    readJson(path.join(themeDir, 'fonts.json'), fontsSchema),
  ]);
  // Fonts are looked up from the theme, then from the project: a theme may lie where no node_modules is.
  const resolvers = [createRequire(path.join(themeDir, 'package.json')), createRequire(path.join(projectRoot, 'package.json'))];
  const stack = (face: keyof typeof fonts) => loadFontStack(fonts[face], resolvers);
  const [serif, serifBold, sans, sansItalic, sansBold, mono] = await Promise.all([
    stack('serif'),
    stack('serif-bold'),
    stack('sans'),
    stack('sans-italic'),
    stack('sans-bold'),
    stack('mono'),
  ]);
  return {
    geometry,
    width: textWidths({
      serif: serif.shaperOf,
      'serif-bold': serifBold.shaperOf,
      sans: sans.shaperOf,
      'sans-italic': sansItalic.shaperOf,
      'sans-bold': sansBold.shaperOf,
      mono: mono.shaperOf,
    }),
    hasGlyph: remember((character) => sans.hasGlyph(character) && serifBold.hasGlyph(character)),
  };
}

function remember(answer: (character: string) => boolean): (character: string) => boolean {
  const known = new Map<string, boolean>();
  return (character) => {
    const result = known.get(character) ?? answer(character);
    known.set(character, result);
    return result;
  };
}

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new ExpectedError(`cannot use ${file}: ${reason}`, { hint: 'compare it with the one in templates/theme/', cause: error });
  }
}
