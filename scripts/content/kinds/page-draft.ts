import type { z } from 'zod';
import type { Place } from '../../model/problems/problem.ts';
import { blocksToPlain, inlineToPlain } from '../../model/text/text.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { Findings, startOf } from '../findings.ts';
import type { FileGroup } from '../load-corpus.ts';
import { type MarkdownPart, type MarkdownText, readMarkdown } from '../markdown/markdown.ts';
import type { ImageUse } from '../markdown/markdown-inline.ts';
import { reportPlainMarks, shownTexts } from '../markdown/typed-marks.ts';
import { type PageMemory, rememberedMatter } from '../pages/page-memory.ts';
import type { FolderFile } from '../pages/read-folder.ts';
import { checkSchema } from './check-schema.ts';
import { type PageMatter, readMatter } from './page-matter.ts';
import { isRecord, type KeyPath } from './yaml.ts';

/** How one kind of content file is read. Interviews, exchanges, themes and terms each define one. */
export interface Kind<M, TM, B, T> {
  schema: z.ZodType<M>;
  translationSchema: z.ZodType<TM>;
  body(text: MarkdownText, file: string, findings: Findings): B;
  /** Reports errors in a base file that a schema cannot express. Also called when the schema failed. */
  check?(page: Page<M, B>, findings: Findings): void;
  text(value: M, page: Page<M, B>): T;
  /** Does the same for a translation. Called only when the base file has no errors. */
  checkTranslation?(base: T, page: Page<TM, B>, findings: Findings): void;
  /** Returns the text in another language. What the translation leaves out is taken from the base text. */
  translate(base: T, value: TM, page: Page<TM, B>, findings: Findings): T;
}

/** One file, read on its own. `value` is null when its front matter has errors. */
export interface Page<M, B> {
  file: string;
  /** SHA-256 of its text. */
  hash: string;
  matter: PageMatter;
  value: M | null;
  body: B;
}

/** A base file with its translations. References to other files are not checked yet. */
export interface PageDraft<M, TM, B, T> {
  id: string;
  file: string;
  /** The language of the base file; null when its interview does not declare one. */
  lang: string | null;
  /** Null when the file cannot be read as text. */
  page: Page<M, B> | null;
  translations: { lang: string; page: Page<TM, B> }[];
  /** The languages of all translations, whether or not they can be read. */
  translated: ReadonlySet<string>;
  /** The text in every language, each with the file that it comes from. */
  texts: { lang: string; file: string; text: T }[];
}

/** The options and collectors that reading needs besides the files. */
export interface PageReading {
  locales: readonly string[];
  findings: Findings;
  images: ImageUse[];
  /** Whether the theme's fonts have a character. */
  canShow: (character: string) => boolean;
  /** Results of earlier runs; null to read everything. */
  memory: PageMemory | null;
}

/** Reads a base file and its translations, each on its own, and merges the translations into the base text. */
export function readDraft<M, TM, B, T>(
  kind: Kind<M, TM, B, T>,
  group: FileGroup,
  langOf: (page: Page<M, B> | null) => string | null,
  reading: PageReading,
): PageDraft<M, TM, B, T> {
  const { findings } = reading;
  const check = (base: Page<M, B>, own: Findings) => kind.check?.(base, own);
  const page = group.file === null ? null : readPage(kind, kind.schema, null, group.file, reading, check);
  const lang = langOf(page);
  const base = page?.value != null && lang !== null ? { lang, file: page.file, text: kind.text(page.value, page) } : null;
  const draft: PageDraft<M, TM, B, T> = {
    id: group.role.id,
    file: group.base,
    lang,
    page,
    translations: [],
    translated: new Set(group.translations.map((translation) => translation.lang)),
    texts: base === null ? [] : [base],
  };
  for (const translation of group.translations) {
    checkLanguage(translation, group.base, lang, reading);
    const translated = readPage(kind, kind.translationSchema, kind.schema, translation.file, reading);
    if (translated === null) continue;
    draft.translations.push({ lang: translation.lang, page: translated });
    if (base === null) continue;
    kind.checkTranslation?.(base.text, translated, findings);
    if (translated.value === null) continue;
    const text = kind.translate(base.text, translated.value, translated, findings);
    draft.texts.push({ lang: translation.lang, file: translated.file, text });
  }
  return draft;
}

/** Hashes by content object. A process that watches the folder gets the same objects again and again. */
const hashes = new WeakMap<object, string>();

function hashOf(content: { text: string }): string {
  const hash = hashes.get(content) ?? sha256(content.text);
  hashes.set(content, hash);
  return hash;
}

/** Reads one file. `check` reports errors that a schema cannot express. */
function readPage<V, M, TM, B, T>(
  kind: Kind<M, TM, B, T>,
  schema: z.ZodType<V>,
  baseSchema: z.ZodType | null,
  { path, content }: FolderFile,
  { findings, images, canShow, memory }: PageReading,
  check: (page: Page<V, B>, findings: Findings) => void = () => {},
): Page<V, B> | null {
  if (!content.ok) return null;
  const { text } = content;
  const hash = hashOf(content);
  let fresh: Page<V, B> | null = null;
  const read = (canShow: PageReading['canShow']) => {
    const own = new Findings();
    const matter = readMatter(path, text, own);
    const value = checkSchema(schema, matter, own, baseSchema);
    const markdown = readMarkdown(matter.body?.text ?? '', path, matter.body?.line ?? 1, own);
    reportPlainMarks(matter, own);
    reportLongTexts(matter, own);
    reportStrangeCharacters({ file: path, source: text, matter, parts: markdown.parts }, canShow, own);
    fresh = { file: path, hash, matter, value, body: kind.body(markdown, path, own) };
    check(fresh, own);
    return { data: matter.data, value, body: fresh.body, findings: own.problems, images: markdown.images };
  };
  const page = memory === null ? read(canShow) : memory.recallPage(path, hash, canShow, read);
  for (const finding of page.findings) findings.addProblem(finding);
  images.push(...page.images);
  // The same program wrote this entry for the same path, so the types match.
  const { value, body } = page as { value: V | null; body: B };
  return fresh ?? { file: path, hash, matter: rememberedMatter(path, text, page.data), value, body };
}

function checkLanguage(
  translation: FileGroup['translations'][number],
  base: string,
  baseLang: string | null,
  { locales, findings }: PageReading,
): void {
  const { lang, file } = translation;
  if (!locales.includes(lang)) findings.add('unknown-language', startOf(file.path), { language: lang, known: [...locales].sort() });
  else if (lang === baseLang)
    findings.add('invalid-file-name', startOf(file.path), { expected: `${base}: its language is already ${lang}` });
}

/** Warns of texts in the front matter that are too long for slides, each at its place. */
function reportLongTexts(matter: PageMatter, findings: Findings): void {
  for (const { path, key, text } of shownTexts(matter.data)) {
    const limit = LIMITS[key];
    if (limit === undefined) continue;
    if (widthOf(text) > limit) findings.add('long-text', matter.at(path), { key, characters: [...text].length });
  }
}

/** In Latin letters; a Chinese character counts as two. Titles up to twice this length are still set in full, but in small type. */
const LIMITS: Readonly<Record<string, number>> = {
  title: 240,
  subtitle: 300,
  takeaway: 300,
  answer: 300,
  say: 300,
  question: 600,
  name: 120,
  affiliation: 160,
  label: 160,
  term: 240,
};

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/gu;

function widthOf(text: string): number {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}

// Strange characters: invisible ones that turn the direction of text, and those that no font of the theme has

/** Control characters (except line ends) and characters that change the direction of the text around them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const HIDDEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069]/g;
/** Characters that are not ASCII, together with their combining marks: a single font must have both. */
const NOT_ASCII = /[\0-\u007f]\p{M}+|[^\0-\u007f]\p{M}*/gu;

interface Texts {
  file: string;
  /** The whole file. */
  source: string;
  matter: PageMatter;
  parts: readonly MarkdownPart[];
}

/** Reports each kind once per file, with all its characters and the place of the first one. `canShow` is not called for ASCII. */
function reportStrangeCharacters(texts: Texts, canShow: (cluster: string) => boolean, findings: Findings): void {
  const read = readTexts(texts);
  const hidden = find(texts, read, (text) => text.match(HIDDEN) ?? []);
  if (hidden !== null) findings.add('hidden-character', hidden.place, { characters: hidden.characters });
  const shown = read.filter(({ isShown }) => isShown);
  const missing = find(texts, shown, (text) => (text.normalize().match(NOT_ASCII) ?? []).filter((cluster) => !canShow(cluster)));
  if (missing !== null) findings.add('no-glyph', missing.place, { characters: missing.characters });
}

interface ReadText {
  text: string;
  place: () => Place;
  isShown: boolean;
}

/** Returns the values of the front matter and the body. The parts from the notes on are not on slides, or only in drafts. */
function readTexts({ file, matter, parts }: Texts): ReadText[] {
  const values = stringsIn(matter.data, []).map(({ path, text }) => ({ text, place: () => matter.at(path), isShown: true }));
  let isShown = true;
  const body = parts.map((part) => {
    const text = part.type === 'block' ? blocksToPlain([part.block]) : inlineToPlain(part.children);
    if (part.type === 'heading' && part.depth === 2 && /^(?:notes|transcript)$/i.test(text.trim())) isShown = false;
    return { text, place: () => ({ file, line: part.line, column: part.column }), isShown };
  });
  return [...values, ...body];
}

function stringsIn(value: unknown, path: KeyPath): { path: KeyPath; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => stringsIn(item, [...path, index]));
  return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => stringsIn(item, [...path, key])) : [];
}

/**
 * Returns the distinct characters that match and the place of the first one. The place is exact unless the character was written as an
 * escape.
 */
function find(
  { file, source }: Texts,
  texts: readonly ReadText[],
  charactersIn: (text: string) => readonly string[],
): { characters: string[]; place: Place } | null {
  const characters = new Set<string>();
  let place: Place | null = null;
  for (const { text, place: placeOf } of texts) {
    const [first, ...rest] = charactersIn(text);
    if (first === undefined) continue;
    for (const character of [first, ...rest]) characters.add(character);
    place ??= placeInSource(file, source, placeOf(), first);
  }
  return place === null ? null : { characters: [...characters], place };
}

/** Returns the place of a character at or after `start`. */
function placeInSource(file: string, source: string, start: Place, character: string): Place {
  const lines = source.split('\n');
  const before = lines.slice(0, start.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + start.column - 1;
  const at = source.indexOf(character, before);
  if (at === -1) return start;
  const line = source.slice(0, at).split('\n');
  return { file, line: line.length, column: (line.at(-1)?.length ?? 0) + 1 };
}
