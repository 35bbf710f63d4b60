/** Declares tags from imported codes in tags.md. */
import { ExpectedError } from '../../shared/errors.ts';
import { addKeys } from '../merge/edit-matter.ts';
import { readIfText } from '../merge/existing.ts';
import type { FileChange } from '../merge/file-change.ts';
import { frontMatter } from '../merge/write-front-matter.ts';

/**
 * Returns the change in tags.md, or null when there is nothing to declare. Throws ExpectedError when the file cannot be changed, because
 * undeclared tags are errors.
 */
export async function withDeclaredTags(content: string, undeclared: ReadonlyMap<string, string>): Promise<FileChange | null> {
  if (undeclared.size === 0) return null;
  const file = await readIfText(content, 'tags.md');
  const entries = [...undeclared].sort(([a], [b]) => (a < b ? -1 : 1));
  if (file === null) return { path: 'tags.md', before: null, after: frontMatter({ tags: { keys: Object.fromEntries(entries) } }) };
  const after = addKeys(file.text, 'tags', entries);
  if (after === null) {
    throw new ExpectedError('tags.md cannot be added to without touching what you wrote; nothing was written', {
      hint: `correct its front matter (npm run briefdeck -- check), or declare these tags yourself: ${entries.map(([tag]) => tag).join(', ')}`,
    });
  }
  return { path: 'tags.md', before: file.text, after };
}
