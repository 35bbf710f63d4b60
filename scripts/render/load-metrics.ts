/** Part of the template loader: the sizes and the font widths of a theme, for the planner. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
// fontkit reads WOFF2, so that the widths come from the very files that the PDF embeds.
import { create, type Font } from 'fontkit';
import { z } from 'zod';
import { type Face, type Geometry, geometrySchema, type TextWidth } from '../model/metrics.ts';
import { ExpectedError } from '../shared/errors.ts';
import { projectRoot } from '../shared/paths.ts';

const face = z.strictObject({ package: z.string(), file: z.string() });
const fontsSchema = z.strictObject({ 'serif-bold': face, sans: face, 'sans-bold': face, mono: face });

/** Reads `geometry.json` and the fonts named in `fonts.json` of a theme folder. Throws ExpectedError when one is missing or wrong. */
export async function loadMetrics(themeDir: string): Promise<{ geometry: Geometry; width: TextWidth }> {
  const [geometry, fonts] = await Promise.all([
    readJson(path.join(themeDir, 'geometry.json'), geometrySchema),
    readJson(path.join(themeDir, 'fonts.json'), fontsSchema),
  ]);
  // Fonts are looked up from the theme, then from the project: a theme may lie where no node_modules is.
  const resolvers = [createRequire(path.join(themeDir, 'package.json')), createRequire(path.join(projectRoot, 'package.json'))];
  const widths = new Map<Face, (codePoint: number) => number>();
  for (const name of ['serif-bold', 'sans', 'sans-bold', 'mono'] as const) {
    const file = resolveFont(resolvers, fonts[name]);
    widths.set(name, advances(create(await readFile(file)) as Font));
  }
  return { geometry, width: (text, name, size) => textWidth(text, widths.get(name), size) };
}

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new ExpectedError(`cannot use ${file}: ${reason}`, { hint: 'compare it with the one in templates/theme/', cause: error });
  }
}

function resolveFont(resolvers: NodeJS.Require[], font: z.infer<typeof face>): string {
  for (const resolver of resolvers) {
    try {
      return resolver.resolve(`${font.package}/${font.file}`);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && /^(MODULE_NOT_FOUND|ERR_PACKAGE_PATH_NOT_EXPORTED)$/.test(String(error.code))))
        throw error;
    }
  }
  throw new ExpectedError(`the font file ${font.package}/${font.file} is not installed`, { hint: 'run npm ci' });
}

/** Widths as a share of the font size, remembered per code point; what the Latin file lacks is taken for an ideograph or a mark of average width. */
function advances(font: Font): (codePoint: number) => number {
  const known = new Map<number, number>();
  return (codePoint) => {
    let advance = known.get(codePoint);
    if (advance === undefined) {
      advance = font.hasGlyphForCodePoint(codePoint)
        ? font.glyphForCodePoint(codePoint).advanceWidth / font.unitsPerEm
        : isWide(codePoint)
          ? 1
          : AVERAGE_WIDTH;
      known.set(codePoint, advance);
    }
    return advance;
  };
}

const AVERAGE_WIDTH = 0.6;

/** East Asian wide characters (UAX 11, the blocks in use): one em each in the Chinese fonts. */
function isWide(codePoint: number): boolean {
  return (
    (codePoint >= 0x1100 && codePoint <= 0x115f) ||
    (codePoint >= 0x2e80 && codePoint <= 0xa4cf) ||
    (codePoint >= 0xac00 && codePoint <= 0xd7a3) ||
    (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
    (codePoint >= 0xfe30 && codePoint <= 0xfe6f) ||
    (codePoint >= 0xff00 && codePoint <= 0xff60) ||
    (codePoint >= 0xffe0 && codePoint <= 0xffe6) ||
    (codePoint >= 0x1f300 && codePoint <= 0x1faff) ||
    (codePoint >= 0x20000 && codePoint <= 0x3fffd)
  );
}

function textWidth(text: string, advance: ((codePoint: number) => number) | undefined, size: number): number {
  if (advance === undefined) throw new TypeError('A face without widths');
  let sum = 0;
  for (const character of text) sum += advance(character.codePointAt(0) ?? 0);
  return sum * size;
}
