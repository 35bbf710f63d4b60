/** Figures as SVG: the same in the deck, in the PDF and on paper. Numbers are text, and set by their template. */
import type { DrawnFigure } from '../../model/deck.ts';
import type { FigureRoom, TextWidth } from '../../model/metrics.ts';
import { drawBars } from './bars.ts';
import { drawDiagram } from './diagram.ts';
import { type Drawing, toSvg } from './svg.ts';
import { drawTimeline } from './timeline.ts';

export interface FigureContext {
  width: TextWidth;
  /** The smallest scale at which a figure can still be read. */
  shrink: number;
}

/** A figure for a room, and how it comes out there: in its own size, or as much smaller as it has to be and may be. */
export function drawFigure(
  figure: DrawnFigure,
  room: FigureRoom,
  { width, shrink }: FigureContext,
): { svg: (words: FigureWords) => string; height: number; scale: number } {
  const scaleOf = (drawing: Drawing) => Math.min(1, room.width / drawing.width, room.height / drawing.height);
  const draw = (words: FigureWords) => {
    const drawings = drawingsOf(figure, room, words, width);
    // Only what is clearly larger is worth another form than the first.
    return drawings.reduce((chosen, each) => (scaleOf(each) > scaleOf(chosen) * 1.05 ? each : chosen));
  };
  const drawing = draw(NO_WORDS);
  const scale = Math.max(shrink, scaleOf(drawing));
  return { svg: (words) => toSvg(draw(words), scale, figure.alt), height: drawing.height * scale, scale };
}

/** What a drawing says besides the author's words, in the language of the deck. */
export interface FigureWords {
  logScale: string;
}

/** Labels of a locale are one line long, whatever they say. */
const NO_WORDS: FigureWords = { logScale: '…' };

/** The forms that a figure can take in a room, the best first. */
function drawingsOf(figure: DrawnFigure, room: FigureRoom, words: FigureWords, width: TextWidth): [Drawing, ...Drawing[]] {
  switch (figure.kind) {
    case 'bars':
      return [drawBars(figure, room, words, width)];
    case 'timeline':
      return [drawTimeline(figure, room, width)];
    case 'diagram':
      return drawDiagram(figure, room, width);
  }
}
