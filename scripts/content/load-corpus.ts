/** Stage content: files -> Corpus + Problem[]. */
import { Consent } from '../model/consent.ts';
import type { Corpus } from '../model/corpus.ts';
import { fileNameTakenBy } from '../model/outputs/output-names.ts';
import type { Problem } from '../model/problems/problem.ts';
import { matchesQuery, type Query } from '../model/query.ts';
import { addressesIn, type Block } from '../model/text/text.ts';
import { sha256 } from '../shared/cache/hashes.ts';
import { assemble } from './assemble.ts';
import { Findings, startOf } from './findings.ts';
import { type CheckedImages, checkImages } from './images/check-images.ts';
import type { ExchangeDraft } from './kinds/kind-exchange.ts';
import { checkStories, type ThemeDraft } from './kinds/kind-theme.ts';
import type { Moment } from './kinds/moment.ts';
import type { PageReading } from './kinds/page-draft.ts';
import type { PageMatter } from './kinds/page-matter.ts';
import { checkReferences, queryOf } from './kinds/references.ts';
import type { KeyPath } from './kinds/yaml.ts';
import type { ImageUse } from './markdown/markdown-inline.ts';
import { reportWithheldNames, withheldPeople } from './names/withheld-names.ts';
import { type ContentAt, contentAt } from './pages/content-at.ts';
import { type FileRole, type Misnamed, roleOf } from './pages/file-role.ts';
import type { PageMemory } from './pages/page-memory.ts';
import { type FolderAtOnce, type FolderFile, readFolder } from './pages/read-folder.ts';
import { checkQuotes } from './quotes/check-quotes.ts';
import { type Drafts, readDrafts, type TermDraft } from './read-drafts.ts';

export interface LoadOptions {
  /** The codes of the languages that have a locale. Other languages are reported. */
  locales: readonly string[];
  /** Missing translations into these languages are reported. Default: every language that occurs in the content. */
  languages?: readonly string[];
  /** Whether the theme's fonts have a character that is not ASCII. Default: they have all. */
  canShow?: (character: string) => boolean;
  /** Results of earlier runs for this folder. Without it every file is read anew. */
  memory?: PageMemory;
}

export interface Loaded {
  corpus: Corpus;
  problems: Problem[];
  /** SHA-256 of the text of every file that the corpus may depend on, by its path in the content folder. */
  hashes: ReadonlyMap<string, string>;
}

/**
 * Reads a content folder. Never throws because of the contents of a file: errors there become Problems.
 * Throws ExpectedError when the folder does not exist or cannot be read.
 */
export async function loadCorpus(dir: string, options: LoadOptions): Promise<Loaded> {
  const { root, ...folder } = await readFolder(dir, options.memory?.files ?? null);
  return corpusFrom(folder, options, (images) => checkImages(root, images));
}

/** Reads a content folder as git has it at an earlier time. Does not check images. Throws ExpectedError as `contentAt` does. */
export async function loadEarlierCorpus(dir: string, moment: Moment, options: LoadOptions): Promise<Loaded & Omit<ContentAt, 'files'>> {
  const { files, ...at } = await contentAt(dir, moment);
  return { ...(await corpusFrom({ files, ignored: [] }, options, async () => ({ problems: [], moved: new Map() }))), ...at };
}

async function corpusFrom(
  { files, ignored }: FolderAtOnce,
  { locales, languages, canShow = () => true, memory }: LoadOptions,
  findImages: (images: readonly ImageUse[]) => Promise<CheckedImages>,
): Promise<Loaded> {
  const findings = new Findings();
  for (const file of ignored) findings.add('ignored-file', startOf(file), { extension: extensionOf(file) });
  const reading: PageReading = { locales, findings, images: [], canShow, memory: memory ?? null };
  // Read every file on its own first, then check references between files, so that a broken file is one finding and not one for each
  // mention.
  const drafts = readDrafts(groupFiles(files, findings), reading);
  const images = await findImages(reading.images);
  for (const finding of images.problems) findings.addProblem(finding);
  checkReferences(drafts, findings);
  checkStories(drafts, findings);
  checkQuotes(drafts, reading.memory, findings);
  checkThemeIds(drafts, findings);
  checkTermNames(drafts.terms, findings);
  checkCoverage(drafts, findings);
  const found = languagesOf(drafts, locales);
  checkTranslations(drafts, languages ?? found, findings);
  const withheld = withheldPeople(drafts);
  if (withheld.length > 0) reportWithheldNames(drafts, new Consent({ withheld }), findings);
  const corpus = assemble(drafts, { languages: found, withheld, memory: reading.memory }, findings);
  return {
    corpus: moveImages(corpus, images.moved),
    problems: findings.problems.sort(compareProblems),
    hashes: hashesWithImages(hashesOf(drafts), reading.images, images.moved),
  };
}

const extensionOf = (file: string) => file.slice(file.lastIndexOf('.'));

function hashesOf({ interviews, exchanges, themes, terms }: Drafts): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const { page, translations } of [...interviews.values(), ...exchanges, ...themes, ...terms]) {
    if (page !== null) hashes.set(page.file, page.hash);
    for (const translation of translations) hashes.set(translation.page.file, translation.page.hash);
  }
  return hashes;
}

// Theme ids become file names in the output folder

/** Reports themes whose deck would have the same file name as an output of another theme or one shared by all themes. */
function checkThemeIds({ themes }: Pick<Drafts, 'themes'>, findings: Findings): void {
  const ids = new Set(themes.map(({ id }) => id));
  for (const { id, file } of themes) {
    const other = fileNameTakenBy(id, ids);
    if (other !== null) findings.add('theme-id-taken', startOf(file), { id, other });
  }
}

/** Returns all languages that files are written in: the base language first, the others sorted by code. */
function languagesOf(drafts: Drafts, locales: readonly string[]): string[] {
  const found = new Set<string>();
  for (const draft of translatable(drafts)) {
    if (draft.lang !== null) found.add(draft.lang);
    for (const lang of draft.translated) if (locales.includes(lang)) found.add(lang);
  }
  found.delete(drafts.baseLanguage);
  return [drafts.baseLanguage, ...[...found].sort()];
}

/** Warns of base files that have no text in one of the wanted languages. */
function checkTranslations(drafts: Drafts, wanted: readonly string[], findings: Findings): void {
  for (const { file, lang, translated } of translatable(drafts)) {
    for (const language of wanted) {
      if (lang === null || language === lang || translated.has(language)) continue;
      findings.add('missing-translation', startOf(file), { language, base: file });
    }
  }
}

function translatable({ interviews, exchanges, themes, terms }: Drafts) {
  const there = [...interviews.values()].filter(({ page }) => page !== null);
  return [...there, ...exchanges, ...themes, ...terms];
}

/** Reports names and aliases that two terms share in the same language, ignoring case. */
function checkTermNames(terms: readonly TermDraft[], findings: Findings): void {
  const owners = new Map<string, { id: string; file: string }>();
  for (const { id, lang, page, translations } of terms) {
    const pages = [...(page === null || lang === null ? [] : [{ lang, page }]), ...translations];
    for (const written of pages) {
      const { matter, value, file } = written.page;
      if (value === null) continue;
      for (const { name, path } of namesIn(value)) {
        const key = `${written.lang} ${name.normalize('NFKC').toLowerCase()}`;
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, { id, file });
        else if (owner.id !== id) report(name, matter, path, owner.file, findings);
      }
    }
  }
}

function namesIn({ term, aliases = [] }: { term?: string | undefined; aliases?: string[] | undefined }): { name: string; path: KeyPath }[] {
  const own = term === undefined ? [] : [{ name: term, path: ['term'] }];
  return [...own, ...aliases.map((name, index) => ({ name, path: ['aliases', index] }))];
}

function report(name: string, matter: PageMatter, path: KeyPath, other: string, findings: Findings): void {
  findings.add('duplicate-id', matter.at(path), { id: name, kind: 'term name', other });
}

// Images whose file name is not the decoded address: a file really named `map%201.png`, or one in another Unicode normalization

type Moved = ReadonlyMap<string, string>;

/** Returns the corpus with the image paths as they are on the disk. Objects that contain no such image are kept, not copied. */
function moveImages(corpus: Corpus, moved: Moved): Corpus {
  if (moved.size === 0) return corpus;
  const inText = (text: object) =>
    Object.fromEntries(Object.entries(text).map(([key, value]) => [key, isBlocks(value) ? inBlocks(value) : value]));
  const changed = <T extends { text: object }>(all: readonly T[]): T[] =>
    all.map((each) =>
      showsMoved(each, moved)
        ? { ...each, text: Object.fromEntries(Object.entries(each.text).map(([lang, text]) => [lang, inText(text)])) }
        : each,
    );
  const inBlocks = (blocks: readonly Block[]): Block[] =>
    blocks.map((block): Block => {
      switch (block.type) {
        case 'image':
          return { ...block, src: moved.get(block.src) ?? block.src };
        case 'list':
          return { ...block, items: block.items.map(inBlocks) };
        case 'quote':
          return { ...block, children: inBlocks(block.children) };
        default:
          return block;
      }
    });
  const { exchanges, interviews, themes, terms } = corpus;
  return { ...corpus, exchanges: changed(exchanges), interviews: changed(interviews), themes: changed(themes), terms: changed(terms) };
}

/** Adds the real image names to the hashes of the files that show such images, because output depends on those names too. */
function hashesWithImages(hashes: ReadonlyMap<string, string>, uses: readonly ImageUse[], moved: Moved): ReadonlyMap<string, string> {
  if (moved.size === 0) return hashes;
  const all = new Map(hashes);
  for (const { file, path } of uses) {
    const name = moved.get(path);
    if (name !== undefined) all.set(file, sha256(`${all.get(file)} ${name}`));
  }
  return all;
}

function showsMoved({ text }: { text: object }, moved: Moved): boolean {
  return Object.values(text).some((each: object) =>
    Object.values(each).some((value: unknown) => isBlocks(value) && addressesIn(value).some((address) => moved.has(address))),
  );
}

/** In texts of content, only blocks are lists of objects with a `type`. */
function isBlocks(value: unknown): value is Block[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'object' && each !== null && 'type' in each);
}

/** A base file (null when there is none) with its translations, sorted by name. */
export interface FileGroup {
  role: Exclude<FileRole, Misnamed>;
  base: string;
  file: FolderFile | null;
  translations: { lang: string; file: FolderFile }[];
}

export interface Groups {
  interviews: FileGroup[];
  exchanges: FileGroup[];
  themes: FileGroup[];
  terms: FileGroup[];
  tags: FolderFile | null;
  misnamed: { role: Misnamed; file: FolderFile }[];
}

/** Groups the files of a content folder by kind. Reports invalid file names and translations without a base file. */
function groupFiles(files: readonly FolderFile[], findings: Findings): Groups {
  const groups: Groups = { interviews: [], exchanges: [], themes: [], terms: [], tags: null, misnamed: [] };
  const byBase = new Map<string, FileGroup>();
  const folders = new Set<string>();
  for (const file of files) {
    if (!file.content.ok) findings.addProblem(file.content.problem);
    const role = roleOf(file.path);
    if (role.kind === 'misnamed') {
      reportName(file, role, folders, findings);
      groups.misnamed.push({ role, file });
      continue;
    }
    const group = byBase.get(role.base) ?? { role, base: role.base, file: null, translations: [] };
    byBase.set(role.base, group);
    if (role.lang === null) group.file = file;
    else group.translations.push({ lang: role.lang, file });
  }
  for (const group of byBase.values()) {
    const { kind } = group.role;
    if (kind === 'tags') groups.tags = group.file;
    else if (kind === 'interview' || group.file !== null) groups[`${kind}s`].push(group);
    else for (const { file } of group.translations) findings.add('orphan-translation', startOf(file.path), { base: group.base });
  }
  reportMissingInterviews([...byBase.values()], findings);
  return groups;
}

/** A folder with an invalid name is reported once, not again for every file in it. */
function reportName(file: FolderFile, role: Misnamed, folders: Set<string>, findings: Findings): void {
  // A link to a folder is reported because it is a link; its name does not matter.
  if (!/\.md$/i.test(file.path) || (role.folder !== null && folders.has(role.folder))) return;
  if (role.folder !== null) folders.add(role.folder);
  findings.add('invalid-file-name', startOf(file.path), { expected: role.expected });
}

function reportMissingInterviews(groups: readonly FileGroup[], findings: Findings): void {
  const there = new Set(groups.filter(({ role, file }) => role.kind === 'interview' && file !== null).map(({ role }) => role.id));
  const needed = new Set(groups.flatMap(({ role }) => role.interview ?? []));
  for (const interview of needed) {
    if (!there.has(interview)) findings.add('missing-interview', startOf(`interviews/${interview}/index.md`), { interview });
  }
}

/** How many takeaways fit into the bottom line. */
const MAX_KEY_TAKEAWAYS = 5;

/** Reports themes without exchanges, exchanges without a theme, and bottom lines that are too long. Call it after all other checks. */
function checkCoverage(drafts: Drafts, findings: Findings): void {
  const themes = drafts.themes.map((theme) => ({ theme, query: queryOf(theme) }));
  const exchanges = drafts.exchanges.map((exchange) => ({ exchange, tags: exchange.tags === null ? null : new Set(exchange.tags) }));
  // A theme whose query cannot be read might select any exchange.
  const queries = themes.flatMap(({ query }) => query ?? []);
  const allRead = queries.length === themes.length && !drafts.misnamed.some(({ role }) => role.meant === 'theme');
  if (allRead) checkUnused(exchanges, queries, findings);
  const keys = exchanges.filter(({ exchange: { page } }) => page?.value?.key === true);
  for (const { theme, query } of themes) {
    if (query === null) continue;
    checkKeyTakeaways(theme, query, keys, drafts, findings);
    checkEmpty(theme, query, exchanges, drafts, findings);
  }
}

type Tagged = { exchange: ExchangeDraft; tags: ReadonlySet<string> | null };

function checkUnused(exchanges: readonly Tagged[], queries: readonly Query[], findings: Findings): void {
  for (const { exchange, tags } of exchanges) {
    if (tags === null || exchange.page === null || findings.isBroken(exchange.file)) continue;
    if (queries.some((query) => matchesQuery(query, tags))) continue;
    findings.add('no-theme', exchange.page.matter.at(['tags']), { tags: [...tags] });
  }
}

function checkEmpty(theme: ThemeDraft, query: Query, exchanges: readonly Tagged[], drafts: Drafts, findings: Findings): void {
  // Broken exchanges count, because the theme has them once they are repaired.
  const mayShow = (tags: ReadonlySet<string> | null) => tags === null || matchesQuery(query, tags);
  const shown = exchanges.some(({ exchange, tags }) => exchange.page?.matter.data?.draft !== true && mayShow(tags));
  const misnamed = drafts.misnamed.some(
    ({ role, tags }) => role.meant === 'interview' || (role.meant === 'exchange' && mayShow(tags && new Set(tags))),
  );
  if (shown || misnamed || theme.page === null) return;
  // A misspelt tag in the query already explains why nothing matches.
  if (findings.problems.some(({ file, code }) => file === theme.file && code === 'unknown-tag')) return;
  const written = theme.page.matter.data?.query;
  const place = typeof written === 'string' ? theme.page.matter.at(['query']) : startOf(theme.file);
  findings.add('empty-theme', place, { theme: theme.id, query: typeof written === 'string' ? written : theme.id });
}

function checkKeyTakeaways(theme: ThemeDraft, query: Query, exchanges: readonly Tagged[], drafts: Drafts, findings: Findings): void {
  if (findings.isBroken(theme.file)) return;
  const keys = exchanges.filter(({ exchange, tags }) => {
    const value = exchange.page?.value ?? null;
    const interview = drafts.interviews.get(exchange.interview);
    if (value === null || !value.key || value.draft || findings.isBroken(exchange.file)) return false;
    return interview !== undefined && !findings.isBroken(interview.file) && tags !== null && matchesQuery(query, tags);
  });
  const first = keys[MAX_KEY_TAKEAWAYS]?.exchange.page;
  if (first == null) return;
  findings.add('too-many-key-takeaways', first.matter.at(['key'], 'key'), {
    theme: theme.id,
    count: keys.length,
    limit: MAX_KEY_TAKEAWAYS,
  });
}

/** Compares by file, line, column and code. Severity does not count, because readers go through the files one by one. */
function compareProblems(a: Problem, b: Problem): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
