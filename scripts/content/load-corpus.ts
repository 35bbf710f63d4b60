/** Stage content: files -> Corpus + Problem[]. */
import type { Corpus } from '../model/corpus.ts';
import { compareProblems, type Problem } from '../model/problem.ts';
import { assemble } from './assemble.ts';
import { checkCoverage } from './coverage.ts';
import type { Reading } from './draft.ts';
import { Findings } from './findings.ts';
import { groupFiles } from './group-files.ts';
import { readDrafts } from './read-drafts.ts';
import { checkImages, readFolder } from './read-folder.ts';
import { checkReferences } from './references.ts';
import { checkTermNames } from './term-names.ts';
import { checkTranslations, languagesOf } from './translations.ts';

export interface LoadOptions {
  /** The codes of the languages for which a locale exists; others are findings. */
  locales: readonly string[];
  /** The languages whose missing translations are findings; every language that occurs when left out. */
  languages?: readonly string[];
  /** Whether the theme's fonts have a character that is not ASCII; all of them when left out. */
  canShow?: (character: string) => boolean;
}

/**
 * Reads a content folder. Never throws for what stands in a file: that becomes a Problem.
 * Throws ExpectedError when the folder does not exist or cannot be read.
 */
export async function loadCorpus(
  dir: string,
  { locales, languages, canShow = () => true }: LoadOptions,
): Promise<{ corpus: Corpus; problems: Problem[] }> {
  const { root, files } = await readFolder(dir);
  const findings = new Findings();
  const reading: Reading = { locales, findings, images: [], canShow };
  // First every file alone, then what several files say together: a broken file is one finding, not one for each mention of it.
  const drafts = readDrafts(groupFiles(files, findings), reading);
  for (const finding of await checkImages(root, reading.images)) findings.addProblem(finding);
  checkReferences(drafts, findings);
  checkTermNames(drafts.terms, findings);
  checkCoverage(drafts, findings);
  const found = languagesOf(drafts, locales);
  checkTranslations(drafts, languages ?? found, findings);
  return { corpus: assemble(drafts, found, findings), problems: findings.problems.sort(compareProblems) };
}
