/**
 * Reads WebVTT and SubRip as they are in practice, not as their grammars require: cues without numbers, without blank lines between them
 * or with blank lines inside, without hours, with `,` or `.` before the milliseconds. No package is tolerant enough.
 */
import type { ImportFinding } from '../../finding.ts';
import { finding } from '../../finding-text.ts';
import { CLOCK, toMilliseconds } from './clock.ts';

export interface Cue {
  /** In ms; null when the times are missing or cannot be read. */
  start: number | null;
  end: number | null;
  /** The text lines, including markup. */
  lines: string[];
  /** The line of its times, or of its first words when it has none. */
  line: number;
}

export interface CueFile {
  cues: Cue[];
  /** Headers, comments and styles, which are not spoken. */
  silent: string[][];
  findings: ImportFinding[];
}

export interface CueSyntax {
  /** Whether the lines before the first times or blank line are a header. */
  isHeader: (line: string) => boolean;
  isSilent: (block: readonly string[]) => boolean;
  /** Whether any line before the times of a cue is its name. If false, only a number is. */
  hasNames: boolean;
}

/** Reads cues. `text` has plain line ends. Reports a cue whose times cannot be read and keeps its words. */
export function readCues(text: string, file: string, syntax: CueSyntax): CueFile {
  const read: CueFile = { cues: [], silent: [], findings: [] };
  for (const [index, block] of toBlocks(text).entries()) {
    const words = index === 0 && syntax.isHeader(block.lines[0] ?? '') ? withoutHeader(block, read) : block;
    if (!words.lines.some(isTiming) && syntax.isSilent(words.lines)) read.silent.push(words.lines);
    else if (words.lines.length > 0) addBlock(read, words, file, syntax);
  }
  return read;
}

interface Block {
  lines: string[];
  /** The line number of its first line. */
  line: number;
}

function toBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') {
      open = null;
      continue;
    }
    if (open === null) {
      open = { lines: [], line: index + 1 };
      blocks.push(open);
    }
    open.lines.push(line);
  }
  return blocks;
}

function withoutHeader({ lines, line }: Block, read: CueFile): Block {
  const timing = lines.findIndex(isTiming);
  const end = timing === -1 ? lines.length : timing;
  read.silent.push(lines.slice(0, end));
  return { lines: lines.slice(end), line: line + end };
}

/** Adds the cues of a block. Every line of times starts a cue: its name may be before the times, its words are after them. */
function addBlock(read: CueFile, { lines, line }: Block, file: string, { hasNames }: CueSyntax): void {
  const timings = lines.flatMap((each, index) => (isTiming(each) ? [index] : []));
  const isName = (at: number) => NUMBER.test(lines[at] ?? '') || (hasNames && at === 0);
  const wordsEnd = (timing: number) => (isName(timing - 1) ? timing - 1 : timing);
  const first = timings[0] === undefined ? lines.length : wordsEnd(timings[0]);
  if (first > 0) continueCue(read, lines.slice(0, first), line);
  for (const [index, at] of timings.entries()) {
    const next = timings[index + 1];
    const end = next === undefined ? lines.length : Math.max(at + 1, wordsEnd(next));
    const timing = lines[at] ?? '';
    const times = readTiming(timing);
    if (times === null) {
      read.findings.push(finding('broken-cue', { file, line: line + at, column: 1 }, { found: timing.trim().slice(0, 80) }));
    }
    read.cues.push({ start: times?.start ?? null, end: times?.end ?? null, lines: lines.slice(at + 1, end), line: line + at });
  }
}

const NUMBER = /^\s*\d{1,9}\s*$/;

/** Adds words without times to the last cue, because a blank line may be inside a cue. */
function continueCue({ cues }: CueFile, lines: readonly string[], line: number): void {
  const last = cues.at(-1);
  if (last === undefined) cues.push({ start: null, end: null, lines: [...lines], line });
  else for (const each of lines) last.lines.push(each);
}

/** Whether a line has an arrow after something like a time, even a broken one, or two times without an arrow. */
function isTiming(line: string): boolean {
  const start = line.slice(0, 80);
  return /^\s*[\d:.,;]*[\d:]\S*\s*--?>/.test(start) || /^\s*\d{1,3}:\d{2}[\d:.,]*\s+\d{1,3}:\d{2}[\d:.,]*\s*$/.test(start);
}

const TIMING = new RegExp(String.raw`^\s*${CLOCK}\s*--?>\s*${CLOCK}(?:\s|$)`);

function readTiming(line: string): { start: number; end: number } | null {
  const match = TIMING.exec(line);
  if (match === null) return null;
  const start = toMilliseconds(match.slice(1, 5));
  const end = toMilliseconds(match.slice(5, 9));
  return start === null || end === null || end < start ? null : { start, end };
}
