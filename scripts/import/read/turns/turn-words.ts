/** Reads lines that are not labels, headings or notes. They continue a turn or are prose. */
import type { TranscriptHead } from '../../transcript.ts';
import { addPiece, openProse, openTurn } from './draft.ts';
import { addressLine, headLine } from './head.ts';
import type { ReadingState } from './reading-state.ts';
import type { TextLine } from './turn-lines.ts';

export function readWords(reading: ReadingState, line: TextLine, at: number, isContinuing: boolean): void {
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

/**
 * Whether a line continues the one above. Markdown may break lines anywhere; plain text breaks at the right margin or inside a sentence.
 */
function isWrapped({ lines, width }: ReadingState, at: number): boolean {
  const above = lines[at - 1];
  if (above === undefined || /^(?:[-*+•●]|\d{1,3}[.)）、])\s*\S/.test(lines[at]?.text ?? '')) return false;
  if (/^[\p{L} ]{1,30}[:：]\s/u.test(lines[at]?.text ?? '')) return false;
  if (above.isMarkdown) return !/(?: {2}|\\)$/.test(above.raw);
  const isSentence = /[\p{L}\p{N},]$/u.test(above.text) && /^\p{Ll}/u.test(lines[at]?.text ?? '');
  return isSentence || (width <= 120 && above.raw.length >= Math.max(40, width * 0.6));
}

/** The length of the longest line. */
export function longestLine(lines: readonly TextLine[]): number {
  return lines.reduce((width, { raw }) => Math.max(width, raw.length), 0);
}

/** Whether a heading begins matter after the talk, such as references. */
export function isEndMatter(heading: string): boolean {
  return END_MATTER.test(heading);
}

const END_MATTER =
  /^(?:references?|sources|bibliography|further reading|links|show notes|credits|about the authors?|参考|参考资料|参考文献|参考链接|资料来源|引用|延伸阅读|相关链接|相关阅读)\s*[:：]?$/i;
const EDITORIAL = /^[[(（【]?(?:editor['’]?s?|translator['’]?s?) note\b|^[[(（【]?(?:编者按|编者注|编按|译者注)[:：]/i;
