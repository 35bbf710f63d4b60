/** Decides where an editor's note ends. */
import { finding } from '../../finding-text.ts';
import { addPiece, openNote, placeOf } from './draft.ts';
import { isAccepted } from './labelled-lines.ts';
import type { ReadingState } from './reading-state.ts';
import type { TextLine } from './turn-lines.ts';
import { continuesNote, type NoteStart, noteStart } from './turn-notes.ts';

export function readNote(reading: ReadingState, start: NoteStart, line: TextLine): void {
  const pieces = openNote(reading.draft, start.term, line);
  addPiece(pieces, start.definition, true);
  reading.note = { start, pieces };
}

/**
 * Whether a line continues the note. The paragraph below a term is its definition. A further paragraph belongs to it only if it names the
 * term and is the last one before somebody speaks.
 */
export function goesOnWithNote(reading: ReadingState, line: TextLine, at: number): boolean {
  const { note, labels, speakers, sections, lines } = reading;
  if (note === null || isAccepted(labels.get(line.at), speakers) || sections.headings.has(line.at)) return false;
  if (line.type === 'heading' || noteStart(line.text, reading.isAnnotated) !== null) return false;
  if (note.pieces.length === 0) return true;
  if (!continuesNote(line.text, note.start) || !endsPassage(reading, lines, at)) return false;
  reading.findings.push(finding('longer-note', placeOf(reading.draft, line), { term: note.start.term }));
  return true;
}

/** Whether the text ends after this paragraph, or a turn, section or note follows it. */
function endsPassage({ labels, speakers, sections, isAnnotated }: ReadingState, lines: readonly TextLine[], at: number): boolean {
  let next = at + 1;
  while (lines[next]?.type === 'words' && lines[next - 1]?.type === 'words') next += 1;
  while (lines[next]?.type === 'blank' || lines[next]?.type === 'rule') next += 1;
  const line = lines[next];
  if (line === undefined || line.type === 'heading' || sections.headings.has(line.at)) return true;
  return isAccepted(labels.get(line.at), speakers) || noteStart(line.text, isAnnotated) !== null;
}
