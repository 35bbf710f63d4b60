/** What a PDF is made from besides the browser and the tools: hashed, so that export knows what is still good. */
import path from 'node:path';
import { hashFile, hashFolder } from '../shared/hashes.ts';
import { projectRoot } from '../shared/paths.ts';

/** SHA-256 by name of the deck's file, the theme folder and the installed packages (fonts and Slidev among them). */
export async function deckInputs(deck: string, templates: string): Promise<Record<string, string>> {
  // npm keeps a hidden lockfile of what is really installed.
  const lockfile = path.join(projectRoot, 'node_modules', '.package-lock.json');
  const [file, theme, packages] = await Promise.all([hashFile(deck), hashFolder(path.join(templates, 'theme')), hashFile(lockfile)]);
  return { deck: file, theme, packages };
}
