/** Images whose files have another name than their address says: `map%201.png` for a file of just that name, or letters composed another way. */
import type { Corpus } from '../../model/corpus.ts';
import { addressesIn, type Block } from '../../model/text/text.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import type { ImageUse } from './image-path.ts';

type Moved = ReadonlyMap<string, string>;

/** The corpus with the names that its images have on the disk. What shows no such image stays the same object. */
export function moveImages(corpus: Corpus, moved: Moved): Corpus {
  if (moved.size === 0) return corpus;
  const inText = (text: object) =>
    Object.fromEntries(Object.entries(text).map(([key, value]) => [key, isBlocks(value) ? inBlocks(value) : value]));
  const changed = <T extends { text: object }>(all: readonly T[]): T[] =>
    all.map((each) =>
      showsMoved(each, moved)
        ? { ...each, text: Object.fromEntries(Object.entries(each.text).map(([lang, text]) => [lang, inText(text)])) }
        : each,
    );
  const inBlocks = (blocks: readonly Block[]): Block[] =>
    blocks.map((block): Block => {
      switch (block.type) {
        case 'image':
          return { ...block, src: moved.get(block.src) ?? block.src };
        case 'list':
          return { ...block, items: block.items.map(inBlocks) };
        case 'quote':
          return { ...block, children: inBlocks(block.children) };
        default:
          return block;
      }
    });
  const { exchanges, interviews, themes, terms } = corpus;
  return { ...corpus, exchanges: changed(exchanges), interviews: changed(interviews), themes: changed(themes), terms: changed(terms) };
}

/** Hashes of files by their path: of those that show such an image, with its name, for what is made of them follows from it too. */
export function hashesWithImages(
  hashes: ReadonlyMap<string, string>,
  uses: readonly ImageUse[],
  moved: Moved,
): ReadonlyMap<string, string> {
  if (moved.size === 0) return hashes;
  const all = new Map(hashes);
  for (const { file, path } of uses) {
    const name = moved.get(path);
    if (name !== undefined) all.set(file, sha256(`${all.get(file)} ${name}`));
  }
  return all;
}

function showsMoved({ text }: { text: object }, moved: Moved): boolean {
  return Object.values(text).some((each: object) =>
    Object.values(each).some((value: unknown) => isBlocks(value) && addressesIn(value).some((address) => moved.has(address))),
  );
}

/** Of the texts in content, only blocks are lists of things with a type. */
function isBlocks(value: unknown): value is Block[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'object' && each !== null && 'type' in each);
}
