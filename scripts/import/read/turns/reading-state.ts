/** The state of reading a text line by line. */
import type { ImportFinding } from '../../finding.ts';
import type { TranscriptHead } from '../../transcript.ts';
import type { TurnsDraft } from './draft.ts';
import type { Label } from './label.ts';
import type { Sections } from './sections.ts';
import type { Speakers } from './speakers.ts';
import type { TextLine } from './turn-lines.ts';
import type { NoteStart } from './turn-notes.ts';

export interface ReadingState {
  draft: TurnsDraft;
  lines: readonly TextLine[];
  /** By line index. */
  labels: ReadonlyMap<number, Label>;
  speakers: Speakers;
  sections: Sections;
  /** Whether editor's notes begin with bullets. */
  isAnnotated: boolean;
  /** The length of the longest line, in characters. A small one means that the text has hard line breaks. */
  width: number;
  /** The index of the first labelled line; Infinity when there is none. */
  firstTurn: number;
  head: TranscriptHead;
  /** The open note, until its paragraph ends. */
  note: { start: NoteStart; pieces: string[][] } | null;
  /** A time alone on a line, for the next turn. */
  time: [number, number | null] | null;
  /** Set after a heading such as "References". No turn follows it. */
  isEndMatter: boolean;
  findings: ImportFinding[];
}
