/** Stage content: files -> Corpus + Problem[]. */
import type { Corpus } from '../model/corpus.ts';
import { compareProblems, type Problem } from '../model/problems/problem.ts';
import { assemble } from './assemble.ts';
import { checkCoverage } from './coverage.ts';
import { Findings, startOf } from './findings.ts';
import { type CheckedImages, checkImages } from './images/check-images.ts';
import type { ImageUse } from './images/image-path.ts';
import { hashesWithImages, moveImages } from './images/moved-images.ts';
import type { Moment } from './kinds/moment.ts';
import type { Reading } from './kinds/page-draft.ts';
import { checkReferences } from './kinds/references.ts';
import { checkTermNames } from './kinds/term-names.ts';
import { withheldPeople } from './names/withheld.ts';
import { reportWithheldNames } from './names/withheld-names.ts';
import { type ContentAt, contentAt } from './pages/content-at.ts';
import { groupFiles } from './pages/group-files.ts';
import type { PageMemory } from './pages/page-memory.ts';
import { type FolderAtOnce, readFolder } from './pages/read-folder.ts';
import { checkQuotes } from './quotes/check-quotes.ts';
import { type Drafts, readDrafts } from './read-drafts.ts';
import { checkThemeIds } from './theme-ids.ts';
import { checkTranslations, languagesOf } from './translations.ts';

export interface LoadOptions {
  /** The codes of the languages for which a locale exists; others are findings. */
  locales: readonly string[];
  /** The languages whose missing translations are findings; every language that occurs when left out. */
  languages?: readonly string[];
  /** Whether the theme's fonts have a character that is not ASCII; all of them when left out. */
  canShow?: (character: string) => boolean;
  /** What was read before, of this folder; everything is read anew when left out. */
  memory?: PageMemory;
}

export interface Loaded {
  corpus: Corpus;
  problems: Problem[];
  /** SHA-256 of the text of every file that the corpus may be made from, by its path in the content folder. */
  hashes: ReadonlyMap<string, string>;
}

/**
 * Reads a content folder. Never throws for what stands in a file: that becomes a Problem.
 * Throws ExpectedError when the folder does not exist or cannot be read.
 */
export async function loadCorpus(dir: string, options: LoadOptions): Promise<Loaded> {
  const { root, ...folder } = await readFolder(dir, options.memory?.files ?? null);
  return corpusFrom(folder, options, (images) => checkImages(root, images));
}

/** What a content folder held at an earlier time, by git. Its pictures are not looked for. Throws ExpectedError as contentAt does. */
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
  const reading: Reading = { locales, findings, images: [], canShow, memory: memory ?? null };
  // First every file alone, then what several files say together: a broken file is one finding, not one for each mention of it.
  const drafts = readDrafts(groupFiles(files, findings), reading);
  const images = await findImages(reading.images);
  for (const finding of images.problems) findings.addProblem(finding);
  checkReferences(drafts, findings);
  checkQuotes(drafts, reading.memory, findings);
  checkThemeIds(drafts, findings);
  checkTermNames(drafts.terms, findings);
  checkCoverage(drafts, findings);
  const found = languagesOf(drafts, locales);
  checkTranslations(drafts, languages ?? found, findings);
  const withheld = withheldPeople(drafts);
  reportWithheldNames(drafts, withheld, findings);
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
