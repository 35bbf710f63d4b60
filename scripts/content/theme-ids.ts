/** Ids of themes become names of files in the out folder, beside the files that other themes have there. */
import { fileNameTakenBy } from '../model/outputs/output-names.ts';
import { type Findings, startOf } from './findings.ts';
import type { Drafts } from './read-drafts.ts';

/** Reports themes whose deck would have the name of another theme's output, or of one that all themes have together. */
export function checkThemeIds({ themes }: Pick<Drafts, 'themes'>, findings: Findings): void {
  const ids = new Set(themes.map(({ id }) => id));
  for (const { id, file } of themes) {
    const other = fileNameTakenBy(id, ids);
    if (other !== null) findings.add('theme-id-taken', startOf(file), { id, other });
  }
}
