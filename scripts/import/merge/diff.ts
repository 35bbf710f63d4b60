/** The changes of an import as a unified diff for `git apply` and `patch`. */
// diff (jsdiff): used by many test runners, no dependencies.
import { createTwoFilesPatch } from 'diff';
import type { FileChange } from './file-change.ts';

/** Returns one text for all changes. Paths are relative to the content folder, with the prefixes that git uses. */
export function unifiedDiff(changes: readonly FileChange[]): string {
  return changes
    .map(({ path, before, after }) => {
      const names = [before === null ? '/dev/null' : `a/${path}`, `b/${path}`] as const;
      // Remove the line of equals signs that the library puts first.
      return createTwoFilesPatch(...names, before ?? '', after, '', '', { context: 3 }).replace(/^=+\n/, '');
    })
    .join('');
}
