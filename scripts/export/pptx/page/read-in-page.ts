import type { Cell, Colour, Palette, Paragraph, ShownItem, ShownSlide, ShownSlides, TextItem } from '../shown.ts';
import type { BlockTools, ShownBlock } from './block-tools.ts';
import type { DrawingTools } from './drawing-tools.ts';
import type { LookTools } from './look-tools.ts';

/** Reads all slides, element by element. Runs in the page, so it must not use anything outside itself. */
export function readInPage(look: LookTools, items: ReturnType<typeof itemTools>, { drawingOf }: DrawingTools): ShownSlides {
  const { containers, colourOf, isInline, isUnseen, isPicture, isDecoration } = look;
  const { textsOf, lineOf, tableOf, pictureOf, paintOf, paintIn, beforeOf } = items;

  /** Returns whether an element contains only lines of text below each other. */
  const isFlow = (element: Element): boolean => {
    const { display, flexDirection } = getComputedStyle(element);
    const isColumn = ['block', 'list-item', 'flow-root'].includes(display) || (display === 'flex' && flexDirection === 'column');
    if (!isColumn || element.matches('h1, table, pre, main, section') || isPicture(element)) return false;
    return [...element.children].every((child) => {
      if (isDecoration(child) !== isDecoration(element)) return false;
      return isInline(child) ? child.querySelector('img, svg') === null : isUnseen(child) || isFlow(child);
    });
  };

  const itemsOf = (element: Element): ShownItem[] => {
    if (isUnseen(element)) return [];
    if (isPicture(element)) return [drawingOf(element) ?? pictureOf(element)];
    if (element.tagName === 'TABLE') return [tableOf(element)];
    const isPage = element.matches('footer .page');
    if (element.matches('h1, pre') || isPage || isInline(element) || isFlow(element)) {
      const role = element.tagName === 'H1' ? 'title' : isPage ? 'page' : 'text';
      return [...paintIn(element), ...textsOf(element, role)];
    }
    return [...paintOf(element), ...partsOf(element)];
  };

  /** Returns lines of text and the content between them. */
  const partsOf = (element: Element): ShownItem[] => {
    const parts: ShownItem[] = [];
    let line: Node[] = [];
    const end = () => {
      const texts = lineOf(element, line, parts.length === 0);
      line = [];
      // In a list item the text already has the marker.
      if (parts.length === 0 && (texts.length === 0 || element.tagName !== 'LI')) parts.push(...beforeOf(element));
      parts.push(...texts);
    };
    for (const node of element.childNodes) {
      const isText =
        node instanceof Text ||
        node instanceof HTMLBRElement ||
        (node instanceof Element && isInline(node) && !isPicture(node) && !isDecoration(node));
      if (isText) line.push(node);
      else if (node instanceof Element) {
        end();
        parts.push(...itemsOf(node));
      }
    }
    end();
    return parts;
  };

  const slideOf = (container: Element): ShownSlide => {
    const layout = container.querySelector('.slidev-layout') ?? container;
    const kind = layout.matches('.cover') ? 'cover' : 'frame';
    const shown = [...beforeOf(layout), ...[...layout.children].flatMap(itemsOf)];
    return { kind, ground: colourOf(getComputedStyle(layout).backgroundColor) ?? '#ffffff', items: shown };
  };

  /** Reads the theme's colours from its custom properties. */
  const readPalette = (): Palette => {
    const probe = document.createElement('span');
    document.querySelector('.slidev-layout')?.append(probe);
    const named = (name: string, otherwise: Colour): Colour => {
      probe.style.color = `var(--${name}, ${otherwise})`;
      return colourOf(getComputedStyle(probe).color) ?? otherwise;
    };
    const palette = {
      ink: named('ink', '#16181d'),
      paper: named('paper', '#ffffff'),
      muted: named('muted', '#565d6b'),
      tint: named('tint', '#f2f4f8'),
      accent: named('accent', '#1d4ed8'),
      accentInk: named('accent-ink', '#1d4ed8'),
      rule: named('rule', '#dfe2e8'),
    };
    probe.remove();
    return palette;
  };

  return { slides: containers.map(slideOf), palette: readPalette() };
}

/** Reads the items on a slide. Runs in the page, so it must not use anything outside itself. */
export function itemTools(look: LookTools, { blockOf, blocksOf, groupsOf }: BlockTools) {
  const { colourOf, px, isInline, isUnseen, isDecoration, lettersOf, onSlide, roomOf } = look;

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
