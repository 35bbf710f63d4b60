/** Loads the font files of a face, and selects one for every character as a browser does. */
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
// fontkit: reads WOFF2, so that widths come from the files that the PDF embeds.
import type { Font } from 'fontkit';
import { z } from 'zod';
import type { Face } from '../../model/outputs/metrics.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { resolveInPackages } from '../../shared/packages.ts';

export const faceSchema = z.strictObject({
  /** Style sheets with the face's `@font-face` rules, in the order of the theme's `font-family`. */
  stack: z.array(z.string()).min(1),
  /** For each language: the file with its form of the marks that Latin text also uses. */
  marks: z.record(z.string(), z.string()).optional(),
});

/** The fallback fonts of all faces. */
export const othersSchema = z.strictObject({
  /** A style sheet with several families. The value of `--others` in it gives their order. */
  sheet: z.string(),
  /** For each language: the family that comes right after the first font of a face. */
  first: z.record(z.string(), z.string()),
});

/** Returns the width of text in one font file, with kerning and ligatures, as a share of the font size. */
export type Shaper = (text: string) => number;

/** Returns the font for a character with its marks (a grapheme cluster). Null when no font of the theme has it. */
export type ShaperOf = (cluster: string, lang: string | undefined) => Shaper | null;

export interface FontStack {
  shaperOf: ShaperOf;
  /** Returns whether a font has a glyph for the cluster. The box that replaces missing characters does not count. */
  hasGlyph: (cluster: string) => boolean;
  /** Changes when a style sheet of the face, or a font file in it, changes. */
  version: string;
}

export interface FontList {
  face: z.infer<typeof faceSchema>;
  others: z.infer<typeof othersSchema>;
}

/** The same characters as in the theme's styles/fonts.css. */
const MARKS = /[\u00b7\u2014\u2018\u2019\u201c\u201d\u2026]/;
/** The last family of scripts.css. */
const BOX = 'Box';

/** Reads the style sheets of a face. Font files are opened when a character first needs them: a deck uses only a few of them. */
export function loadFontStack(name: Face, { face, others }: FontList, resolvers: readonly NodeJS.Require[]): FontStack {
  const sheets = [...face.stack, others.sheet].map((sheet) => readSheet(resolveFile(resolvers, sheet), resolvers));
  const weight = name.includes('bold') ? 700 : 400;
  const [shared, ...own] = [sheets.at(-1), ...sheets.slice(0, -1)];
  const familyOf = (family: string) =>
    (shared?.faces ?? []).filter((each) => each.family === family && each.weights.from <= weight && each.weights.to >= weight);
  const families = own.map(({ faces }) => faces);
  const rest = (shared?.families ?? []).map(familyOf);
  const byLanguage = new Map(
    Object.entries(others.first).map(([lang, family]) => [
      lang,
      [...families.slice(0, 1), familyOf(family), ...families.slice(1), ...rest],
    ]),
  );
  const all = [...families, ...rest];
  const marks = Object.entries(face.marks ?? {}).map(([lang, file]) => ({
    lang,
    open: once(() => markShaper(resolveFile(resolvers, file), lang)),
  }));
  const find = (cluster: string, list: readonly CutFace[][]): CutFace | null => {
    const codes = [...cluster].filter((character) => !UNSEEN.test(character)).map((character) => character.codePointAt(0) ?? 0);
    for (const faces of list) {
      // When two rules cover a character, the later one wins.
      for (const each of faces.toReversed()) {
        if (codes.every(each.names) && codes.every((code) => openFont(each.file).font.hasGlyphForCodePoint(code))) return each;
      }
    }
    return null;
  };
  return {
    version: [
      ...sheets.map(({ version }) => version),
      ...Object.values(face.marks ?? {}).map((file) => versionOf(resolveFile(resolvers, file))),
    ].join(' '),
    shaperOf(cluster, lang) {
      const mark = MARKS.test(cluster) ? marks.find((each) => each.lang === lang) : undefined;
      if (mark !== undefined) return mark.open();
      const found = find(cluster, byLanguage.get(lang ?? '') ?? all);
      return found === null ? null : openFont(found.file).shaper;
    },
    hasGlyph(cluster) {
      if ([...cluster].every((character) => UNSEEN.test(character))) return true;
      // For ideographs the style sheets list exactly the characters in their hundred files, so no file has to be opened.
      const code = cluster.codePointAt(0) ?? 0;
      if (IDEOGRAPH.test(cluster) && families.some((faces) => faces.some(({ names }) => names(code)))) return true;
      const found = find(cluster, all);
      return found !== null && found.family !== BOX;
    },
  };
}

const IDEOGRAPH = /^\p{Unified_Ideograph}$/u;
/** Characters for which a browser draws nothing in any font. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}]/u;

interface CutFace {
  family: string;
  weights: { from: number; to: number };
  file: string;
  /**
   * Returns whether the rule covers a character. Its ranges are parsed on the first call, because most runs already know all their
   * characters.
   */
  names: (code: number) => boolean;
}

interface Sheet {
  faces: CutFace[];
  /** In the order of `--others`. Empty for a sheet without it. */
  families: string[];
  version: string;
}

/** Style sheets, shared by faces: each is read once per process, and again when it has changed. */
const sheets = new Map<string, Sheet>();

function readSheet(file: string, resolvers: readonly NodeJS.Require[]): Sheet {
  const css = readFileSync(file, 'utf8');
  const hash = sha256(css);
  const known = sheets.get(`${file} ${hash}`);
  if (known !== undefined) return known;
  const faces = readFaces(css, (name) => (name.startsWith('.') ? path.resolve(path.dirname(file), name) : resolveFile(resolvers, name)));
  const families = [...(/--others:([^;]*);/.exec(css)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(([, family = '']) => family);
  const sheet = { faces, families, version: sha256([hash, ...faces.map((face) => versionOf(face.file))].join('\n')) };
  sheets.set(`${file} ${hash}`, sheet);
  return sheet;
}

/** Returns a version from size and date: hashing six hundred files with 24 MB would take too long. */
function versionOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return `${file} ${stats?.size} ${stats?.mtimeMs}`;
}

/** Returns the `@font-face` rules of a style sheet of fontsource or of the theme. */
function readFaces(css: string, resolve: (name: string) => string): CutFace[] {
  return [...css.matchAll(/@font-face\s*\{([^}]*)\}/g)].map(([, rule = '']) => {
    const [from = '400', to = from] = (/font-weight:([^;]*)/.exec(rule)?.[1] ?? '').trim().split(/\s+/);
    const ranges = once(() => rangesOf(/unicode-range:([^;]*)/.exec(rule)?.[1] ?? 'U+0-10FFFF'));
    return {
      family: (/font-family:([^;]*)/.exec(rule)?.[1] ?? '').trim().replace(/^["']|["']$/g, ''),
      weights: { from: Number(from), to: Number(to) },
      file: resolve(/url\(["']?([^"')]+\.(?:woff2|ttf))["']?\)/.exec(rule)?.[1] ?? ''),
      names: (code) => ranges().some(([first, last]) => code >= first && code <= last),
    };
  });
}

function rangesOf(list: string): [from: number, to: number][] {
  return [...list.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].map(([, from = '', to]) => [
    Number.parseInt(from, 16),
    Number.parseInt(to ?? from, 16),
  ]);
}

const require = createRequire(import.meta.url);

/** Font files, shared by faces: each is opened once per process. */
const opened = new Map<string, { font: Font; shaper: Shaper }>();

function openFont(file: string): { font: Font; shaper: Shaper } {
  let known = opened.get(file);
  if (known === undefined) {
    // Imported only when the first font is opened (0.1 s): most runs open none.
    const { create } = require('fontkit') as typeof import('fontkit');
    const font = create(readFileSync(file)) as Font;
    known = { font, shaper: (text) => widthIn(font, text) };
    opened.set(file, known);
  }
  return known;
}

function widthIn(font: Font, text: string): number {
  try {
    return font.layout(text).advanceWidth / font.unitsPerEm;
  } catch (error) {
    // fontkit 2.0.4 cannot place the marks of some scripts (Gurmukhi, Malayalam). Unjoined letters need at least as much room.
    if (!(error instanceof TypeError)) throw error;
    const letters = [...text].map((character) => font.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth);
    return letters.reduce((sum, advance) => sum + advance, 0) / font.unitsPerEm;
  }
}

/**
 * Returns a shaper for marks between ideographs, whose shape depends on the language: a dash in Chinese text is wider than the same font's
 * dash in other languages.
 */
function markShaper(file: string, lang: string): Shaper {
  const { font } = openFont(file);
  return (text) => font.layout(text, undefined, 'hani', LANGUAGE_SYSTEMS[lang]).advanceWidth / font.unitsPerEm;
}

/** Language tags of OpenType. */
const LANGUAGE_SYSTEMS: Readonly<Record<string, string>> = { zh: 'ZHS ', ja: 'JAN ' };

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function resolveFile(resolvers: readonly NodeJS.Require[], name: string): string {
  const file = resolveInPackages(name, resolvers);
  if (file !== null) return file;
  throw new ExpectedError(`the font file ${name} is not installed`, { hint: 'run npm ci' });
}
