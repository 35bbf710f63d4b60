/** Hashes everything that a PDF is made from except the browser and the tools, so that export knows which PDFs are still good. */
import path from 'node:path';
import { pathOfDeckAddress } from '../../shared/addresses.ts';
import { hashFolder, hashIfThere, sha256, stampAll } from '../../shared/cache/hashes.ts';
import { hashPackages } from '../../shared/cache/program-version.ts';
import { readIfThere } from '../../shared/disk/files.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { projectRoot } from '../../shared/paths.ts';

/**
 * Returns SHA-256 hashes by name: of the deck's file (or of the given text), its images, the theme folder and the installed packages (which
 * include fonts and Slidev).
 */
export async function deckInputs(
  deck: string,
  templates: string,
  text: string | null = null,
  shared = sharedInputs(templates),
): Promise<Record<string, string>> {
  const [file, images, others] = await Promise.all([text === null ? hashIfThere(deck) : sha256(text), hashImages(deck, text), shared]);
  return { deck: file, images, ...others };
}

/** Hashes that many decks share. */
export type SharedInputs = Promise<{ theme: string; packages: string }>;

/** Returns the part of `deckInputs` that all decks have in common, so that it is hashed only once. */
export async function sharedInputs(templates: string): Promise<{ theme: string; packages: string }> {
  const [theme, packages] = await Promise.all([hashTheme(path.join(templates, 'theme')), hashPackages(projectRoot)]);
  return { theme, packages };
}

/** Returns a stamp that changes with every write to the deck, its images or the theme. */
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

/** Returns the images that a deck shows, which are in the content folder. */
async function imagesOf(deck: string, text: string | null): Promise<string[]> {
  const markdown = text ?? (await readIfThere(deck)) ?? '';
  const sources = [...markdown.matchAll(/<img src="([^"]+)"/g)].map(([, src = '']) => src);
  return sources.map((src) => path.resolve(path.dirname(deck), pathOfDeckAddress(readReferences(src))));
}

/** Reverses the escaping of an address by render/. */
function readReferences(src: string): string {
  return src.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
