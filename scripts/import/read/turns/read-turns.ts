/** Lines of a text -> labelled turns, headings, editor's notes, and the prose around them. */
import type { ImportFinding } from '../../finding.ts';
import type { EditorsNote, TranscriptHead, TranscriptPart } from '../../transcript.ts';
import { emptyHead } from '../source.ts';
import { addHeading, addPiece, emptyDraft, finishDraft, type LineSpan, openProse, openTurn } from './draft.ts';
import { type Label, leadingTime, timeAlone } from './label.ts';
import { isAccepted, labelLines, unsureLabels } from './labelled-lines.ts';
import { goesOnWithNote, readNote } from './note-passages.ts';
import { plainMarkdown } from './plain-markdown.ts';
import type { ReadingState } from './reading-state.ts';
import { findSections, withoutNumber } from './sections.ts';
import type { TextLine } from './turn-lines.ts';
import { isAnnotated, noteStart } from './turn-notes.ts';
import { isEndMatter, longestLine, readWords } from './turn-words.ts';

export interface TurnText {
  head: TranscriptHead;
  parts: TranscriptPart[];
  notes: EditorsNote[];
  findings: ImportFinding[];
  /** Maps lines to turns, so that codes can be set. */
  spans: LineSpan[];
}

/** Reads the lines of a whole text. Without any label everything is a heading or prose. */
export function readTurnLines(lines: readonly TextLine[], file: string): TurnText {
  const { labels, speakers } = labelLines(lines);
  const isTurn = (line: TextLine) => isAccepted(labels.get(line.at), speakers);
  const firstTurn = lines.find(isTurn)?.at ?? Number.POSITIVE_INFINITY;
  const reading: ReadingState = {
    draft: emptyDraft(file),
    lines,
    labels,
    speakers,
    sections: findSections({ lines, isTurn }),
    isAnnotated: isAnnotated(lines),
    width: longestLine(lines),
    firstTurn,
    head: emptyHead(),
    note: null,
    time: null,
    isEndMatter: false,
    findings: [],
  };
  for (const [at, line] of lines.entries()) readLine(reading, line, at);
  const findings = [...reading.findings, ...unsureLabels(reading)].sort((a, b) => a.line - b.line);
  return { head: reading.head, ...finishDraft(reading.draft), findings, spans: reading.draft.spans };
}

function readLine(reading: ReadingState, line: TextLine, at: number): void {
  const { sections, labels, speakers } = reading;
  const label = labels.get(line.at);
  if (line.type === 'blank' || line.type === 'rule') return;
  if (sections.contents.has(line.at)) return;
  const isContinuing = reading.lines[at - 1]?.type === 'words';
  if (reading.note !== null && !isContinuing && !goesOnWithNote(reading, line, at)) reading.note = null;
  const heading = sections.headings.get(line.at) ?? (line.type === 'heading' ? line.text : null);
  if (heading !== null) {
    readHeading(reading, heading, line);
    return;
  }
  if (isAccepted(label, speakers)) {
    readLabel(reading, label, line);
    return;
  }
  const time = timeAlone(line.raw);
  if (time !== null) {
    readTime(reading, time);
    return;
  }
  // A bullet inside a paragraph starts a list item, not a note.
  const note = reading.note === null && isContinuing ? null : noteStart(line.text, reading.isAnnotated);
  if (note === null) readWords(reading, line, at, isContinuing);
  else readNote(reading, note, line);
}

function readHeading(reading: ReadingState, heading: string, line: TextLine): void {
  const { draft, head } = reading;
  reading.note = null;
  const isBefore = line.at < reading.firstTurn;
  const isTitle = line.level === 1 || (line.type === 'words' && line.text === heading && draft.parts.length === 0);
  if (isBefore && isTitle && head.title === null) head.title = heading;
  else if (isBefore && line.level === 1 && head.title !== null) {
    openProse(draft, line);
    if (draft.open !== null) addPiece(draft.open.pieces, heading, true);
  } else addHeading(draft, withoutNumber(heading) || heading, line);
  reading.time = leadingTime(line.text).times ?? reading.time;
  reading.isEndMatter = !isBefore && isEndMatter(heading);
}

function readLabel(reading: ReadingState, label: Label, line: TextLine): void {
  const { draft } = reading;
  const [start, end] = label.start === null ? (reading.time ?? [null, null]) : [label.start, label.end];
  reading.time = null;
  reading.note = null;
  reading.isEndMatter = false;
  openTurn(draft, label.name, line, { start, end });
  if (draft.open?.type !== 'turn') return;
  draft.spans.push({ from: line.from, to: line.to, turn: draft.open.turn });
  addPiece(draft.open.pieces, line.isMarkdown ? plainMarkdown(label.rest) : label.rest, true);
}

/** A time alone on a line belongs to the turn that has just begun, or else to the next one. */
function readTime(reading: ReadingState, time: [number, number | null]): void {
  const { open } = reading.draft;
  if (open?.type === 'turn' && open.pieces.length === 0 && open.turn.start === null) [open.turn.start, open.turn.end] = time;
  else reading.time = time;
}
