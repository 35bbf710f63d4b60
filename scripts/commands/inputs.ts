/** What a PDF is made from besides the browser and the tools: hashed, so that export knows what is still good. */
import path from 'node:path';
import { readIfThere } from '../shared/files.ts';
import { hashFile, hashFolder, hashIfThere, hashText } from '../shared/hashes.ts';
import { projectRoot } from '../shared/paths.ts';

/** SHA-256 by name of the deck's file, its images, the theme folder and the installed packages (fonts and Slidev among them). */
export async function deckInputs(deck: string, templates: string): Promise<Record<string, string>> {
  // npm keeps a hidden lockfile of what is really installed.
  const lockfile = path.join(projectRoot, 'node_modules', '.package-lock.json');
  const [file, images, theme, packages] = await Promise.all([
    hashFile(deck),
    hashImages(deck),
    hashFolder(path.join(templates, 'theme')),
    hashFile(lockfile),
  ]);
  return { deck: file, images, theme, packages };
}

/** The images that a deck shows, which lie in the content folder. */
async function hashImages(deck: string): Promise<string> {
  const markdown = (await readIfThere(deck)) ?? '';
  const sources = [...markdown.matchAll(/<img src="([^"]+)"/g)].map(([, src = '']) => src);
  const hashes = await Promise.all(sources.map((src) => hashIfThere(path.resolve(path.dirname(deck), readReferences(src)))));
  return hashText(hashes.join('\n'));
}

/** The address as it was before render/ escaped it. */
function readReferences(src: string): string {
  return src.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
