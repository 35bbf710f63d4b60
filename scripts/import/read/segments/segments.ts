/** Joins cues and segments of a few seconds into turns, each of one speaker. */
import type { Place } from '../../../model/problems/problem.ts';
import type { Turn } from '../../transcript.ts';
import { joinPieces, withoutLineEnds } from '../joined-text.ts';

export interface Segment {
  /** Null when the file does not say. Then the previous speaker continues, if there is one. */
  speaker: string | null;
  /** Whether another speaker begins, without a name. */
  isOther?: boolean;
  text: string;
  /** In ms. */
  start: number | null;
  end: number | null;
  codes: readonly string[];
  place: Place;
}

/** In ms. A pause of this length after a sentence begins a new paragraph or, when no speaker is named, a new turn. */
const PAUSE = 2000;

/** Joins consecutive segments of one speaker. Keeps every word in order and drops segments without words. */
export function joinSegments(segments: readonly Segment[]): Turn[] {
  const turns: OpenTurn[] = [];
  let speaker: string | null = null;
  for (const segment of segments) {
    const text = withoutLineEnds(segment.text);
    if (text === '') continue;
    speaker = segment.speaker ?? (segment.isOther === true ? null : speaker);
    const last = turns.at(-1);
    const isPause = last !== undefined && afterPause(last, segment);
    if (last === undefined || last.turn.speaker !== speaker || (speaker === null && (isPause || segment.isOther === true)))
      turns.push(openTurn(segment, speaker, text));
    else addTo(last, segment, text, isPause);
  }
  return turns.map(({ turn, pieces, codes }) => ({ ...turn, paragraphs: pieces.map(joinPieces), codes: [...codes] }));
}

/** Pieces are joined only at the end. Otherwise a turn of ten hours would be copied for every word. */
interface OpenTurn {
  turn: Turn;
  pieces: string[][];
  codes: Set<string>;
}

function openTurn({ start, end, codes, place }: Segment, speaker: string | null, text: string): OpenTurn {
  const turn: Turn = { type: 'turn', speaker, paragraphs: [], start, end, codes: [], place };
  return { turn, pieces: [[text]], codes: new Set(codes) };
}

function addTo({ turn, pieces, codes }: OpenTurn, segment: Segment, text: string, isPause: boolean): void {
  const paragraph = pieces.at(-1) ?? [];
  if (isPause && /[.!?。！？…]["”’」』)）]*$/u.test(paragraph.at(-1) ?? '')) pieces.push([text]);
  else paragraph.push(text);
  turn.start ??= segment.start;
  turn.end = segment.end ?? turn.end;
  for (const code of segment.codes) codes.add(code);
}

function afterPause({ turn }: OpenTurn, { start }: Segment): boolean {
  return turn.end !== null && start !== null && start - turn.end >= PAUSE;
}
