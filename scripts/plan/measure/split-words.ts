/** Words and sentences in any script; sentences by Unicode's rules (UAX 29, as Intl.Segmenter has them). */
import { type Block, blocksToPlain, countWords, type Inline, inlineToPlain, sliceInline } from '../../model/text/text.ts';

/** Words of blocks. Each block is counted once, however often splitting asks. */
export function countBlockWords(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => {
    const words = known.get(block) ?? wordsOf(block);
    known.set(block, words);
    return sum + words;
  }, 0);
}

function wordsOf(block: Block): number {
  if (block.type === 'list') return sumOf(block.items.map(countBlockWords));
  // A table is looked up, not read: its height says how much of it a slide can take.
  return countWords(blocksToPlain([block])) * (block.type === 'table' ? TABLE_SHARE : 1);
}

const TABLE_SHARE = 0.4;
const known = new WeakMap<Block, number>();
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);

/** The sentences of a paragraph, marks and links kept on both sides of a cut. Joined again they are the paragraph. */
export function splitSentences(children: readonly Inline[], lang: string): Inline[][] {
  const segments = new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(inlineToPlain(children));
  return cutAt(
    children,
    [...segments].map(({ index }) => index),
  );
}

/** A sentence cut behind its commas, colons and dashes. */
export function splitClauses(children: readonly Inline[]): Inline[][] {
  const ends = [...inlineToPlain(children).matchAll(/[,;:–—)]["'”’]?\s+|[，；：、——）][”’]?/gu)];
  return cutAt(children, [0, ...ends.map((match) => match.index + match[0].length)]);
}

/** Text cut between words, some at a time; a word without end is cut too. The last resort. */
export function splitWords(children: readonly Inline[], lang: string): Inline[][] {
  const segments = new Intl.Segmenter(lang, { granularity: 'word' }).segment(inlineToPlain(children));
  const starts: number[] = [0];
  for (const { index, segment } of segments) {
    if (index - (starts.at(-1) ?? 0) >= RUN && !/^[\s\p{P}]/u.test(segment)) starts.push(index);
    for (let at = index + LONG_WORD; at < index + segment.length; at += LONG_WORD) starts.push(at);
  }
  return cutAt(children, starts);
}

/** Characters that stay together where text is cut between words, and the longest word that is not cut. */
const RUN = 24;
const LONG_WORD = 120;

/** The parts of a paragraph that start at the given offsets of its plain text. */
function cutAt(children: readonly Inline[], starts: readonly number[]): Inline[][] {
  const length = inlineToPlain(children).length;
  return starts.map((start, index) => sliceInline(children, start, starts[index + 1] ?? length)).filter((part) => part.length > 0);
}
