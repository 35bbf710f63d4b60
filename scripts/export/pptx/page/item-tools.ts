import type { Box, Cell, Paragraph, ShownItem, TextItem } from '../shown.ts';
import type { BlockTools, ShownBlock } from './block-tools.ts';
import type { LookTools } from './look-tools.ts';

export type ItemTools = ReturnType<typeof itemTools>;

/** Reads the items on a slide. Runs in the page, so it must not use anything outside itself. */
export function itemTools(look: LookTools, { blockOf, blocksOf, groupsOf }: BlockTools) {
  const { colourOf, px, isInline, isUnseen, isDecoration, lettersOf, roomOf } = look;

  const onSlide = (element: Element, { left, top, width, height }: DOMRect): Box => {
    const origin = element.closest('.print-slide-container')?.getBoundingClientRect();
    return { x: left - (origin?.left ?? 0), y: top - (origin?.top ?? 0), width, height };
  };

  /** Returns decorative marks. They are placed at their letters, whatever their line height. */
  const decorationsOf = (element: Element): TextItem[] =>
    groupsOf(blocksOf(element)).flatMap((blocks) =>
      blocks.map(({ paragraph, letters }) => {
        const box = onSlide(element, letters);
        return { type: 'text', role: 'text', box, paragraphs: [{ ...paragraph, lineHeight: null, gap: 0 }], tight: true, decoration: true };
      }),
    );

  /** Returns the texts of an element that contains nothing else. */
  const textsOf = (element: Element, role: TextItem['role']): TextItem[] =>
    isDecoration(element) ? decorationsOf(element) : textsFrom(element, blocksOf(element), role);

  /** Returns a line of text next to other content, such as in an item that continues with code or a table. */
  const lineOf = (element: Element, nodes: Node[], isFirst: boolean): TextItem[] => {
    const block = blockOf(element, nodes, isFirst, element);
    return block === null ? [] : textsFrom(element, [block], 'text');
  };

  const textsFrom = (element: Element, shown: readonly ShownBlock[], role: TextItem['role']): TextItem[] =>
    groupsOf(shown).map((blocks) => {
      const markOf = ({ paragraph: { mark, rightToLeft } }: ShownBlock, isOnRight: boolean) =>
        rightToLeft === isOnRight ? (mark?.width ?? 0) : 0;
      const left = Math.min(...blocks.map((block) => block.room.left - markOf(block, false)));
      const right = Math.max(...blocks.map((block) => block.room.right + markOf(block, true)));
      const [top, bottom] = [blocks[0]?.rect.top ?? 0, blocks.at(-1)?.rect.bottom ?? 0];
      for (const { paragraph, room } of blocks) paragraph.indent = paragraph.rightToLeft ? right - room.right : room.left - left;
      const widest = Math.max(...blocks.map(({ rect }) => rect.width));
      const isSingle = blocks.every((block) => block.isSingle);
      // Page numbers grow to the left.
      const [start, end] = role === 'page' ? [right - 90, right] : [left, right];
      if (role === 'page') for (const { paragraph } of blocks) paragraph.align = 'right';
      const box = onSlide(element, new DOMRect(start, top, end - start, bottom - top));
      const tight = isSingle && role !== 'page' && right - left - widest < 3;
      return { type: 'text', role, box, paragraphs: blocks.map(({ paragraph }) => paragraph), tight, decoration: false };
    });

  const cellOf = (cell: Element): Cell => {
    const style = getComputedStyle(cell);
    const [width, colour] = [px(style.borderBottomWidth), colourOf(style.borderBottomColor)];
    return {
      paragraphs: blocksOf(cell).map(({ paragraph }) => paragraph),
      padding: { top: px(style.paddingTop), right: px(style.paddingRight), bottom: px(style.paddingBottom), left: px(style.paddingLeft) },
      line: width > 0 && colour !== null ? { width, colour } : null,
    };
  };
  const tableOf = (table: Element): ShownItem => {
    const lines = [...table.querySelectorAll('tr')];
    const rows = lines.map((line) => ({
      height: line.getBoundingClientRect().height,
      head: line.querySelector('th') !== null,
      cells: [...line.children].map(cellOf),
    }));
    const columns = [...(lines[0]?.children ?? [])].map((cell) => cell.getBoundingClientRect().width);
    return { type: 'table', box: onSlide(table, table.getBoundingClientRect()), columns, rows };
  };

  const pictureOf = (element: Element): ShownItem => {
    const rect = element.getBoundingClientRect();
    const named = element.matches('[alt], [aria-label]') ? element : element.querySelector('[alt], [aria-label]');
    // The text in a drawing is not available anywhere else.
    const said = [...element.querySelectorAll('text')].map((text) => text.textContent ?? '');
    const alt = [named?.getAttribute('alt') ?? named?.getAttribute('aria-label') ?? '', ...said].join('\n');
    const clip = { x: rect.left + scrollX, y: rect.top + scrollY, width: rect.width, height: rect.height };
    return { type: 'picture', box: onSlide(element, rect), clip, alt };
  };

  /** Returns background and borders of one element. */
  const paintOf = (element: Element): ShownItem[] => {
    const [rect, style] = [element.getBoundingClientRect(), getComputedStyle(element)];
    const { left, top, right, bottom, width, height } = rect;
    const fill = colourOf(style.backgroundColor);
    const sides = (['Top', 'Right', 'Bottom', 'Left'] as const).flatMap((side) => {
      const [thick, colour] = [px(style[`border${side}Width`]), colourOf(style[`border${side}Color`])];
      return thick > 0 && colour !== null ? [{ side, width: thick, colour }] : [];
    });
    const box = onSlide(element, rect);
    const [first] = sides;
    if (sides.length === 4 && first !== undefined)
      return [{ type: 'box', box, fill, outline: { width: first.width, colour: first.colour } }];
    const places = (thick: number) => ({
      Top: new DOMRect(left, top, width, thick),
      Right: new DOMRect(right - thick, top, thick, height),
      Bottom: new DOMRect(left, bottom - thick, width, thick),
      Left: new DOMRect(left, top, thick, height),
    });
    const lines = sides.map(
      ({ side, width: thick, colour }): ShownItem => ({
        type: 'box',
        box: onSlide(element, places(thick)[side]),
        fill: colour,
        outline: null,
      }),
    );
    return [...(fill === null ? [] : [{ type: 'box', box, fill, outline: null } as const]), ...lines];
  };
  /** Returns background and borders of an element and everything in it. */
  const paintIn = (element: Element): ShownItem[] =>
    [element, ...element.querySelectorAll('*')].filter((each) => each === element || !(isInline(each) || isUnseen(each))).flatMap(paintOf);

  /** Returns what a style sheet puts before an element: a bar, or the number of a row. */
  const beforeOf = (element: Element): ShownItem[] => {
    const style = getComputedStyle(element, '::before');
    if (['none', 'normal'].includes(style.content) || style.display === 'none') return [];
    if (style.position === 'absolute') {
      const [frame, fill] = [element.getBoundingClientRect(), colourOf(style.backgroundColor)];
      const rect = new DOMRect(frame.left + px(style.left), frame.top + px(style.top), px(style.width), px(style.height));
      if (fill !== null) return [{ type: 'box', box: onSlide(element, rect), fill, outline: null }];
      return numberOf(element, style, rect);
    }
    const [rect, lineHeight] = [roomOf(element), px(style.lineHeight)];
    return numberOf(element, style, new DOMRect(rect.left, (rect.top + rect.bottom - lineHeight) / 2, px(style.width), lineHeight));
  };

  /** Returns the number of a list item that comes from a style sheet. */
  const numberOf = (element: Element, style: CSSStyleDeclaration, rect: DOMRect): ShownItem[] => {
    const list = element.parentElement;
    if (!style.content.includes('counter') || !(list instanceof HTMLOListElement)) return [];
    const lineHeight = px(style.lineHeight);
    const text = `${list.start + [...list.children].indexOf(element)}${style.content.includes('"."') ? '.' : ''}`;
    const run = { ...lettersOf(element, style), underline: false, text, broken: false, counts: false };
    const paragraph: Paragraph = { runs: [run], align: 'left', rightToLeft: false, lineHeight, gap: 0, indent: 0, depth: 0, mark: null };
    return [{ type: 'text', role: 'text', box: onSlide(element, rect), paragraphs: [paragraph], tight: true, decoration: false }];
  };

  return { textsOf, lineOf, tableOf, pictureOf, paintOf, paintIn, beforeOf };
}
