import type { z } from 'zod';
import { sha256 } from '../../shared/cache/hashes.ts';
import { Findings, startOf } from '../findings.ts';
import type { ImageUse } from '../images/image-path.ts';
import { type MarkdownText, readMarkdown } from '../markdown/markdown.ts';
import { reportStrangeCharacters } from '../markdown/strange-characters.ts';
import { reportPlainMarks } from '../markdown/typed-marks.ts';
import type { FileGroup } from '../pages/group-files.ts';
import { type PageMemory, rememberedMatter } from '../pages/page-memory.ts';
import type { FolderFile } from '../pages/read-folder.ts';
import { checkSchema } from './check-schema.ts';
import { reportLongTexts } from './long-texts.ts';
import { type Matter, readMatter } from './page-matter.ts';

/** How one kind of content file is read: interviews, exchanges, themes and terms each have theirs. */
export interface Kind<M, TM, B, T> {
  schema: z.ZodType<M>;
  translationSchema: z.ZodType<TM>;
  body(text: MarkdownText, file: string, findings: Findings): B;
  /** Findings in a base file that a schema cannot make; also asked when the schema failed. */
  check?(page: Page<M, B>, findings: Findings): void;
  text(value: M, page: Page<M, B>): T;
  /** The same for a translation of a base file without errors. */
  checkTranslation?(base: T, page: Page<TM, B>, findings: Findings): void;
  /** The text in another language; what the translation leaves out is taken from the base text. */
  translate(base: T, value: TM, page: Page<TM, B>, findings: Findings): T;
}

/** One file, read on its own; `value` is null when its front matter has errors. */
export interface Page<M, B> {
  file: string;
  /** SHA-256 of its text. */
  hash: string;
  matter: Matter;
  value: M | null;
  body: B;
}

/** A base file with its translations. Not yet known: whether what it refers to exists. */
export interface Draft<M, TM, B, T> {
  id: string;
  file: string;
  /** The language of the base file; null when its interview does not tell. */
  lang: string | null;
  /** Null when the file cannot be read as text. */
  page: Page<M, B> | null;
  translations: { lang: string; page: Page<TM, B> }[];
  /** The languages of all translations, whether or not they can be read. */
  translated: ReadonlySet<string>;
  /** Its text in every language, each with the file it comes from. */
  texts: { lang: string; file: string; text: T }[];
}

/** What reading needs besides the files. */
export interface Reading {
  locales: readonly string[];
  findings: Findings;
  images: ImageUse[];
  /** Whether the theme's fonts have a character. */
  canShow: (character: string) => boolean;
  /** What was read before; null reads everything. */
  memory: PageMemory | null;
}

/** Reads a base file and its translations, each on its own, and merges the translations onto the base text. */
export function readDraft<M, TM, B, T>(
  kind: Kind<M, TM, B, T>,
  group: FileGroup,
  langOf: (page: Page<M, B> | null) => string | null,
  reading: Reading,
): Draft<M, TM, B, T> {
  const { findings } = reading;
  const check = (base: Page<M, B>, own: Findings) => kind.check?.(base, own);
  const page = group.file === null ? null : readPage(kind, kind.schema, null, group.file, reading, check);
  const lang = langOf(page);
  const base = page?.value != null && lang !== null ? { lang, file: page.file, text: kind.text(page.value, page) } : null;
  const draft: Draft<M, TM, B, T> = {
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

/** The same files are read again and again by a process that follows their edits. */
const hashes = new WeakMap<object, string>();

function hashOf(content: { text: string }): string {
  const hash = hashes.get(content) ?? sha256(content.text);
  hashes.set(content, hash);
  return hash;
}

/** `check` makes the findings that a schema cannot. */
function readPage<V, M, TM, B, T>(
  kind: Kind<M, TM, B, T>,
  schema: z.ZodType<V>,
  baseSchema: z.ZodType | null,
  { path, content }: FolderFile,
  { findings, images, canShow, memory }: Reading,
  check: (page: Page<V, B>, findings: Findings) => void = () => {},
): Page<V, B> | null {
  if (!content.ok) return null;
  const { text } = content;
  const hash = hashOf(content);
  let fresh: Page<V, B> | null = null;
  const read = (canShow: Reading['canShow']) => {
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
  // Written under the same path by the same program, so of these types.
  const { value, body } = page as { value: V | null; body: B };
  return fresh ?? { file: path, hash, matter: rememberedMatter(path, text, page.data), value, body };
}

function checkLanguage(
  translation: FileGroup['translations'][number],
  base: string,
  baseLang: string | null,
  { locales, findings }: Reading,
): void {
  const { lang, file } = translation;
  if (!locales.includes(lang)) findings.add('unknown-language', startOf(file.path), { language: lang, known: [...locales].sort() });
  else if (lang === baseLang)
    findings.add('invalid-file-name', startOf(file.path), { expected: `${base}: its language is already ${lang}` });
}
