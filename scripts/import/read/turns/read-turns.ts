/** Lines of a text -> what was said by whom: labelled turns, headings, editor's notes, and the prose around them. */
import type { ImportFinding } from '../../finding.ts';
import { finding } from '../../finding-text.ts';
import type { EditorsNote, TranscriptHead, TranscriptPart } from '../../transcript.ts';
import { emptyHead } from '../source.ts';
import {
  addHeading,
  addPiece,
  type Draft,
  emptyDraft,
  finishDraft,
  type LineSpan,
  openNote,
  openProse,
  openTurn,
  placeOf,
} from './draft.ts';
import { addressLine, headLine, participantsOf } from './head.ts';
import { type Label, leadingTime, parseLabel, timeAlone } from './label.ts';
import type { TextLine } from './lines.ts';
import { continuesNote, isAnnotated, type NoteStart, noteStart } from './notes.ts';
import { plainMarkdown } from './plain-markdown.ts';
import { findSections, type Sections, withoutNumber } from './sections.ts';
import { decideSpeakers, labelKey, type Speakers } from './speakers.ts';

export interface TurnText {
  head: TranscriptHead;
  parts: TranscriptPart[];
  notes: EditorsNote[];
  findings: ImportFinding[];
  /** Which turn each line belongs to: codes are found by it. */
  spans: LineSpan[];
}

/** Reads the lines of a whole text. Where nobody is labelled, everything is heading or prose. */
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
    width: Math.max(0, ...widthsOf(lines)),
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

interface ReadingState {
  draft: Draft;
  lines: readonly TextLine[];
  /** By the index of their lines. */
  labels: ReadonlyMap<number, Label>;
  speakers: Speakers;
  sections: Sections;
  isAnnotated: boolean;
  /** Of the longest line, in characters: below a certain one the text is wrapped by hand. */
  width: number;
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

function labelLines(lines: readonly TextLine[]): Pick<ReadingState, 'labels' | 'speakers'> {
  const labels = new Map<number, Label>();
  let paragraphs = 0;
  let before: TextLine | undefined;
  for (const line of lines) {
    const label = line.type === 'words' ? parseLabel(labelText(line)) : null;
    if (label !== null) labels.set(line.at, label);
    if (line.type === 'words' && (before?.type !== 'words' || label !== null)) paragraphs += 1;
    before = line;
  }
  const known = lines.flatMap(({ text }) => participantsOf(text));
  return { labels, speakers: decideSpeakers([...labels.values()], { paragraphs, known }) };
}

/** Labels stand in quotes and lists too, in Markdown. */
function labelText({ raw, isMarkdown }: TextLine): string {
  return isMarkdown ? raw.replace(/^(?:>\s?)+/, '').replace(/^[-*+]\s+(?=\S)/, '') : raw;
}

function isAccepted(label: Label | undefined, { accepted }: Speakers): label is Label {
  return label !== undefined && accepted.has(labelKey(label.name));
}

function widthsOf(lines: readonly TextLine[]): number[] {
  // In parts, for a function takes no more than some ten thousand arguments.
  const widths: number[] = [];
  for (let at = 0; at < lines.length; at += 5000) widths.push(Math.max(...lines.slice(at, at + 5000).map(({ raw }) => raw.length)));
  return widths.slice(0, 20_000);
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
  const note = reading.note === null ? noteStart(line.text, reading.isAnnotated) : null;
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
  reading.isEndMatter = !isBefore && END_MATTER.test(heading);
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

/** A time on a line of its own is that of what follows: of the turn that has just begun, or of the one to come. */
function readTime(reading: ReadingState, time: [number, number | null]): void {
  const { open } = reading.draft;
  if (open?.type === 'turn' && open.pieces.length === 0 && open.turn.start === null) [open.turn.start, open.turn.end] = time;
  else reading.time = time;
}

function readNote(reading: ReadingState, start: NoteStart, line: TextLine): void {
  const pieces = openNote(reading.draft, start.term, line);
  addPiece(pieces, start.definition, true);
  reading.note = { start, pieces };
}

/** The paragraph below a term is its definition; a further one belongs to it where it names the term and is the last before somebody speaks. */
function goesOnWithNote(reading: ReadingState, line: TextLine, at: number): boolean {
  const { note, labels, speakers, sections, lines } = reading;
  if (note === null || isAccepted(labels.get(line.at), speakers) || sections.headings.has(line.at)) return false;
  if (line.type === 'heading' || noteStart(line.text, reading.isAnnotated) !== null) return false;
  if (note.pieces.length === 0) return true;
  if (!continuesNote(line.text, note.start) || !endsPassage(reading, lines, at)) return false;
  reading.findings.push(finding('longer-note', placeOf(reading.draft, line), { term: note.start.term }));
  return true;
}

/** Whether somebody speaks, a section begins or the text ends behind this paragraph. */
function endsPassage({ labels, speakers, sections, isAnnotated }: ReadingState, lines: readonly TextLine[], at: number): boolean {
  let next = at + 1;
  while (lines[next]?.type === 'words' && lines[next - 1]?.type === 'words') next += 1;
  while (lines[next]?.type === 'blank' || lines[next]?.type === 'rule') next += 1;
  const line = lines[next];
  if (line === undefined || line.type === 'heading' || sections.headings.has(line.at)) return true;
  return isAccepted(labels.get(line.at), speakers) || noteStart(line.text, isAnnotated) !== null;
}

function readWords(reading: ReadingState, line: TextLine, at: number, isContinuing: boolean): void {
  const { draft, note } = reading;
  const isNew = !isContinuing || !isWrapped(reading, at);
  if (note !== null) {
    addPiece(note.pieces, line.text, isNew);
    return;
  }
  if (line.at < reading.firstTurn) {
    readBeforeTurns(reading, line, at, isNew);
    return;
  }
  const address = addressLine(line.text);
  if (address !== null) for (const key of ['url', 'media'] as const) reading.head[key] ??= { url: null, media: null, ...address }[key];
  if (!isContinuing && END_MATTER.test(line.text)) reading.isEndMatter = true;
  if (reading.isEndMatter || EDITORIAL.test(line.text)) openProse(draft, line);
  else if (draft.open?.type !== 'turn') openTurn(draft, draft.lastSpeaker, line, { start: null, end: null });
  if (draft.open === null) return;
  if (draft.open.type === 'turn') draft.spans.push({ from: line.from, to: line.to, turn: draft.open.turn });
  addPiece(draft.open.pieces, line.text, isNew);
}

function readBeforeTurns(reading: ReadingState, line: TextLine, at: number, isNew: boolean): void {
  const { draft, head, lines } = reading;
  const named = Object.entries(headLine(line.text) ?? {}) as [keyof TranscriptHead, string][];
  const [key, value] = named[0] ?? [];
  if (key !== undefined && value !== undefined && head[key] === null) {
    head[key] = value;
    return;
  }
  const isAlone = lines[at - 1]?.type !== 'words' && lines[at + 1]?.type !== 'words';
  const isShort = line.text.length <= 120 && !/[.。!！；;,，:：]$/.test(line.text) && /\p{L}/u.test(line.text);
  if (head.title === null && draft.parts.length === 0 && isAlone && isShort && reading.firstTurn < Number.POSITIVE_INFINITY) {
    head.title = line.text;
    return;
  }
  openProse(draft, line);
  if (draft.open !== null) addPiece(draft.open.pieces, line.text, isNew);
}

/** Whether the line above goes on here: Markdown breaks lines anywhere, plain text at its right margin. */
function isWrapped({ lines, width }: ReadingState, at: number): boolean {
  const above = lines[at - 1];
  if (above === undefined || /^(?:[-*+•●]|\d{1,3}[.)）、])\s*\S/.test(lines[at]?.text ?? '')) return false;
  return above.isMarkdown ? !/(?: {2}|\\)$/.test(above.raw) : width <= 120 && above.raw.length >= Math.max(40, width * 0.6);
}

function unsureLabels({ lines, labels, speakers, sections, draft, firstTurn }: ReadingState): ImportFinding[] {
  if (firstTurn === Number.POSITIVE_INFINITY) return [];
  const unsure = [...labels].filter(
    ([at, { name }]) => at > firstTurn && !sections.headings.has(at) && speakers.unsure.has(labelKey(name)),
  );
  return unsure.map(([at, { name }]) =>
    finding('unsure-speaker', { file: draft.file, line: lines[at]?.line ?? 1, column: 1 }, { label: name }),
  );
}

const END_MATTER =
  /^(?:references?|sources|bibliography|further reading|links|show notes|credits|about the authors?|参考|参考资料|参考文献|参考链接|资料来源|引用|延伸阅读|相关链接|相关阅读)\s*[:：]?$/i;
const EDITORIAL = /^[[(（【]?(?:editor['’]?s?|translator['’]?s?) note\b|^[[(（【]?(?:编者按|编者注|编按|译者注)[:：]/i;
