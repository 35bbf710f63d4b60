/** Writes drawn figures as groups of shapes and text boxes (ECMA-376, 20.1.9), so that PowerPoint can edit them. */
import { fillXml, type Look } from './look.ts';
import { boundsXml, DECORATION, emu, escapeXml, frameXml } from './ooxml.ts';
import type { Box, Colour, DrawnPart, PathStep, ShownItem, Stroke, TextItem } from './shown.ts';

export interface DrawingContext {
  look: Look;
  /** Returns the next free id on the slide. */
  nextId: () => number;
  /** Writes a text box. */
  text: (item: TextItem) => string;
}

/** Returns a group with the figure's description. Its members keep the coordinates of the slide. */
export function drawingXml({ box, alt, parts }: ShownItem & { type: 'drawing' }, id: number, context: DrawingContext): string {
  const frame = `<a:xfrm>${boundsXml(box)}${boundsXml(box, 'a:chOff', 'a:chExt')}</a:xfrm>`;
  const members = parts.map((part) => partXml(part, context)).join('');
  return `<p:grpSp><p:nvGrpSpPr><p:cNvPr id="${id}" name="Figure ${id}" descr="${escapeXml(alt)}"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>${frame}</p:grpSpPr>${members}</p:grpSp>`;
}

function partXml(part: DrawnPart, context: DrawingContext): string {
  switch (part.type) {
    case 'text':
      return context.text(part);
    case 'rectangle':
      return shapeXml(part, `${frameXml(part.box)}${rectangleXml(part)}`, context);
    case 'ellipse':
      return shapeXml(part, `${frameXml(part.box)}<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>`, context);
    case 'path':
      return isLine(part.steps) ? lineXml(part, context) : shapeXml(part, freeformXml(part), context);
  }
}

interface Painted {
  fill: Colour | null;
  stroke: Stroke | null;
}

function shapeXml({ fill, stroke }: Painted, geometry: string, { look, nextId }: DrawingContext): string {
  const id = nextId();
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="Shape ${id}">${DECORATION}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>${geometry}${fillXml(fill, look)}${strokeXml(stroke, look)}</p:spPr></p:sp>`;
}

function rectangleXml({ box, radius }: DrawnPart & { type: 'rectangle' }): string {
  if (radius === 0) return '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>';
  const share = Math.min(0.5, radius / Math.min(box.width, box.height));
  return `<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val ${thousandths(share)}"/></a:avLst></a:prstGeom>`;
}

const isLine = (steps: readonly PathStep[]) => steps.map(({ type }) => type).join(' ') === 'move line';

/** Returns a straight line, whose ends can be moved. */
function lineXml({ steps, stroke }: DrawnPart & { type: 'path' }, { look, nextId }: DrawingContext): string {
  const id = nextId();
  const [from, to] = pointsOf(steps);
  const flip = from === undefined || to === undefined || (to.x >= from.x && to.y >= from.y) ? '' : flipOf(from, to);
  const frame = frameXml(boundsOf(steps)).replace('<a:xfrm', `<a:xfrm${flip}`);
  return `<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="${id}" name="Line ${id}">${DECORATION}</p:cNvPr><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr>${frame}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>${strokeXml(stroke, look)}</p:spPr></p:cxnSp>`;
}

type Point = PathStep['points'][number];

function flipOf(from: Point, to: Point): string {
  return `${to.x < from.x ? ' flipH="1"' : ''}${to.y < from.y ? ' flipV="1"' : ''}`;
}

/** Returns a path in units of its own frame. */
function freeformXml({ steps, fill }: DrawnPart & { type: 'path' }): string {
  const box = boundsOf(steps);
  const at = ({ x, y }: Point) => `<a:pt x="${emu(x) - emu(box.x)}" y="${emu(y) - emu(box.y)}"/>`;
  const path = steps.map(({ type, points }) => `<a:${STEPS[type]}>${points.map(at).join('')}</a:${STEPS[type]}>`).join('');
  const size = `w="${emu(box.width)}" h="${emu(box.height)}"`;
  return `${frameXml(box)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path ${size}${fill === null ? ' fill="none"' : ''}>${path}</a:path></a:pathLst></a:custGeom>`;
}

const STEPS = { move: 'moveTo', line: 'lnTo', curve: 'cubicBezTo', close: 'close' };

const pointsOf = (steps: readonly PathStep[]) => steps.flatMap(({ points }) => points);

function boundsOf(steps: readonly PathStep[]): Box {
  const [xs, ys] = [pointsOf(steps).map(({ x }) => x), pointsOf(steps).map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function strokeXml(stroke: Stroke | null, look: Look): string {
  if (stroke === null) return '<a:ln><a:noFill/></a:ln>';
  const { colour, width, dashes, cap, join } = stroke;
  const pairs = dashes.flatMap((dash, index) => (index % 2 === 0 ? [[dash, dashes[index + 1] ?? dash] as const] : []));
  const stops = pairs.map(([dash, gap]) => `<a:ds d="${thousandths(dash / width)}" sp="${thousandths(gap / width)}"/>`).join('');
  const pattern = stops === '' ? '<a:prstDash val="solid"/>' : `<a:custDash>${stops}</a:custDash>`;
  return `<a:ln w="${emu(width)}" cap="${CAPS[cap]}">${fillXml(colour, look)}${pattern}${JOINS[join]}</a:ln>`;
}

const CAPS = { butt: 'flat', round: 'rnd', square: 'sq' };
const JOINS = { miter: '<a:miter lim="800000"/>', round: '<a:round/>', bevel: '<a:bevel/>' };

/** Converts a share to thousandths of a percent. */
function thousandths(share: number): number {
  return Math.round(share * 100_000);
}
