import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ExpectedError } from '../shared/errors.ts';
import { isInside } from '../shared/paths.ts';
import { cleanPicture } from './picture/clean-picture.ts';

/** The bytes of a page's images by their address. Throws ExpectedError for one that is not there, or leads out of the content folder. */
export async function readImages(images: ReadonlyMap<string, string>, content: string): Promise<Map<string, Uint8Array>> {
  const read = [...images].map(async ([address, name]) => [address, await readImage(path.join(content, name), content)] as const);
  return new Map(await Promise.all(read));
}

async function readImage(file: string, content: string): Promise<Uint8Array> {
  try {
    const [root, target] = await Promise.all([realpath(content), realpath(file)]);
    if (!isInside(root, target))
      throw new ExpectedError(`the image ${file} leads out of the content folder`, { hint: 'copy it into the content folder' });
    return cleanPicture(await readFile(target), file);
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(`the image ${file} cannot be read`, { hint: 'look whether it is there', cause: error });
  }
}
