/** Loads the sizes and font widths of a theme for the planner. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { FACES, type Geometry, geometrySchema, type TextWidth } from '../../model/outputs/metrics.ts';
import type { CutWords } from '../../model/text/text-pieces.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { Records } from '../../shared/cache/records.ts';
import { cutChinese } from '../../shared/chinese-words.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { projectRoot } from '../../shared/paths.ts';
import { faceSchema, loadFontStack, othersSchema } from './load-font-stack.ts';
import { textWidths } from './text-width.ts';

const fontsSchema = z.strictObject({ faces: z.record(z.enum(FACES), faceSchema), others: othersSchema });

export interface Metrics {
  geometry: Geometry;
  width: TextWidth;
  /** Finds the words of Chinese text, by a dictionary that is loaded on first use. */
  words: CutWords;
  /**
   * Returns whether the fonts of headlines, text and code all have a character with its marks (a grapheme cluster). Missing characters are
   * shown as a box.
   */
  hasGlyph: (cluster: string) => boolean;
  /** Changes when the fonts change. */
  fonts: string;
  /** Saves the measurements for the next run. */
  keep: () => void;
}

/** Reads `geometry.json` and the fonts named in `fonts.json` of a theme folder. Throws ExpectedError when one is missing or wrong. */
export async function loadMetrics(themeDir: string): Promise<Metrics> {
  const [geometry, fonts] = await Promise.all([
    readJson(path.join(themeDir, 'geometry.json'), geometrySchema),
    readJson(path.join(themeDir, 'fonts.json'), fontsSchema),
  ]);
  // Fonts are looked up from the theme, then from the project, because a theme may be in a place without node_modules.
  const resolvers = [createRequire(path.join(themeDir, 'package.json')), createRequire(path.join(projectRoot, 'package.json'))];
  const stacks = new Map(FACES.map((name) => [name, loadFontStack(name, { face: fonts.faces[name], others: fonts.others }, resolvers)]));
  const version = sha256(JSON.stringify([fonts, ...[...stacks.values()].map((each) => each.version)]));
  // Headlines, text and code. Their bold and italic fonts have the same characters.
  const shown = (['sans', 'serif-bold', 'mono'] as const).flatMap((name) => stacks.get(name) ?? []);
  // Opening the fonts takes 0.3 s, and shaping the words of a deck takes as long again. Most characters and words recur in every run.
  const glyphs = await Records.open<boolean>('glyphs', version);
  const widths = await Records.open<number>('widths', version);
  // Records that were never read are not saved, because saving would drop all their entries.
  let asked = false;
  let measured = false;
  return {
    geometry,
    fonts: version,
    words: cutChinese,
    keep: () => {
      if (asked) {
        glyphs.useAll();
        glyphs.save();
      }
      if (measured) {
        if (widths.sizeOf(WORDS) <= MOST_WORDS) widths.useAll();
        widths.save();
      }
    },
    width: textWidths(new Map([...stacks].map(([name, { shaperOf }]) => [name, shaperOf])), {
      get(key) {
        measured = true;
        return widths.get(WORDS, key);
      },
      set: (key, width) => widths.set(WORDS, key, width),
    }),
    hasGlyph: (cluster) => {
      asked = true;
      const known = glyphs.get(GROUP, cluster);
      if (known !== undefined) return known;
      const found = shown.every((stack) => stack.hasGlyph(cluster));
      glyphs.set(GROUP, cluster, found);
      return found;
    },
  };
}

const GROUP = 'glyphs';
const WORDS = 'words';
/** Above this number, only the words that a run has used are kept. */
const MOST_WORDS = 100_000;

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new ExpectedError(`cannot use ${file}: ${reason}`, { hint: 'compare it with the one in templates/theme/', cause: error });
  }
}
