/** The end of a Chinese paragraph, which goes to the last line in one piece: a lonely character there reads as a mistake. */
import { breakOffsets } from './line-breaks.ts';
import { type Inline, inlineToPlain, sliceInline } from './text.ts';

/** So many characters, marks not counted, stand on a last line at least. */
const FEWEST = 4;
/** A tail with a long Latin word in it would leave a hole in the line before; it stays as it is. */
const LONGEST = 14;
const IDEOGRAPH = /\p{Script=Han}/u;

/** A stretch that is not divided, in UTF-16 units: inline code has one box around it. */
export type Stretch = readonly [from: number, to: number];

/** Where the tail of a paragraph begins, in UTF-16 units; null where it needs none: no Chinese at its end, or nothing before it. */
export function tailStart(text: string, undivided: readonly Stretch[] = []): number | null {
  const end = text.trimEnd().length;
  // A tail is found near the end, whatever stands before it.
  const from = Math.max(0, end - 4 * LONGEST);
  const near = text.slice(from, end);
  if (!IDEOGRAPH.test(near)) return null;
  const start = breakOffsets(near)
    .filter((offset) => !undivided.some(([first, last]) => first < from + offset && from + offset < last))
    .filter((offset) => countCharacters(near.slice(offset)) >= FEWEST)
    .at(-1);
  if (start === undefined) return null;
  const tail = near.slice(start).replace(/\s+/g, ' ');
  return IDEOGRAPH.test(tail) && tail.length <= LONGEST ? from + start : null;
}

function countCharacters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** Inline text cut where its tail begins; the second part is empty where it has none. */
export function cutTail(children: readonly Inline[]): [head: Inline[], tail: Inline[]] {
  const plain = inlineToPlain(children);
  const line = plain.length - (plainAfterBreak(children) ?? plain).length;
  const start = tailStart(
    plain.slice(line),
    codeIn(children).map(([from, to]) => [from - line, to - line]),
  );
  if (start === null) return [[...children], []];
  return [sliceInline(children, 0, line + start), sliceInline(children, line + start, plain.length)];
}

function codeIn(children: readonly Inline[]): Stretch[] {
  let offset = 0;
  return children.flatMap((node): Stretch[] => {
    const start = offset;
    offset += inlineToPlain([node]).length;
    if (node.type === 'code') return [[start, offset]];
    return 'children' in node ? codeIn(node.children).map(([from, to]) => [start + from, start + to]) : [];
  });
}

/** The text behind the last forced break; null where there is none. A line feed in a text node is no break. */
function plainAfterBreak(children: readonly Inline[]): string | null {
  let text = '';
  for (const node of [...children].reverse()) {
    if (node.type === 'break') return text;
    const inner = 'children' in node ? plainAfterBreak(node.children) : null;
    if (inner !== null) return inner + text;
    text = inlineToPlain([node]) + text;
  }
  return null;
}
