import type { Box, Colour, ShownRun, Target } from '../shown.ts';

export type LookTools = ReturnType<typeof lookTools>;

/** Reads the look and the kind of elements. Runs in the page, so it must not use anything outside itself. */
export function lookTools() {
  // Those of other parts of the deck are hidden.
  const containers = [...document.querySelectorAll('.print-slide-container')].filter((each) => each.checkVisibility());
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map<string, { colour: Colour; alpha: number }>();

  const hexOf = (parts: readonly number[]) => parts.map((part) => part.toString(16).padStart(2, '0')).join('');
  /** Reads any CSS colour. `alpha` is from 0 to 255. */
  const paintOf = (css: string): { colour: Colour; alpha: number } => {
    const before = known.get(css);
    if (before !== undefined || canvas === null) return before ?? { colour: '#000000', alpha: 0 };
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    const paint = { colour: `#${hexOf([red, green, blue])}`, alpha };
    known.set(css, paint);
    return paint;
  };
  /** Converts any CSS colour. Null when nothing, or little, is painted. */
  const colourOf = (css: string): Colour | null => {
    const { colour, alpha } = paintOf(css);
    return alpha < 128 ? null : colour;
  };
  /** Converts the paint of an SVG shape, with what shows through it. Null when nothing is painted. */
  const shadeOf = (css: string, opacity: number): Colour | null => {
    if (css === 'none') return null;
    const paint = paintOf(css);
    const alpha = Math.round(paint.alpha * opacity);
    if (alpha === 0) return null;
    return alpha === 255 ? paint.colour : `${paint.colour}${hexOf([alpha])}`;
  };
  const px = (css: string) => Number.parseFloat(css) || 0;
  const isInline = (element: Element) => /^(?:inline|contents)/.test(getComputedStyle(element).display) && element.tagName !== 'IMG';
  const isUnseen = (element: Element) => getComputedStyle(element).display === 'none' || element.getClientRects().length === 0;
  const isPicture = (element: Element) => element.matches('img, svg, canvas, figure.drawn');
  /** Theme and page number in the footer are hidden from screen readers, but are read as text. */
  const isDecoration = (element: Element) => element.closest('[aria-hidden="true"]') !== null && element.closest('footer') === null;

  const targetOf = (element: Element): Target | null => {
    const href = element.closest('a')?.getAttribute('href') ?? null;
    if (href === null) return null;
    if (!href.startsWith('#')) {
      const deck = /^\/([^/]+)\.pdf(?:#page=\d+)?$/.exec(href)?.[1];
      return deck === undefined ? { type: 'web', url: href } : { type: 'deck', name: deck };
    }
    const slide = document.getElementById(href.slice(1))?.closest('.print-slide-container') ?? null;
    return slide === null ? null : { type: 'slide', index: containers.indexOf(slide) };
  };

  const isUnderlined = (element: Element | null): boolean => {
    if (element === null) return false;
    return getComputedStyle(element).textDecorationLine.includes('underline') || (isInline(element) && isUnderlined(element.parentElement));
  };

  /** Returns the look of letters. `style` is that of the element or of its `::before`. */
  const lettersOf = (element: Element, style = getComputedStyle(element)): Omit<ShownRun, 'text' | 'broken' | 'counts'> => ({
    fonts: style.fontFamily.split(',').map((name) => name.trim().replace(/^"|"$/g, '')),
    size: px(style.fontSize),
    bold: Number(style.fontWeight) >= 600,
    italic: style.fontStyle === 'italic',
    underline: isUnderlined(element),
    colour: colourOf(style.color) ?? '#000000',
    ground: element.tagName === 'CODE' && isInline(element) ? colourOf(style.backgroundColor) : null,
    lang: element.closest('[lang]')?.getAttribute('lang') ?? '',
    link: targetOf(element),
  });

  /** Places a box of the page on its slide. */
  const onSlide = (element: Element, { left, top, width, height }: DOMRect): Box => {
    const origin = element.closest('.print-slide-container')?.getBoundingClientRect();
    return { x: left - (origin?.left ?? 0), y: top - (origin?.top ?? 0), width, height };
  };

  /** Returns the box inside padding and borders at both sides. */
  const roomOf = (element: Element): DOMRect => {
    const [rect, style] = [element.getBoundingClientRect(), getComputedStyle(element)];
    const left = rect.left + px(style.paddingLeft) + px(style.borderLeftWidth);
    return new DOMRect(left, rect.top, rect.right - px(style.paddingRight) - px(style.borderRightWidth) - left, rect.height);
  };

  return { containers, colourOf, shadeOf, px, isInline, isUnseen, isPicture, isDecoration, lettersOf, onSlide, roomOf };
}
