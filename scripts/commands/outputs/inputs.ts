/** What a PDF is made from besides the browser and the tools: hashed, so that export knows what is still good. */
import path from 'node:path';
import { pathOfDeckAddress } from '../../shared/addresses.ts';
import { hashFolder, hashIfThere, sha256, stampAll } from '../../shared/cache/hashes.ts';
import { hashPackages } from '../../shared/cache/program-version.ts';
import { readIfThere } from '../../shared/disk/files.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { projectRoot } from '../../shared/paths.ts';

/** SHA-256 by name of the deck's file (or of the text that it would have, where that is given), its images, the theme folder and the installed packages (fonts and Slidev among them). */
export async function deckInputs(
  deck: string,
  templates: string,
  text: string | null = null,
  shared = sharedInputs(templates),
): Promise<Record<string, string>> {
  const [file, images, others] = await Promise.all([text === null ? hashIfThere(deck) : sha256(text), hashImages(deck, text), shared]);
  return { deck: file, images, ...others };
}

/** Hashes that many decks wait for. */
export type SharedInputs = Promise<{ theme: string; packages: string }>;

/** Those of `deckInputs` that all decks have in common: hashed once for decks that are looked at together. */
export async function sharedInputs(templates: string): Promise<{ theme: string; packages: string }> {
  const [theme, packages] = await Promise.all([hashTheme(path.join(templates, 'theme')), hashPackages(projectRoot)]);
  return { theme, packages };
}

/** Changes with every write to what `deckInputs` hashes of a deck, its images and the theme. */
export async function stampInputs(deck: string, templates: string): Promise<string> {
  return stampAll([deck, ...(await imagesOf(deck, null)), path.join(templates, 'theme')]);
}

async function hashTheme(folder: string): Promise<string> {
  try {
    return await hashFolder(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new ExpectedError(`cannot read the theme folder ${folder}: ${error.message}`, {
      hint: 'name the folder that holds it with --templates DIR',
      cause: error,
    });
  }
}

async function hashImages(deck: string, text: string | null): Promise<string> {
  return sha256((await Promise.all((await imagesOf(deck, text)).map(hashIfThere))).join('\n'));
}

/** The images that a deck shows, which lie in the content folder. */
async function imagesOf(deck: string, text: string | null): Promise<string[]> {
  const markdown = text ?? (await readIfThere(deck)) ?? '';
  const sources = [...markdown.matchAll(/<img src="([^"]+)"/g)].map(([, src = '']) => src);
  return sources.map((src) => path.resolve(path.dirname(deck), pathOfDeckAddress(readReferences(src))));
}

/** The address as it was before render/ escaped it. */
function readReferences(src: string): string {
  return src.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
