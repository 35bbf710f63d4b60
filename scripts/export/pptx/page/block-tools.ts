import type { Paragraph } from '../shown.ts';
import type { LineTools } from './line-tools.ts';
import type { LookTools } from './look-tools.ts';

export type BlockTools = ReturnType<typeof blockTools>;

/** A paragraph with the boxes of its lines and of its letters, and the available room. */
export interface ShownBlock {
  paragraph: Paragraph;
  rect: DOMRect;
  letters: DOMRect;
  /** Whether it has only one line. */
  isSingle: boolean;
  room: DOMRect;
}

/** Reads paragraphs and list items. Runs in the page, so it must not use anything outside itself. */
export function blockTools(look: LookTools, { runsOf, boxesOf }: LineTools) {
  const { colourOf, px, isInline, isUnseen, roomOf } = look;

  const markOf = (item: Element): Paragraph['mark'] => {
    const style = getComputedStyle(item, '::before');
    if (item.tagName !== 'LI' || style.content === 'none' || style.position !== 'absolute') return null;
    const list = item.parentElement;
    const number = (list instanceof HTMLOListElement ? list.start : 1) + [...(list?.children ?? [])].indexOf(item);
    const type = style.content.includes('counter') ? 'number' : 'dash';
    return {
      type,
      number,
      width: -px(style.insetInlineStart),
      colour: colourOf(type === 'dash' ? style.backgroundColor : style.color) ?? '#000000',
    };
  };
  const alignOf = ({ textAlign }: CSSStyleDeclaration, rightToLeft: boolean): Paragraph['align'] => {
    if (textAlign === 'center') return 'center';
    return textAlign === 'right' || textAlign === (rightToLeft ? 'start' : 'end') ? 'right' : 'left';
  };
  /** When the theme says so, a paragraph has the direction of its first letter. */
  const isRightToLeft = ({ direction, unicodeBidi }: CSSStyleDeclaration, text: string): boolean => {
    const letter = unicodeBidi === 'plaintext' ? /\p{L}/u.exec(text)?.[0] : undefined;
    if (letter === undefined) return direction === 'rtl';
    return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(letter);
  };
  const depthOf = (element: Element, root: Element): number => {
    const list = element.closest('ul, ol');
    if (list === null || !root.contains(list)) return 0;
    return 1 + (list.parentElement === null ? 0 : depthOf(list.parentElement, root));
  };

  const blockOf = (element: Element, nodes: Node[], isFirst: boolean, root: Element): ShownBlock | null => {
    const style = getComputedStyle(element);
    const lineHeight = px(style.lineHeight) || px(style.fontSize) * 1.2;
    const [runs, boxes] = [runsOf(nodes), boxesOf(nodes, lineHeight)];
    if (boxes === null || runs.length === 0) return null;
    const rightToLeft = isRightToLeft(style, runs.map(({ text }) => text).join(''));
    const shape = { align: alignOf(style, rightToLeft), rightToLeft, lineHeight, gap: 0, indent: 0 };
    const paragraph = { ...shape, runs, depth: depthOf(element, root), mark: isFirst ? markOf(element) : null };
    return { paragraph, ...boxes, isSingle: boxes.rect.height < lineHeight * 1.5, room: roomOf(element) };
  };

  /** Returns the paragraphs of an element that contains only text. */
  const blocksOf = (element: Element, root = element): ShownBlock[] => {
    const blocks: ShownBlock[] = [];
    let line: Node[] = [];
    let isFirst = true;
    const end = () => {
      const block = line.length === 0 ? null : blockOf(element, line, isFirst, root);
      if (block !== null) blocks.push(block);
      isFirst &&= block === null;
      line = [];
    };
    for (const node of element.childNodes) {
      if (node instanceof Element && !isInline(node)) {
        end();
        if (!isUnseen(node)) blocks.push(...blocksOf(node, root));
      } else if (!(node instanceof Comment)) line.push(node);
    }
    end();
    return blocks;
  };

  /** Returns whether all text leads to one target: the text is then a link as a whole, without an underline. */
  const isLink = ({ paragraph: { runs, mark } }: ShownBlock) => {
    const target = JSON.stringify(runs[0]?.link ?? null);
    return mark === null && target !== 'null' && runs.every(({ link }) => JSON.stringify(link) === target);
  };

  /** Groups blocks that belong together. Wide spaces separate groups, and links have their own. */
  const groupsOf = (blocks: readonly ShownBlock[]): ShownBlock[][] => {
    const groups: ShownBlock[][] = [];
    for (const block of blocks) {
      const last = groups.at(-1)?.at(-1);
      const space = last === undefined ? 0 : block.rect.top - last.rect.bottom;
      block.paragraph.gap = Math.max(0, space);
      if (last !== undefined && space < 44 && !isLink(last) && !isLink(block)) groups.at(-1)?.push(block);
      else groups.push([block]);
    }
    return groups;
  };

  return { blockOf, blocksOf, groupsOf };
}
