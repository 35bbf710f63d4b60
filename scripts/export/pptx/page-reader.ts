import type { Box, Cell, Colour, Paragraph, Run, ShownItem, ShownSlide, ShownSlides, Target } from './shown.ts';

/** Runs in the page, so it may use nothing from outside itself. */
export function readInPage(): ShownSlides {
  const containers = [...document.querySelectorAll('.print-slide-container')];
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map<string, Colour | null>();
  /** Any colour that CSS knows; null where nothing is painted. */
  const colourOf = (css: string): Colour | null => {
    const before = known.get(css);
    if (before !== undefined || canvas === null) return before ?? null;
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    const hex = alpha < 128 ? null : `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    known.set(css, hex);
    return hex;
  };
  const px = (css: string) => Number.parseFloat(css) || 0;
  const isInline = (element: Element) => /^(?:inline|contents)/.test(getComputedStyle(element).display) && element.tagName !== 'IMG';
  const isUnseen = (element: Element) => getComputedStyle(element).display === 'none' || element.getClientRects().length === 0;
  const isPicture = (element: Element) => element.matches('img, svg, canvas, figure.drawn');
  const isDecoration = (element: Element) => element.closest('[aria-hidden="true"]') !== null && element.closest('footer') === null;

  const readSlide = (container: Element, number: number): ShownSlide => {
    const origin = container.getBoundingClientRect();
    const layout = container.querySelector('.slidev-layout') ?? container;
    const items: ShownItem[] = [];
    const onSlide = ({ left, top, width, height }: DOMRect): Box => ({ x: left - origin.left, y: top - origin.top, width, height });

    const targetOf = (element: Element): Target | null => {
      const href = element.closest('a')?.getAttribute('href') ?? null;
      if (href === null) return null;
      if (!href.startsWith('#')) {
        const deck = /^\/([^/]+)\.pdf$/.exec(href)?.[1];
        return deck === undefined ? { type: 'web', url: href } : { type: 'deck', name: deck };
      }
      const slide = document.getElementById(decodeURIComponent(href.slice(1)))?.closest('.print-slide-container');
      return slide == null ? null : { type: 'slide', index: containers.indexOf(slide) };
    };

    const isUnderlined = (element: Element | null): boolean =>
      element !== null &&
      (getComputedStyle(element).textDecorationLine.includes('underline') || (isInline(element) && isUnderlined(element.parentElement)));

    const styleOf = (element: Element, style: CSSStyleDeclaration): Omit<Run, 'text' | 'broken' | 'counts'> => ({
      fonts: style.fontFamily.split(',').map((name) => name.trim().replace(/^"|"$/g, '')),
      size: px(style.fontSize),
      bold: Number(style.fontWeight) >= 600,
      italic: style.fontStyle === 'italic',
      underline: isUnderlined(element),
      colour: colourOf(style.color) ?? '#000000',
      ground: isInline(element) ? colourOf(style.backgroundColor) : null,
      lang: element.closest('[lang]')?.getAttribute('lang') ?? '',
      link: targetOf(element),
    });

    /** What stands in a line: texts with their look, breaks. */
    const runsOf = (nodes: readonly Node[]): Run[] => {
      const runs: Run[] = [];
      let broken = false;
      const add = (text: string, parent: Element) => {
        const counts = parent.closest('footer') !== null && text.trim() === String(number);
        runs.push({ ...styleOf(parent, getComputedStyle(parent)), text, broken, counts });
        broken = false;
      };
      const visit = (node: Node) => {
        if (node instanceof Text && node.parentElement !== null) {
          const keeps = getComputedStyle(node.parentElement).whiteSpace.startsWith('pre');
          const lines = keeps ? node.data.split('\n') : [node.data.replace(/[ \t\r\n\f]+/g, ' ')];
          for (const [index, line] of lines.entries()) {
            broken ||= index > 0;
            add(line, node.parentElement);
          }
        } else if (node instanceof HTMLBRElement) broken = true;
        else if (node instanceof Element) for (const child of node.childNodes) visit(child);
      };
      for (const node of nodes) visit(node);
      return trimmed(runs);
    };
    /** As the browser does: one space between words, none at the ends of lines. */
    const trimmed = (runs: Run[]): Run[] => {
      let spaced = true;
      for (const run of runs) {
        if (run.broken) spaced = true;
        if (spaced) run.text = run.text.replace(/^ +/, '');
        if (run.text !== '') spaced = run.text.endsWith(' ');
      }
      for (let index = runs.length - 1, atEnd = true; index >= 0; index -= 1) {
        const run = runs[index];
        if (run === undefined) continue;
        if (atEnd) run.text = run.text.replace(/ +$/, '');
        if (run.text !== '') atEnd = false;
        if (run.broken) atEnd = true;
      }
      return runs.filter(({ text, broken }) => text !== '' || broken);
    };

    const boxOfNodes = (nodes: readonly Node[], lineHeight: number): DOMRect | null => {
      const rects = nodes.flatMap((node) => {
        const range = document.createRange();
        range.selectNode(node);
        return [...range.getClientRects()];
      });
      const seen = rects.filter(({ width, height }) => width > 0 && height > 0);
      if (seen.length === 0) return null;
      const [left, right] = [Math.min(...seen.map((rect) => rect.left)), Math.max(...seen.map((rect) => rect.right))];
      const [top, bottom] = [Math.min(...seen.map((rect) => rect.top)), Math.max(...seen.map((rect) => rect.bottom))];
      // What a range measures of a line is the font's own box; a line is as high as the style says.
      const lines = Math.max(1, Math.round((bottom - top) / lineHeight));
      const height = Math.min(lines * lineHeight, Math.max(bottom - top, lineHeight));
      return new DOMRect(left, (top + bottom) / 2 - height / 2, right - left, height);
    };

    interface Block {
      paragraph: Paragraph;
      rect: DOMRect;
      room: DOMRect;
    }
    const contentOf = (element: Element): DOMRect => {
      const [rect, style] = [element.getBoundingClientRect(), getComputedStyle(element)];
      const left = rect.left + px(style.paddingLeft) + px(style.borderLeftWidth);
      return new DOMRect(left, rect.top, rect.right - px(style.paddingRight) - px(style.borderRightWidth) - left, rect.height);
    };
    const markOf = (item: Element): Paragraph['mark'] => {
      const style = getComputedStyle(item, '::before');
      if (item.tagName !== 'LI' || style.content === 'none' || style.position !== 'absolute') return null;
      const list = item.parentElement;
      const number = (list instanceof HTMLOListElement ? list.start : 1) + [...(list?.children ?? [])].indexOf(item);
      const type = style.content.includes('counter') ? 'number' : 'dash';
      const colour = colourOf(type === 'dash' ? style.backgroundColor : style.color) ?? '#000000';
      return { type, number, width: -px(style.left), colour };
    };
    const blockOf = (element: Element, nodes: Node[], isFirst: boolean, root: Element): Block | null => {
      const style = getComputedStyle(element);
      const lineHeight = px(style.lineHeight) || px(style.fontSize) * 1.2;
      const [runs, rect] = [runsOf(nodes), boxOfNodes(nodes, lineHeight)];
      if (rect === null || runs.length === 0) return null;
      let depth = 0;
      for (let list = element.closest('ul, ol'); list !== null && root.contains(list); list = list.parentElement?.closest('ul, ol') ?? null)
        depth += 1;
      const align = style.textAlign === 'right' || style.textAlign === 'end' ? 'right' : style.textAlign === 'center' ? 'center' : 'left';
      const mark = isFirst ? markOf(element) : null;
      return {
        paragraph: { runs, align, rightToLeft: style.direction === 'rtl', lineHeight, gap: 0, indent: 0, depth, mark },
        rect,
        room: contentOf(element),
      };
    };
    /** The paragraphs of what has nothing but text in it. */
    const blocksOf = (element: Element, root: Element): Block[] => {
      const blocks: Block[] = [];
      let line: Node[] = [];
      let isFirst = true;
      const end = () => {
        const block = line.length === 0 ? null : blockOf(element, line, isFirst, root);
        if (block !== null) blocks.push(block);
        if (block !== null) isFirst = false;
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

    const addText = (element: Element, role: 'title' | 'page' | 'text') => {
      paint(element, true);
      const groups: Block[][] = [];
      for (const block of blocksOf(element, element)) {
        const last = groups.at(-1)?.at(-1);
        if (last !== undefined && block.rect.top - last.rect.bottom < 44) groups.at(-1)?.push(block);
        else groups.push([block]);
      }
      for (const blocks of groups) {
        const [left, right] = [Math.min(...blocks.map(({ room }) => room.left)), Math.max(...blocks.map(({ room }) => room.right))];
        const [top, bottom] = [blocks[0]?.rect.top ?? 0, blocks.at(-1)?.rect.bottom ?? 0];
        for (const [index, { paragraph, rect, room }] of blocks.entries()) {
          paragraph.gap = index === 0 ? 0 : Math.max(0, rect.top - (blocks[index - 1]?.rect.bottom ?? rect.top));
          paragraph.indent = room.left - left;
        }
        const widest = Math.max(...blocks.map(({ rect }) => rect.width));
        const tight = right - left - widest < 3 && blocks.every(({ rect, paragraph }) => rect.height < paragraph.lineHeight * 1.5);
        const box = onSlide(new DOMRect(left, top, right - left, bottom - top));
        items.push({
          type: 'text',
          role,
          box,
          paragraphs: blocks.map(({ paragraph }) => paragraph),
          tight,
          decoration: isDecoration(element),
        });
      }
    };

    const addTable = (table: Element) => {
      const lines = [...table.querySelectorAll('tr')];
      const rows = lines.map((line) => ({
        height: line.getBoundingClientRect().height,
        head: line.querySelector('th') !== null,
        cells: [...line.children].map((cell): Cell => {
          const style = getComputedStyle(cell);
          const [width, colour] = [px(style.borderBottomWidth), colourOf(style.borderBottomColor)];
          const padding = {
            top: px(style.paddingTop),
            right: px(style.paddingRight),
            bottom: px(style.paddingBottom),
            left: px(style.paddingLeft),
          };
          return {
            paragraphs: blocksOf(cell, cell).map(({ paragraph }) => paragraph),
            padding,
            line: width > 0 && colour !== null ? { width, colour } : null,
          };
        }),
      }));
      const columns = [...(lines[0]?.children ?? [])].map((cell) => cell.getBoundingClientRect().width);
      items.push({ type: 'table', box: onSlide(table.getBoundingClientRect()), columns, rows });
    };

    const addPicture = (element: Element) => {
      const rect = element.getBoundingClientRect();
      const named = element.matches('[alt], [aria-label]') ? element : element.querySelector('[alt], [aria-label]');
      const alt = named?.getAttribute('alt') ?? named?.getAttribute('aria-label') ?? '';
      items.push({
        type: 'picture',
        box: onSlide(rect),
        clip: { x: rect.left + scrollX, y: rect.top + scrollY, width: rect.width, height: rect.height },
        alt,
      });
    };

    /** Background and borders of an element; with `deep` of all in it, too. */
    const paint = (element: Element, deep: boolean) => {
      for (const each of deep ? [element, ...element.querySelectorAll('*')] : [element]) {
        if (each === layout || isUnseen(each) || (each !== element && isInline(each))) continue;
        const [rect, style] = [each.getBoundingClientRect(), getComputedStyle(each)];
        const sides = (['Top', 'Right', 'Bottom', 'Left'] as const).map((side) => ({
          side,
          width: px(style[`border${side}Width`]),
          colour: colourOf(style[`border${side}Color`]),
        }));
        const drawn = sides.filter(({ width, colour }) => width > 0 && colour !== null);
        const around = drawn.length === 4 ? { width: drawn[0]?.width ?? 1, colour: drawn[0]?.colour ?? '#000000' } : null;
        const fill = colourOf(style.backgroundColor);
        if (fill !== null || around !== null) items.push({ type: 'box', box: onSlide(rect), fill, outline: around });
        for (const { side, width, colour } of around === null ? drawn : []) {
          const [x, y] = [side === 'Right' ? rect.right - width : rect.left, side === 'Bottom' ? rect.bottom - width : rect.top];
          const isLevel = side === 'Top' || side === 'Bottom';
          items.push({
            type: 'box',
            box: onSlide(new DOMRect(x, y, isLevel ? rect.width : width, isLevel ? width : rect.height)),
            fill: colour,
            outline: null,
          });
        }
      }
    };
    /** What a style sheet puts before an element: a bar, or the number of a row. */
    const addBefore = (element: Element) => {
      const style = getComputedStyle(element, '::before');
      if (style.content === 'none' || style.content === 'normal' || style.display === 'none') return;
      const rect = contentOf(element);
      const fill = colourOf(style.backgroundColor);
      if (style.position === 'absolute') {
        const frame = element.getBoundingClientRect();
        const box = onSlide(new DOMRect(frame.left + px(style.left), frame.top + px(style.top), px(style.width), px(style.height)));
        if (fill !== null) items.push({ type: 'box', box, fill, outline: null });
      } else if (style.content.includes('counter') && element.parentElement instanceof HTMLOListElement) {
        const text = String(element.parentElement.start + [...element.parentElement.children].indexOf(element));
        const lineHeight = px(style.lineHeight);
        const run = { ...styleOf(element, style), ground: null, text, broken: false, counts: false };
        const paragraph: Paragraph = {
          runs: [run],
          align: 'left',
          rightToLeft: false,
          lineHeight,
          gap: 0,
          indent: 0,
          depth: 0,
          mark: null,
        };
        const box = onSlide(new DOMRect(rect.left, (rect.top + rect.bottom - lineHeight) / 2, px(style.width), lineHeight));
        items.push({ type: 'text', role: 'text', box, paragraphs: [paragraph], tight: true, decoration: false });
      }
    };

    /** Whether an element is nothing but lines of text below each other. */
    const isFlow = (element: Element): boolean => {
      const { display, flexDirection } = getComputedStyle(element);
      const isColumn =
        ['block', 'list-item', 'flow-root', 'table-cell'].includes(display) || (display === 'flex' && flexDirection === 'column');
      if (element.matches('h1, table, pre, main, [aria-hidden="true"], section') || isPicture(element)) return false;
      return (
        isColumn &&
        [...element.children].every((child) =>
          isInline(child) ? child.querySelector('img, svg') === null : isUnseen(child) || isFlow(child),
        )
      );
    };
    const visit = (element: Element): void => {
      if (isUnseen(element)) return;
      const isPage = element.matches('footer .page');
      if (element.tagName === 'H1') addText(element, 'title');
      else if (isPicture(element)) addPicture(element);
      else if (element.tagName === 'TABLE') addTable(element);
      else if (element.tagName === 'PRE' || isFlow(element) || isInline(element) || isPage) {
        if ((element.textContent ?? '').trim() === '') paint(element, true);
        else addText(element, isPage ? 'page' : 'text');
      } else {
        paint(element, false);
        addBefore(element);
        for (const child of element.children) visit(child);
      }
    };

    visit(layout);
    const kind = layout.matches('.cover') ? 'cover' : layout.matches('.section') ? 'section' : 'frame';
    return { kind, ground: colourOf(getComputedStyle(layout).backgroundColor) ?? '#ffffff', items };
  };

  const probe = document.createElement('span');
  const layout = document.querySelector('.slidev-layout');
  layout?.append(probe);
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
  return { slides: containers.map((container, index) => readSlide(container, index + 1)), palette };
}
