/** Part of the template loader: the font files of a face, chosen for every character as a browser chooses them. */
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
// fontkit reads WOFF2, so that the widths come from the very files that the PDF embeds.
import type { Font } from 'fontkit';
import { z } from 'zod';
import { ExpectedError } from '../shared/errors.ts';
import { sha256 } from '../shared/hashes.ts';

export const faceSchema = z.strictObject({
  /** Style sheets with the face's `@font-face` rules, in the order of the theme's `font-family`. */
  stack: z.array(z.string()).min(1),
  /** For a language: the file from which its text takes the marks that Latin text has too. */
  marks: z.record(z.string(), z.string()).optional(),
});

/** Width of a stretch of text in one font file, with kerning and ligatures, as a share of the font size. */
export type Shaper = (text: string) => number;

/** The font that shows a character; null when no embedded one does. */
export type ShaperOf = (character: string, lang: string | undefined) => Shaper | null;

export interface FontStack {
  shaperOf: ShaperOf;
  /** Whether an embedded font has a character. */
  hasGlyph: (character: string) => boolean;
  /** Another one when a style sheet of the face is, or a font file that it names. */
  version: string;
}

/** The same characters as in the theme's styles/fonts.css. */
const MARKS = /[\u00b7\u2014\u2018\u2019\u201c\u201d\u2026]/;

/** Reads the style sheets of a face. Font files are opened when the first character needs them: a deck shows but a few of them. */
export function loadFontStack(face: z.infer<typeof faceSchema>, resolvers: readonly NodeJS.Require[]): FontStack {
  const sheets = face.stack.map((sheet) => readSheet(resolveFile(resolvers, sheet)));
  const families = sheets.map(({ faces }) => faces);
  const marks = Object.entries(face.marks ?? {}).map(([lang, file]) => ({
    lang,
    open: once(() => markShaper(resolveFile(resolvers, file), lang)),
  }));
  const shaperOf: ShaperOf = (character, lang) => {
    const own = MARKS.test(character) ? marks.find((each) => each.lang === lang) : undefined;
    if (own !== undefined) return own.open();
    const code = character.codePointAt(0) ?? 0;
    for (const faces of families) {
      // Of two rules that both name a character, the later one counts.
      for (const { file } of faces.filter(({ ranges }) => ranges().some(([from, to]) => code >= from && code <= to)).reverse()) {
        const { font, shaper } = openFont(file);
        if (font.hasGlyphForCodePoint(code)) return shaper;
      }
    }
    return null;
  };
  const isNamed = (code: number) =>
    families.some((faces) => faces.some(({ ranges }) => ranges().some(([from, to]) => code >= from && code <= to)));
  return {
    version: [
      ...sheets.map(({ version }) => version),
      ...Object.values(face.marks ?? {}).map((file) => versionOf(resolveFile(resolvers, file))),
    ].join(' '),
    shaperOf,
    // Of ideographs the style sheets name just those that their hundred files hold: none has to be opened.
    hasGlyph: (character) =>
      IDEOGRAPH.test(character)
        ? isNamed(character.codePointAt(0) ?? 0)
        : UNSEEN.test(character) || shaperOf(character, undefined) !== null,
  };
}

const IDEOGRAPH = /\p{Unified_Ideograph}/u;
/** What a browser draws nothing for, whatever the font. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}]/u;

interface CutFace {
  file: string;
  /** Worked out when the first character asks for it: most runs know all their characters. */
  ranges: () => [from: number, to: number][];
}

interface Sheet {
  faces: CutFace[];
  version: string;
}

/** Faces share style sheets: each is read once in a process, and again when it is written anew. */
const sheets = new Map<string, Sheet>();

function readSheet(file: string): Sheet {
  const css = readFileSync(file, 'utf8');
  const hash = sha256(css);
  const known = sheets.get(`${file} ${hash}`);
  if (known !== undefined) return known;
  const faces = readFaces(css, path.dirname(file));
  const sheet = { faces, version: sha256([hash, ...faces.map((face) => versionOf(face.file))].join('\n')) };
  sheets.set(`${file} ${hash}`, sheet);
  return sheet;
}

/** By size and date, as npm has unpacked it: there are five hundred of them, with 20 MB. */
function versionOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return `${file} ${stats?.size} ${stats?.mtimeMs}`;
}

/** The `@font-face` rules of one of fontsource's style sheets. */
function readFaces(css: string, folder: string): CutFace[] {
  return [...css.matchAll(/@font-face\s*\{([^}]*)\}/g)].map(([, rule = '']) => ({
    file: path.join(folder, /url\(([^)]+\.woff2)\)/.exec(rule)?.[1] ?? ''),
    ranges: once(() => rangesOf(/unicode-range:([^;]*)/.exec(rule)?.[1] ?? 'U+0-10FFFF')),
  }));
}

function rangesOf(list: string): [from: number, to: number][] {
  return [...list.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].map(([, from = '', to]) => [
    Number.parseInt(from, 16),
    Number.parseInt(to ?? from, 16),
  ]);
}

const require = createRequire(import.meta.url);

/** Faces share files: each is opened once in a process. */
const opened = new Map<string, { font: Font; shaper: Shaper }>();

function openFont(file: string): { font: Font; shaper: Shaper } {
  let known = opened.get(file);
  if (known === undefined) {
    // Imported when the first font is opened (0.1 s): most runs open none.
    const { create } = require('fontkit') as typeof import('fontkit');
    const font = create(readFileSync(file)) as Font;
    known = { font, shaper: (text) => font.layout(text).advanceWidth / font.unitsPerEm };
    opened.set(file, known);
  }
  return known;
}

/** Marks among ideographs have the shapes of their language: a Chinese dash is wider than the same font's dash elsewhere. */
function markShaper(file: string, lang: string): Shaper {
  const { font } = openFont(file);
  return (text) => font.layout(text, undefined, 'hani', LANGUAGE_SYSTEMS[lang]).advanceWidth / font.unitsPerEm;
}

/** OpenType's names of languages. */
const LANGUAGE_SYSTEMS: Readonly<Record<string, string>> = { zh: 'ZHS ', ja: 'JAN ' };

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function resolveFile(resolvers: readonly NodeJS.Require[], name: string): string {
  for (const resolver of resolvers) {
    try {
      return resolver.resolve(name);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && /^(MODULE_NOT_FOUND|ERR_PACKAGE_PATH_NOT_EXPORTED)$/.test(String(error.code))))
        throw error;
    }
  }
  throw new ExpectedError(`the font file ${name} is not installed`, { hint: 'run npm ci' });
}
