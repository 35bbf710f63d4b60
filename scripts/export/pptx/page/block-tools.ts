import type { Paragraph, ShownRun } from '../shown.ts';
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
export function blockTools(look: LookTools, { runsOf, boxesOf }: ReturnType<typeof lineTools>) {
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

  return { isRightToLeft, blockOf, blocksOf, groupsOf };
}

/** Reads the content of lines: texts with their look, and line breaks. Runs in the page, so it must not use anything outside itself. */
export function lineTools({ containers, lettersOf }: LookTools) {
  /** Runs of code, whose spaces are kept. */
  const kept = new WeakSet<ShownRun>();
  const trimStarts = (runs: readonly ShownRun[]) => {
    let spaced = true;
    for (const run of runs) {
      if ((run.broken || spaced) && !kept.has(run)) run.text = run.text.replace(/^ +/, '');
      if (run.broken || run.text !== '') spaced = run.text === '' || run.text.endsWith(' ');
    }
  };
  const trimEnds = (runs: readonly ShownRun[]) => {
    let atEnd = true;
    for (const run of [...runs].reverse()) {
      if (atEnd) run.text = run.text.replace(/ +$/, '');
      atEnd = run.broken || (atEnd && run.text === '');
    }
  };
  /** Collapses spaces as browsers do: one space between words, none at the ends of lines. */
  const trim = (runs: ShownRun[]): ShownRun[] => {
    trimStarts(runs);
    trimEnds(runs);
    return join(runs.filter(({ text, broken }) => text !== '' || broken));
  };
  /** Joins neighbours of the same look: elements that only keep words whole divide no text that people edit. */
  const join = (runs: readonly ShownRun[]): ShownRun[] => {
    const lookOf = ({ text: _text, broken: _broken, ...look }: ShownRun) => JSON.stringify(look);
    return runs.reduce<ShownRun[]>((joined, run) => {
      const last = joined.at(-1);
      if (last !== undefined && !run.broken && lookOf(last) === lookOf(run)) last.text += run.text;
      else joined.push(run);
      return joined;
    }, []);
  };

  /** Returns whether text is the slide's own number in the footer, which must change when slides are moved. */
  const isCount = (text: string, parent: Element): boolean => {
    const slide = parent.closest('.print-slide-container');
    return slide !== null && parent.closest('footer .page') !== null && text.trim() === String(containers.indexOf(slide) + 1);
  };

  const runsOf = (nodes: readonly Node[]): ShownRun[] => {
    const runs: ShownRun[] = [];
    let broken = false;
    const add = (node: Text, parent: Element) => {
      const keeps = getComputedStyle(parent).whiteSpace.startsWith('pre');
      const lines = keeps ? node.data.split('\n') : [node.data.replace(/[ \t\r\n\f]+/g, ' ')];
      for (const [index, text] of lines.entries()) {
        const run = { ...lettersOf(parent), text, broken: broken || index > 0, counts: isCount(text, parent) };
        if (keeps) kept.add(run);
        runs.push(run);
        broken = false;
      }
    };
    const visit = (node: Node) => {
      if (node instanceof Text && node.parentElement !== null) add(node, node.parentElement);
      else if (node instanceof HTMLBRElement) broken = true;
      else if (node instanceof Element) for (const child of node.childNodes) visit(child);
    };
    for (const node of nodes) visit(node);
    return trim(runs);
  };

  /** Returns the box of letters by the font's own measure, and the box of lines with the style's line height. Null when nothing is visible. */
  const boxesOf = (nodes: readonly Node[], lineHeight: number): { letters: DOMRect; rect: DOMRect } | null => {
    const rects = nodes.flatMap((node) => {
      const range = document.createRange();
      range.selectNode(node);
      return [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
    });
    if (rects.length === 0) return null;
    const [left, right] = [Math.min(...rects.map((rect) => rect.left)), Math.max(...rects.map((rect) => rect.right))];
    const [top, bottom] = [Math.min(...rects.map((rect) => rect.top)), Math.max(...rects.map((rect) => rect.bottom))];
    const height = Math.max(1, Math.round((bottom - top) / lineHeight)) * lineHeight;
    const rect = new DOMRect(left, (top + bottom - height) / 2, right - left, height);
    return { letters: new DOMRect(left, top, right - left, bottom - top), rect };
  };

  return { runsOf, boxesOf };
}
