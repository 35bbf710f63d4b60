/** What is known of a text while its lines are read one by one. */
import type { ImportFinding } from '../../finding.ts';
import type { TranscriptHead } from '../../transcript.ts';
import type { Draft } from './draft.ts';
import type { Label } from './label.ts';
import type { Sections } from './sections.ts';
import type { Speakers } from './speakers.ts';
import type { TextLine } from './turn-lines.ts';
import type { NoteStart } from './turn-notes.ts';

export interface ReadingState {
  draft: Draft;
  lines: readonly TextLine[];
  /** By the index of their lines. */
  labels: ReadonlyMap<number, Label>;
  speakers: Speakers;
  sections: Sections;
  /** Whether bullets stand before editor's notes. */
  isAnnotated: boolean;
  /** Of the longest line, in characters: below a certain one the text is wrapped by hand. */
  width: number;
  /** The index of the first labelled line; infinity where there is none. */
  firstTurn: number;
  head: TranscriptHead;
  /** The note that is being read, as long as its paragraph lasts or is still to come. */
  note: { start: NoteStart; pieces: string[][] } | null;
  /** A time that stood alone, for the turn to come. */
  time: [number, number | null] | null;
  /** After "References" nobody speaks any more. */
  isEndMatter: boolean;
  findings: ImportFinding[];
}
