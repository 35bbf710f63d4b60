import type { Colour, Palette, ShownItem, ShownSlide, ShownSlides } from '../shown.ts';
import type { ItemTools } from './item-tools.ts';
import type { LookTools } from './look-tools.ts';

/** Reads all slides, element by element. Runs in the page, so it must not use anything outside itself. */
export function readInPage(look: LookTools, items: ItemTools): ShownSlides {
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
    if (isPicture(element)) return [pictureOf(element)];
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
