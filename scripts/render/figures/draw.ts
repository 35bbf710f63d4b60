/** Figures as SVG: the same in the deck, in the PDF and on paper. Numbers are text, and set by their template. */
import type { DrawnFigure } from '../../model/outputs/deck.ts';
import type { FigureRoom, TextWidth } from '../../model/outputs/metrics.ts';
import { drawBars } from './bars.ts';
import { drawDiagram } from './diagram.ts';
import { type Drawing, toSvg } from './svg.ts';
import { drawTimeline } from './timeline.ts';

export interface FigureContext {
  width: TextWidth;
  /** BCP 47: how numbers are written. */
  languageTag: string;
  /** The smallest scale at which a figure can still be read. */
  shrink: number;
}

/** A figure for a room, and how it comes out there: in its own size, or as much smaller as it has to be and may be. */
export function drawFigure(figure: DrawnFigure, room: FigureRoom, context: FigureContext): Drawn {
  const { width, languageTag, shrink } = context;
  const known = drawn.get(width) ?? new WeakMap<DrawnFigure, Map<string, Drawn>>();
  const rooms = known.get(figure) ?? new Map<string, Drawn>();
  const key = `${room.width} ${room.height} ${shrink} ${languageTag}`;
  const result = rooms.get(key) ?? drawAnew(figure, room, context);
  drawn.set(width, known.set(figure, rooms.set(key, result)));
  return result;
}

export interface Drawn {
  svg: (words: FigureWords) => string;
  /** In CSS pixels. */
  width: number;
  height: number;
  scale: number;
}

/** The planner tries a figure in several rooms, for every deck that shows it, and then it is printed: laying it out is what costs. */
const drawn = new WeakMap<TextWidth, WeakMap<DrawnFigure, Map<string, Drawn>>>();

function drawAnew(figure: DrawnFigure, room: FigureRoom, context: FigureContext): Drawn {
  const scaleOf = (drawing: Drawing) => Math.min(1, room.width / drawing.width, room.height / drawing.height);
  const draw = (words: FigureWords): Drawing => {
    let chosen: Drawing | null = null;
    for (const drawing of drawingsOf(figure, room, words, context)) {
      // Only what is clearly larger is worth another form than the first.
      if (chosen === null || scaleOf(drawing) > scaleOf(chosen) * 1.05) chosen = drawing;
      if (scaleOf(chosen) === 1) break;
    }
    if (chosen === null) throw new TypeError('a figure has at least one form');
    return chosen;
  };
  const drawing = draw(NO_WORDS);
  const scale = Math.max(context.shrink, scaleOf(drawing));
  // Only bars have words that are not the author's.
  return {
    svg: (words) => toSvg(figure.kind === 'bars' ? draw(words) : drawing, scale, figure.alt),
    width: drawing.width * scale,
    height: drawing.height * scale,
    scale,
  };
}

/** What a drawing says besides the author's words, in the language of the deck. */
export interface FigureWords {
  logScale: string;
}

/** Labels of a locale are one line long, whatever they say. */
const NO_WORDS: FigureWords = { logScale: '…' };

/** The forms that a figure can take in a room, the best first; each is drawn when it is asked for. */
function* drawingsOf(figure: DrawnFigure, room: FigureRoom, words: FigureWords, context: FigureContext): Generator<Drawing> {
  const { width } = context;
  switch (figure.kind) {
    case 'bars':
      yield drawBars(figure, room, words, context);
      return;
    case 'timeline':
      yield drawTimeline(figure, room, width);
      return;
    case 'diagram':
      yield* drawDiagram(figure, room, width);
  }
}
