/** The parts of a text while it is read line by line. Paragraphs are joined at the end, so that long ones take no extra time. */
import type { Place } from '../../../model/problems/problem.ts';
import type { EditorsNote, TranscriptPart, Turn } from '../../transcript.ts';
import { joinPieces } from '../joined-text.ts';
import type { TextLine } from './turn-lines.ts';

export interface TurnsDraft {
  file: string;
  parts: { part: TranscriptPart; pieces: string[][] }[];
  notes: { note: EditorsNote; pieces: string[][] }[];
  /** Maps lines to turns: ranges in characters, in the order of the text. */
  spans: LineSpan[];
  /** Where words without a label are added. */
  open: { type: 'turn'; turn: Turn; pieces: string[][] } | { type: 'prose'; pieces: string[][] } | null;
  /** The last speaker, who continues after a heading. */
  lastSpeaker: string | null;
}

export interface LineSpan {
  from: number;
  to: number;
  turn: Turn;
}

export function emptyDraft(file: string): TurnsDraft {
  return { file, parts: [], notes: [], spans: [], open: null, lastSpeaker: null };
}

export function addHeading(draft: TurnsDraft, text: string, line: TextLine): void {
  draft.parts.push({ part: { type: 'heading', text, place: placeOf(draft, line) }, pieces: [] });
  draft.open = null;
}

/** Begins a turn. Its words are added line by line. */
export function openTurn(
  draft: TurnsDraft,
  speaker: string | null,
  line: TextLine,
  times: { start: number | null; end: number | null },
): void {
  const turn: Turn = { type: 'turn', speaker, paragraphs: [], ...times, codes: [], place: placeOf(draft, line) };
  const pieces: string[][] = [];
  draft.parts.push({ part: turn, pieces });
  draft.open = { type: 'turn', turn, pieces };
  draft.lastSpeaker = speaker;
}

export function openProse(draft: TurnsDraft, line: TextLine): void {
  if (draft.open?.type === 'prose') return;
  const pieces: string[][] = [];
  draft.parts.push({ part: { type: 'prose', paragraphs: [], place: placeOf(draft, line) }, pieces });
  draft.open = { type: 'prose', pieces };
}

export function openNote(draft: TurnsDraft, term: string, line: TextLine): string[][] {
  const pieces: string[][] = [];
  draft.notes.push({ note: { term, definition: '', place: placeOf(draft, line) }, pieces });
  return pieces;
}

/** Adds text to the last paragraph, or begins a new one. */
export function addPiece(pieces: string[][], text: string, isNew: boolean): void {
  if (text === '') return;
  const last = pieces.at(-1);
  if (last === undefined || isNew) pieces.push([text]);
  else last.push(text);
}

/** Returns the finished parts. Labels without words are dropped. */
export function finishDraft({ parts, notes }: TurnsDraft): { parts: TranscriptPart[]; notes: EditorsNote[] } {
  for (const { part, pieces } of parts) if (part.type !== 'heading') part.paragraphs.push(...pieces.map(joinPieces));
  return {
    parts: parts.map(({ part }) => part).filter((part) => part.type === 'heading' || part.paragraphs.length > 0),
    notes: notes.map(({ note, pieces }) => ({ ...note, definition: pieces.map(joinPieces).join('\n\n') })),
  };
}

export function placeOf({ file }: { file: string }, { line }: TextLine): Place {
  return { file, line, column: 1 };
}
