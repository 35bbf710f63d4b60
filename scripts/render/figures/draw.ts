/** Draws figures as SVG, the same in the deck, in the PDF and on paper. All text is real text; numbers are set by their template. */
// dagre: the layered graph layout that Mermaid uses; small and pure, without a browser.
import dagre from '@dagrejs/dagre';
// d3-shape: the curve that Mermaid draws through an edge's points.
import { curveBasis, line } from 'd3-shape';
import type { DrawnFigure } from '../../model/outputs/deck.ts';
import type { FigureOf } from '../../model/outputs/figure.ts';
import type { FigureRoom, TextWidth } from '../../model/outputs/metrics.ts';
import { drawComparison, drawLadder, drawQuadrants } from './blocks.ts';
import { drawBars, drawHorizon, drawOpposites } from './lengths.ts';
import { type Drawing, drawText, px, type TextMeasure, TYPE, toSvg, valueType, WIDE, widest, wrap } from './svg.ts';

export interface FigureContext {
  measure: TextMeasure;
  /** BCP 47 tag for the format of numbers. */
  languageTag: string;
  /** The smallest scale at which a figure is still readable. */
  shrink: number;
  labels: FigureLabels;
}

/** Words in a drawing that are not the author's, in the language of the figure. */
export interface FigureLabels {
  /** Names a logarithmic scale and says where its bars begin: `{start}`. */
  logScale: string;
  /** Names a logarithmic scale with a zero line. */
  logSides: string;
  /** Says that heights show an order and no sizes. */
  orderOnly: string;
}

/** Returns the labels of a locale that drawings use. */
export function figureLabelsOf(labels: Readonly<Record<string, string>> = {}): FigureLabels {
  return { logScale: labels.logScale ?? '', logSides: labels.logSides ?? '', orderOnly: labels.orderOnly ?? '' };
}

/**
 * Draws a figure for a room. It keeps its own size, is enlarged as far as the room allows it and has space, or is scaled down as far as needed
 * but not below `shrink`.
 */
export function drawFigure(figure: DrawnFigure, room: FigureRoom, context: FigureContext): Drawn {
  const { measure, languageTag, shrink } = context;
  const key = `${room.width} ${room.height} ${room.most ?? 1} ${room.fill ?? false} ${shrink} ${languageTag}`;
  return recall(drawn, measure.width, figure, key, () => drawAnew(figure, room, context));
}

export interface Drawn {
  svg: () => string;
  /** In CSS pixels. */
  width: number;
  height: number;
  scale: number;
}

/** There is one `measure.width` for each language and each folder of templates, so it stands for their words and labels, too. */
type Drawings<T> = WeakMap<TextWidth, WeakMap<DrawnFigure, Map<string, T>>>;

/** The planner tries a figure in several rooms for every deck that shows it, and it is printed later. */
const drawn: Drawings<Drawn> = new WeakMap();

function recall<T>(drawings: Drawings<T>, width: TextWidth, figure: DrawnFigure, key: string, make: () => T): T {
  const figures = drawings.get(width) ?? new WeakMap<DrawnFigure, Map<string, T>>();
  const known = figures.get(figure) ?? new Map<string, T>();
  const result = known.get(key) ?? make();
  drawings.set(width, figures.set(figure, known.set(key, result)));
  return result;
}

function drawAnew(figure: DrawnFigure, room: FigureRoom, context: FigureContext): Drawn {
  const { most = 1 } = room;
  for (const scale of ENLARGED.filter((each) => each <= most)) {
    // Laid out anew for a smaller room, so that lines break where the enlarged type needs it.
    const smaller = { ...room, width: room.width / scale, height: room.height / scale - EDGE };
    const drawing = fittestOf(figure, smaller, context);
    if (fits(drawing.width * scale, room.width) && fits((drawing.height + EDGE) * scale, room.height))
      return placed(drawing, scale, room, figure);
  }
  const drawing = fittestOf(figure, room, context);
  return placed(drawing, Math.max(context.shrink, scaleIn(room, drawing)), room, figure);
}

function placed(drawing: Drawing, scale: number, room: FigureRoom, figure: DrawnFigure): Drawn {
  const spare = room.fill === true ? Math.max(0, room.height / scale - drawing.height) : 0;
  return scaled({ ...drawing, above: spare / 2, height: drawing.height + spare }, scale, figure);
}

/** A drawing that spans its room may be wider by what is lost in computing. */
const fits = (size: number, room: number) => size <= room + 0.01;

/** In CSS pixels: by how much the line of a text may be higher than its letters at the edge of a drawing. */
const EDGE = 2;

/** The scales that are tried before a figure keeps its own size. */
const ENLARGED = [1.5, 1.35, 1.2];

const scaleIn = (room: FigureRoom, drawing: Drawing) => Math.min(shareOf(room.width, drawing.width), shareOf(room.height, drawing.height));

const shareOf = (room: number, length: number) => (length <= room + ROUNDING ? 1 : room / length);

/** In CSS pixels: floating point may make what spans its room seem wider. */
const ROUNDING = 0.001;

function scaled(drawing: Drawing, scale: number, { alt }: DrawnFigure): Drawn {
  const [width = 0, height = 0] = [drawing.width, drawing.height].map((size) => Number(px(size * scale)));
  return { svg: () => toSvg(drawing, scale, alt), width, height, scale };
}

/** Returns the form of a figure that has to shrink least. */
function fittestOf(figure: DrawnFigure, room: FigureRoom, context: FigureContext): Drawing {
  let chosen: Drawing | null = null;
  for (const drawing of drawingsOf(figure, room, context)) {
    const scale = scaleIn(room, drawing);
    // Another form than the first must be clearly larger, or need not shrink at all.
    if (chosen === null || scale === 1 || scale > scaleIn(room, chosen) * 1.05) chosen = drawing;
    if (scale === 1) break;
  }
  if (chosen === null) throw new TypeError('a figure has at least one form');
  return chosen;
}

/** Yields the forms that a figure can take in a room, best first. Each is drawn only when it is requested. */
function* drawingsOf(figure: DrawnFigure, room: FigureRoom, context: FigureContext): Generator<Drawing> {
  const { measure } = context;
  switch (figure.kind) {
    case 'bars':
      yield drawBars(figure, room, context);
      return;
    case 'timeline':
      yield drawTimeline(figure, room, measure);
      return;
    case 'diagram':
      yield* drawDiagram(figure, room, measure);
      return;
    case 'comparison':
      yield* drawComparison(figure, room, context);
      return;
    case 'horizon':
      yield drawHorizon(figure, room, context);
      return;
    case 'opposites':
      yield drawOpposites(figure, room, context);
      return;
    case 'ladder':
      yield drawLadder(figure, room, context);
      return;
    case 'quadrants':
      yield drawQuadrants(figure, room, context);
  }
}

type Item = FigureOf<'timeline'>['items'][number];

const DOT = 7;
const GAP = 28;
/** The largest number of events side by side. */
const MOST_ABREAST = 5;

/** Draws events on a line: from left to right if the room is wide enough, else from top to bottom. */
function drawTimeline({ items }: FigureOf<'timeline'>, room: FigureRoom, measure: TextMeasure): Drawing {
  return room.width >= WIDE && items.length <= MOST_ABREAST ? lying(items, room.width, measure) : standing(items, room.width, measure);
}

function lying(items: readonly Item[], total: number, measure: TextMeasure): Drawing {
  const column = (total - GAP * (items.length - 1)) / items.length;
  const events = items.map(({ when, label, mark }, index) => ({
    mark,
    x: index * (column + GAP),
    when: wrap(when, column, TYPE.value, measure),
    label: wrap(label, column, TYPE.label, measure),
  }));
  const top = 2 * DOT + 12;
  const below = top + Math.max(...events.map(({ when }) => when.length)) * TYPE.value.line + 3;
  const height = below + Math.max(...events.map(({ label }) => label.length)) * TYPE.label.line;
  const body = [
    `<path class="axis" d="M${px(DOT)} ${px(DOT)} H${px(total - 2)}"/>`,
    `<path class="axis" d="M${px(total - 9)} ${px(DOT - 6)} L${px(total - 2)} ${px(DOT)} L${px(total - 9)} ${px(DOT + 6)}"/>`,
    ...events.map(
      ({ x, when, label, mark }) =>
        drawDot(x + DOT, DOT, mark) + drawText(when, { x, y: top }, valueType(mark)) + drawText(label, { x, y: below }, TYPE.label),
    ),
  ];
  return { width: total, height, body };
}

function standing(items: readonly Item[], total: number, measure: TextMeasure): Drawing {
  const left = 2 * DOT + 14;
  // In a wide room the dates have a column of their own.
  const dates = total >= WIDE ? Math.min(200, Math.max(...items.map(({ when }) => widest([when], TYPE.value, measure)))) + 24 : 0;
  let y = 0;
  const events = items.map(({ when, label, mark }) => {
    const whenLines = wrap(when, dates > 0 ? dates - 24 : total - left, TYPE.value, measure);
    const labelLines = wrap(label, total - left - dates, TYPE.label, measure);
    const at = y;
    const labelAt = dates > 0 ? at : at + whenLines.length * TYPE.value.line;
    const bottom = Math.max(at + whenLines.length * TYPE.value.line, labelAt + labelLines.length * TYPE.label.line);
    y = bottom + 14;
    return { mark, at, whenLines, labelLines, labelAt, bottom };
  });
  const middle = (at: number) => at + TYPE.value.line / 2;
  const last = events.at(-1);
  const body = [
    `<path class="axis" d="M${px(DOT)} ${px(middle(0))} V${px(middle(last?.at ?? 0))}"/>`,
    ...events.map(
      ({ mark, at, whenLines, labelLines, labelAt }) =>
        drawDot(DOT, middle(at), mark) +
        drawText(whenLines, { x: left, y: at }, valueType(mark)) +
        drawText(labelLines, { x: left + dates, y: labelAt }, TYPE.label),
    ),
  ];
  return { width: total, height: last?.bottom ?? 0, body };
}

function drawDot(x: number, y: number, mark: boolean): string {
  return `<circle class="${mark ? 'dot marked' : 'dot'}" cx="${px(x)}" cy="${px(y)}" r="${DOT}"/>`;
}

// Diagrams: boxes and arrows, laid out by dagre and set in the theme's font.

type Diagram = FigureOf<'diagram'>;
type Direction = Diagram['direction'];
/** `node` and `aside`: the most width of the words in a node and at an arrow, in CSS pixels. */
interface Form {
  direction: Direction;
  node: number;
  aside: number;
}
interface Point {
  x: number;
  y: number;
}

/** Maximum widths of the text in nodes, in CSS pixels, the calmest look first. */
const NODE_WIDTHS = [200, 160, 260, 124];
const EDGE_WIDTHS = [120, 84];
/** The gap between nodes that follow each other. */
const RANK_GAP = 34;
const MOST_RANK_GAP = 90;
const PADDING = { x: 16, y: 11 };

/** Yields the diagram in both directions, with several widths of nodes and of words at arrows. In a room as wide as a slide, left to right comes first. */
function* drawDiagram(figure: Diagram, room: FigureRoom, measure: TextMeasure): Generator<Drawing> {
  const own = figure.direction;
  const directions: Direction[] = room.width >= WIDE || own === 'right' ? ['right', 'down'] : ['down', 'right'];
  const asides = figure.edges.some(({ label }) => label !== undefined) ? EDGE_WIDTHS : EDGE_WIDTHS.slice(0, 1);
  for (const direction of directions) {
    for (const aside of asides) for (const node of NODE_WIDTHS) yield draw(figure, { direction, node, aside }, room, measure);
  }
}

/** Draws a diagram as closely as possible and, if room is left, again with longer arrows: a horizontal diagram should span the slide. */
function draw(figure: Diagram, form: Form, room: FigureRoom, measure: TextMeasure): Drawing {
  const close = layOut(figure, form, RANK_GAP, measure);
  const spare = form.direction === 'right' && room.width >= WIDE ? room.width - close.width : 0;
  if (spare <= 1 || close.ranks < 2) return close;
  const most = room.fill === true ? 2 * MOST_RANK_GAP : MOST_RANK_GAP;
  return layOut(figure, form, Math.min(most, RANK_GAP + spare / (close.ranks - 1)), measure);
}

type LaidOut = Drawing & { ranks: number };

/** Few rooms need a layout of their own, and layouts take most of the time that figures take. */
const laidOut: Drawings<LaidOut> = new WeakMap();

function layOut(figure: Diagram, form: Form, gap: number, measure: TextMeasure): LaidOut {
  const key = `${form.direction} ${form.node} ${form.aside} ${gap}`;
  return recall(laidOut, measure.width, figure, key, () => layOutAnew(figure, form, gap, measure));
}

function layOutAnew(figure: Diagram, { direction, node, aside: most }: Form, gap: number, measure: TextMeasure): LaidOut {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: direction === 'right' ? 'LR' : 'TB', nodesep: 22, ranksep: gap, edgesep: 16, marginx: 1, marginy: 1 });
  // Nodes are numbered, because the author's ids may be names with a meaning in JavaScript objects.
  const key = new Map(figure.nodes.map(({ id }, index) => [id, `n${index}`]));
  const keyOf = (id: string) => key.get(id) ?? id;
  const names = figure.nodes.map(({ id, label, mark }) => ({ id, mark, lines: wrap(label, node, TYPE.strong, measure) }));
  // Nodes of one size look calmer than nodes that are each as large as their text.
  const box = {
    width: Math.max(80, ...names.map(({ lines }) => widest(lines, TYPE.strong, measure))) + 2 * PADDING.x,
    height: Math.max(...names.map(({ lines }) => lines.length)) * TYPE.strong.line + 2 * PADDING.y,
  };
  for (const { id } of names) graph.setNode(keyOf(id), { ...box });
  const asides = figure.edges.map(({ label }) => (label === undefined ? [] : wrap(label, most, TYPE.aside, measure)));
  figure.edges.forEach(({ from, to }, index) => {
    const lines = asides[index] ?? [];
    const size = { width: widest(lines, TYPE.aside, measure) + 12, height: lines.length * TYPE.aside.line + 6 };
    graph.setEdge(keyOf(from), keyOf(to), lines.length > 0 ? { ...size, labelpos: 'c' } : {}, String(index));
  });
  dagre.layout(graph);
  const { width: total = 1, height = 1 } = graph.graph();
  const turned = isUpsideDown(
    names.map(({ id }) => graph.node(keyOf(id))),
    direction,
  );
  const turn = ({ x, y }: Point): Point => (!turned ? { x, y } : direction === 'right' ? { x, y: height - y } : { x: total - x, y });
  const edges = figure.edges.map(({ from, to }, index) => {
    const edge = graph.edge(keyOf(from), keyOf(to), String(index));
    const lines = asides[index] ?? [];
    const aside =
      lines.length > 0 && edge.x !== undefined && edge.y !== undefined ? drawAside(turn({ x: edge.x, y: edge.y }), lines, measure) : '';
    return drawEdge((edge.points ?? []).map(turn)) + aside;
  });
  const nodes = names.map(({ id, mark, lines }) => drawNode({ ...box, ...turn(graph.node(keyOf(id))), mark }, lines));
  const ranks = new Set(names.map(({ id }) => px(graph.node(keyOf(id))[direction === 'right' ? 'x' : 'y']))).size;
  return { width: total, height, body: [...edges, ...nodes], ranks };
}

/** Returns whether the drawing must be mirrored. dagre orders neighbours so that few edges cross, not in the author's order. */
function isUpsideDown(nodes: readonly Point[], direction: Direction): boolean {
  const [along, across] = direction === 'right' ? (['x', 'y'] as const) : (['y', 'x'] as const);
  const neighbours = nodes.flatMap((a, index) =>
    nodes.slice(index + 1).flatMap((b) => (Math.abs(a[along] - b[along]) < 1 ? [Math.sign(a[across] - b[across])] : [])),
  );
  return neighbours.reduce((sum, each) => sum + each, 0) > 0;
}

function drawNode(
  { x, y, width, height, mark }: { x: number; y: number; width: number; height: number; mark: boolean },
  lines: readonly string[],
): string {
  const top = y - (lines.length * TYPE.strong.line) / 2;
  const box = `<rect class="${mark ? 'node marked' : 'node'}" x="${px(x - width / 2)}" y="${px(y - height / 2)}" width="${px(width)}" height="${px(height)}" rx="4"/>`;
  return box + drawText(lines, { x, y: top, anchor: 'middle' }, mark ? { ...TYPE.strong, name: 'strong inverse' } : TYPE.strong);
}

/** Draws an edge's text on a background, so that the line does not run through it. */
function drawAside({ x, y }: Point, lines: readonly string[], measure: TextMeasure): string {
  const height = lines.length * TYPE.aside.line;
  const half = widest(lines, TYPE.aside, measure) / 2 + 5;
  const paper = `<rect class="paper" x="${px(x - half)}" y="${px(y - height / 2 - 1)}" width="${px(2 * half)}" height="${px(height + 2)}"/>`;
  return paper + drawText(lines, { x, y: y - height / 2, anchor: 'middle' }, TYPE.aside);
}

function drawEdge(points: readonly Point[]): string {
  const tip = points.at(-1);
  const from = points.at(-2);
  if (tip === undefined || from === undefined) return '';
  const curve = line<Point>(
    ({ x }) => x,
    ({ y }) => y,
  ).curve(curveBasis);
  const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
  const corner = (turn: number) => `${px(tip.x - 11 * Math.cos(angle + turn))} ${px(tip.y - 11 * Math.sin(angle + turn))}`;
  // The line ends inside the arrow's head, not at its tip.
  const end = { x: tip.x - 6 * Math.cos(angle), y: tip.y - 6 * Math.sin(angle) };
  const path = (curve([...points.slice(0, -1), end]) ?? '').replace(/\d+\.\d+/g, (number) => px(Number(number)));
  return `<path class="edge" d="${path}"/><path class="arrow" d="M${px(tip.x)} ${px(tip.y)} L${corner(0.4)} L${corner(-0.4)} Z"/>`;
}
