/** A diagram figure as SVG: laid out by dagre, set in the theme's own font so that the words stay text in the PDF. */
// dagre: the layered graph layout of Mermaid and others; small, pure, without a browser.
import dagre from '@dagrejs/dagre';
import type { FigureRoom } from '../model/deck.ts';
import type { FigureOf } from '../model/figure.ts';
import type { TextWidth } from '../model/metrics.ts';
import { escapeAttribute, escapeHtml } from './escape.ts';

type Placed = { width: number; height: number; nodes: PlacedNode[]; edges: PlacedEdge[] };
type PlacedNode = { x: number; y: number; width: number; height: number; lines: string[] };
type PlacedEdge = { points: { x: number; y: number }[]; label: { x: number; y: number; lines: string[] } | null };

const SIZE = 16;
const EDGE_SIZE = 14;
const LINE = 1.25;
/** Widths at which the words of a node are broken, in CSS pixels. */
const NODE_WIDTHS = [200, 150, 110];
const EDGE_WIDTH = 110;
const PADDING = { x: 14, y: 10 };

/** Draws the diagram into a box of the given room (CSS pixels): in the direction and with the width of nodes that can be drawn largest, its own direction first. */
export function drawDiagram(figure: FigureOf<'diagram'>, room: FigureRoom, width: TextWidth): string {
  const directions = figure.direction === 'right' ? (['right', 'down'] as const) : (['down', 'right'] as const);
  const drawn = directions.flatMap((direction) =>
    NODE_WIDTHS.map((nodeWidth) => {
      const placed = place(figure, direction, nodeWidth, width);
      return { placed, scale: Math.min(1, room.width / placed.width, room.height / placed.height) };
    }),
  );
  // Only what is clearly larger is worth another direction or narrower nodes.
  const best = drawn.reduce((chosen, each) => (each.scale > chosen.scale * 1.05 ? each : chosen));
  return toSvg(best.placed, figure.alt, best.scale);
}

function place(figure: FigureOf<'diagram'>, direction: 'right' | 'down', nodeWidth: number, width: TextWidth): Placed {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: direction === 'right' ? 'LR' : 'TB', nodesep: 26, ranksep: 30, edgesep: 16, marginx: 2, marginy: 2 });
  // Ids are the author's, and some words mean something to JavaScript objects: the graph knows nodes by their place.
  const key = new Map(figure.nodes.map(({ id }, index) => [id, `n${index}`]));
  const lines = new Map<string, string[]>();
  for (const { id, label } of figure.nodes) {
    const wrapped = wrap(label, SIZE, nodeWidth, 'sans-bold', width);
    lines.set(id, wrapped);
    const inner = Math.max(...wrapped.map((line) => width(line, 'sans-bold', SIZE)));
    graph.setNode(key.get(id) ?? id, { width: Math.max(72, inner) + 2 * PADDING.x, height: wrapped.length * SIZE * LINE + 2 * PADDING.y });
  }
  const labels = figure.edges.map(({ label }) => (label === undefined ? [] : wrap(label, EDGE_SIZE, EDGE_WIDTH, 'sans', width)));
  figure.edges.forEach(({ from, to }, index) => {
    const text = labels[index] ?? [];
    const box = {
      width: Math.max(0, ...text.map((line) => width(line, 'sans', EDGE_SIZE))) + 10,
      height: text.length * EDGE_SIZE * LINE + 6,
    };
    graph.setEdge(key.get(from) ?? from, key.get(to) ?? to, text.length > 0 ? { ...box, labelpos: 'c' } : {}, String(index));
  });
  dagre.layout(graph);
  const size = graph.graph();
  return {
    width: size.width ?? 1,
    height: size.height ?? 1,
    nodes: figure.nodes.map(({ id }) => ({ ...graph.node(key.get(id) ?? id), lines: lines.get(id) ?? [] })),
    edges: figure.edges.map(({ from, to }, index) => {
      const edge = graph.edge(key.get(from) ?? from, key.get(to) ?? to, String(index));
      const text = labels[index] ?? [];
      const label = text.length > 0 && edge.x !== undefined && edge.y !== undefined ? { x: edge.x, y: edge.y, lines: text } : null;
      return { points: edge.points ?? [], label };
    }),
  };
}

/** Lines no wider than the limit, broken where the language allows it. */
function wrap(text: string, size: number, limit: number, face: 'sans' | 'sans-bold', width: TextWidth): string[] {
  const lines: string[] = [];
  let line = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'word' }).segment(text)) {
    const closes = /^\p{P}$/u.test(segment);
    if (line.trim() !== '' && !closes && width((line + segment).trimEnd(), face, size) > limit) {
      lines.push(line.trim());
      line = '';
    }
    line += segment;
  }
  return [...lines, ...(line.trim() === '' ? [] : [line.trim()])];
}

function toSvg(placed: Placed, alt: string, scale: number): string {
  const n = (value: number) => String(Math.round(value * 100) / 100);
  const text = (x: number, y: number, lines: string[], size: number, name: string) =>
    lines
      .map((line, index) => {
        const baseline = y + (index - (lines.length - 1) / 2) * size * LINE + size * 0.35;
        return `<text class="${name}" x="${n(x)}" y="${n(baseline)}" style="font-size: ${size}px">${escapeHtml(line)}</text>`;
      })
      .join('');
  const edges = placed.edges.map(({ points, label }) => {
    const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join(' ');
    const words = label === null ? '' : labelBox(label, n) + text(label.x, label.y, label.lines, EDGE_SIZE, 'edge-label');
    return `<path class="edge" d="${path}"/>${arrowHead(points, n)}${words}`;
  });
  const nodes = placed.nodes.map(
    ({ x, y, width, height, lines }) =>
      `<rect class="node" x="${n(x - width / 2)}" y="${n(y - height / 2)}" width="${n(width)}" height="${n(height)}" rx="6"/>${text(x, y, lines, SIZE, 'node-label')}`,
  );
  return [
    `<svg role="img" aria-label="${escapeAttribute(alt)}" viewBox="0 0 ${n(placed.width)} ${n(placed.height)}" width="${n(placed.width * scale)}" height="${n(placed.height * scale)}">`,
    ...edges,
    ...nodes,
    '</svg>',
  ].join('\n');
}

/** Paper behind an edge's words, so that the line does not run through them. */
function labelBox({ x, y, lines }: { x: number; y: number; lines: string[] }, n: (value: number) => string): string {
  const height = lines.length * EDGE_SIZE * LINE + 4;
  const width = Math.max(...lines.map((line) => [...line].reduce((sum, c) => sum + (c > '\u2e80' ? 1 : 0.52), 0))) * EDGE_SIZE + 8;
  return `<rect class="edge-paper" x="${n(x - width / 2)}" y="${n(y - height / 2)}" width="${n(width)}" height="${n(height)}"/>`;
}

function arrowHead(points: { x: number; y: number }[], n: (value: number) => string): string {
  const tip = points.at(-1);
  const from = points.at(-2);
  if (tip === undefined || from === undefined) return '';
  const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
  const corner = (turn: number) => `${n(tip.x - 10 * Math.cos(angle + turn))} ${n(tip.y - 10 * Math.sin(angle + turn))}`;
  return `<path class="arrow" d="M${n(tip.x)} ${n(tip.y)} L${corner(0.42)} L${corner(-0.42)} Z"/>`;
}
