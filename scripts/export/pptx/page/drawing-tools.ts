import type { Box, Colour, DrawnPart, Paragraph, PathStep, ShownItem, Stroke } from '../shown.ts';
import type { BlockTools } from './block-tools.ts';
import type { LookTools } from './look-tools.ts';

export type DrawingTools = ReturnType<typeof drawingTools>;

/** Reads drawn figures as shapes and texts. Runs in the page, so it must not use anything outside itself. */
export function drawingTools(look: LookTools, { isRightToLeft }: BlockTools) {
  const { shadeOf, px, lettersOf, onSlide } = look;

  /** Maps units of an element to the slide. Null when they are turned or stretched, which boxes and strokes cannot be. */
  const placeOf = (element: SVGGraphicsElement) => {
    const matrix = element.getScreenCTM();
    if (matrix === null || matrix.b !== 0 || matrix.c !== 0 || Math.abs(matrix.a - matrix.d) > 1e-6 || matrix.a <= 0) return null;
    const { a: scale, e: left, f: top } = matrix;
    const boxOf = ({ x, y, width, height }: DOMRect): Box =>
      onSlide(element, new DOMRect(left + x * scale, top + y * scale, width * scale, height * scale));
    return { scale, boxOf, pointOf: (x: number, y: number) => boxOf(new DOMRect(x, y)) };
  };

  /** Whether an element has only what a shape can have: no filters, gradients, masks, markers. */
  const isPlain = (style: CSSStyleDeclaration): boolean => {
    const { filter, clipPath, maskImage, markerStart, markerMid, markerEnd, mixBlendMode, fill, stroke } = style;
    const effects = [filter, clipPath, maskImage, markerStart, markerMid, markerEnd];
    return effects.every((effect) => effect === 'none') && mixBlendMode === 'normal' && !`${fill}${stroke}`.includes('url(');
  };

  const strokeOf = (style: CSSStyleDeclaration, scale: number, opacity: number): Stroke | null => {
    const colour = shadeOf(style.stroke, opacity * Number(style.strokeOpacity));
    const width = px(style.strokeWidth) * scale;
    if (colour === null || width === 0) return null;
    const lengths = style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(',').map((length) => px(length) * scale);
    return {
      colour,
      width,
      dashes: lengths.length % 2 === 0 ? lengths : [...lengths, ...lengths],
      cap: style.strokeLinecap as Stroke['cap'],
      join: style.strokeLinejoin as Stroke['join'],
    };
  };

  const STEPS: Record<string, { type: PathStep['type']; points: number }> = {
    M: { type: 'move', points: 1 },
    L: { type: 'line', points: 1 },
    H: { type: 'line', points: 1 },
    V: { type: 'line', points: 1 },
    C: { type: 'curve', points: 3 },
  };
  /** Reads path data. Null for commands that figures are not drawn with: arcs, quadratic curves, places relative to each other. */
  const stepsOf = (data: string, pointOf: (x: number, y: number) => { x: number; y: number }): PathStep[] | null => {
    const steps: PathStep[] = [];
    let last = { x: 0, y: 0 };
    for (const [, command = '', written = ''] of data.matchAll(/([a-z])([^a-z]*)/gi)) {
      const numbers = (written.match(/-?[\d.]+/g) ?? []).map(Number);
      const step = STEPS[command];
      if (step === undefined && command !== 'Z') return null;
      if (step === undefined) {
        steps.push({ type: 'close', points: [] });
        continue;
      }
      const places = numbers.flatMap((number, index) => {
        if (command === 'H') return [{ x: number, y: last.y }];
        if (command === 'V') return [{ x: last.x, y: number }];
        return index % 2 === 0 ? [{ x: number, y: numbers[index + 1] ?? Number.NaN }] : [];
      });
      // More than one step after a letter would be possible in SVG, too.
      if (places.length !== step.points || places.some(({ y }) => Number.isNaN(y))) return null;
      last = places.at(-1) ?? last;
      steps.push({ type: step.type, points: places.map(({ x, y }) => pointOf(x, y)) });
    }
    return steps;
  };

  const shapeOf = (element: SVGGraphicsElement, style: CSSStyleDeclaration, opacity: number): DrawnPart | null => {
    const place = placeOf(element);
    if (place === null) return null;
    const { scale, boxOf, pointOf } = place;
    const fill: Colour | null = shadeOf(style.fill, opacity * Number(style.fillOpacity));
    const paint = { fill, stroke: strokeOf(style, scale, opacity) };
    if (element instanceof SVGRectElement)
      return { type: 'rectangle', box: boxOf(element.getBBox()), radius: (px(style.rx) || px(style.ry)) * scale, ...paint };
    if (element instanceof SVGCircleElement || element instanceof SVGEllipseElement)
      return { type: 'ellipse', box: boxOf(element.getBBox()), ...paint };
    const steps = element instanceof SVGPathElement ? stepsOf(element.getAttribute('d') ?? '', pointOf) : null;
    return steps === null ? null : { type: 'path', steps, ...paint };
  };

  /** Returns the lines of one label as one text. Each keeps its line, whatever the font. */
  const textOf = (
    [first, ...more]: readonly [SVGTextElement, ...Element[]],
    style: CSSStyleDeclaration,
    opacity: number,
  ): DrawnPart | null => {
    const place = placeOf(first);
    const colour = shadeOf(style.fill, opacity * Number(style.fillOpacity));
    const lines = [first, ...more].filter((line) => line instanceof SVGTextElement);
    const isAsWritten = style.textTransform === 'none' && style.letterSpacing === 'normal';
    const isUnusual = style.stroke !== 'none' || !isAsWritten || lines.some((line) => line.childElementCount > 0);
    if (place === null || colour === null || isUnusual) return null;
    const letters = { ...lettersOf(first, style), size: px(style.fontSize) * place.scale, colour, underline: false };
    const texts = lines.map((line) => (line.textContent ?? '').replace(/\s+/g, ' ').trim());
    const runs = texts.map((text, index) => ({ ...letters, text, broken: index > 0, counts: false }));
    const boxes = lines.map((line) => place.boxOf(line.getBBox()));
    const widest = boxes.reduce((one, other) => (other.width > one.width ? other : one));
    const lineHeight = (px(style.lineHeight) || px(style.fontSize) * 1.2) * place.scale;
    // A line has its letters in the middle.
    const middle = boxes.reduce((sum, { y, height }) => sum + y + height / 2, 0) / boxes.length;
    const anchor = place.pointOf(Number(first.getAttribute('x')), 0).x - widest.x;
    const align: Paragraph['align'] = anchor < widest.width * 0.25 ? 'left' : anchor > widest.width * 0.75 ? 'right' : 'center';
    const height = lines.length * lineHeight;
    const rightToLeft = isRightToLeft(style, texts.join(' '));
    return {
      type: 'text',
      role: 'text',
      box: { x: widest.x, y: middle - height / 2, width: widest.width, height },
      paragraphs: [{ runs, align, rightToLeft, lineHeight, gap: 0, indent: 0, depth: 0, mark: null }],
      tight: true,
      decoration: false,
    };
  };

  /** Whether an element is the next line of the label that the one before it is a line of. */
  const continues = (element: Element, before: Element | undefined): boolean => {
    if (!(element instanceof SVGTextElement && before instanceof SVGTextElement)) return false;
    const down = Number(element.getAttribute('y')) - Number(before.getAttribute('y'));
    const isBelow = down > 0 && Math.abs(down - px(getComputedStyle(element).lineHeight)) < 0.1;
    return isBelow && ['class', 'style', 'x'].every((name) => element.getAttribute(name) === before.getAttribute(name));
  };

  /** Returns the shapes and texts in an element, in the order in which they are painted. Null where something is neither. */
  const partsOf = (parent: Element, opacity: number): (DrawnPart | null)[] => {
    const labels: Element[][] = [];
    for (const child of parent.children) {
      const last = labels.at(-1);
      if (last !== undefined && continues(child, last.at(-1))) last.push(child);
      else labels.push([child]);
    }
    return labels.flatMap(([first, ...more]) => {
      const style = first === undefined ? null : getComputedStyle(first);
      if (first === undefined || style === null || style.display === 'none' || style.visibility !== 'visible') return [];
      const shown = opacity * Number(style.opacity);
      if (!(first instanceof SVGGraphicsElement) || !isPlain(style)) return [null];
      if (first instanceof SVGGElement) return partsOf(first, shown);
      return [first instanceof SVGTextElement ? textOf([first, ...more], style, shown) : shapeOf(first, style, shown)];
    });
  };

  /** Whether a box shows nothing but its content. */
  const isBare = (style: CSSStyleDeclaration): boolean => {
    const { backgroundColor, backgroundImage, boxShadow, borderTopWidth, borderRightWidth, borderBottomWidth, borderLeftWidth } = style;
    const borders = [borderTopWidth, borderRightWidth, borderBottomWidth, borderLeftWidth];
    return (
      shadeOf(backgroundColor, 1) === null &&
      backgroundImage === 'none' &&
      boxShadow === 'none' &&
      borders.every((width) => px(width) === 0)
    );
  };

  /** Returns a drawn figure as shapes. Null when it is none, or has something in it that no shape can be. */
  const drawingOf = (figure: Element): ShownItem | null => {
    const [svg, ...others] = figure.children;
    if (!figure.matches('figure.drawn') || !(svg instanceof SVGSVGElement) || others.length > 0) return null;
    const styles = [getComputedStyle(figure), getComputedStyle(svg)];
    if (!styles.every((style) => isPlain(style) && isBare(style))) return null;
    const parts = partsOf(
      svg,
      styles.reduce((opacity, style) => opacity * Number(style.opacity), 1),
    );
    const known = parts.filter((part) => part !== null);
    if (known.length < parts.length) return null;
    return { type: 'drawing', box: onSlide(svg, svg.getBoundingClientRect()), alt: svg.getAttribute('aria-label') ?? '', parts: known };
  };

  return { drawingOf };
}
