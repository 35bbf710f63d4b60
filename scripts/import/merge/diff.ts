/** What an import would do, as a unified diff that `git apply` and `patch` read. */
// diff (jsdiff): the diff that test runners print; no dependencies.
import { createTwoFilesPatch } from 'diff';
import type { FileChange } from './file-change.ts';

/** One text for all changes; names as git gives them, relative to the content folder. */
export function unifiedDiff(changes: readonly FileChange[]): string {
  return changes
    .map(({ path, before, after }) => {
      const names = [before === null ? '/dev/null' : `a/${path}`, `b/${path}`] as const;
      // Without the line of equals signs that the library puts first.
      return createTwoFilesPatch(...names, before ?? '', after, '', '', { context: 3 }).replace(/^=+\n/, '');
    })
    .join('');
}
