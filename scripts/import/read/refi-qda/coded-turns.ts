/** Sets the codes and times of a REFI-QDA source on the turns of its text. */
import type { ImportFinding } from '../../finding.ts';
import { finding } from '../../finding-text.ts';
import type { Turn } from '../../transcript.ts';
import type { LineSpan } from '../turns/draft.ts';
import type { PositionMap } from './positions.ts';
import type { QdaSource } from './project.ts';

export interface CodedText {
  source: QdaSource;
  /** With plain line ends. */
  text: string;
  positions: PositionMap;
  /** In the order of the text. */
  spans: readonly LineSpan[];
  /** The name of the text in places. */
  file: string;
}

/** Sets codes and times on the turns. Reports codes that match no turn and leaves them out. */
export function codeTurns({ source, text, positions, spans, file }: CodedText): ImportFinding[] {
  const findings: ImportFinding[] = [];
  const added = new Map<Turn, Set<string>>();
  const add = (turns: readonly Turn[], codes: readonly string[], line: number, quote: string) => {
    for (const turn of turns) added.set(turn, new Set([...(added.get(turn) ?? []), ...codes]));
    if (turns.length === 0)
      findings.push(finding('unplaced-code', { file, line, column: 1 }, { codes: [...codes], quote: quote.slice(0, 60) }));
  };
  const lineAt = lineFinder(text);
  for (const { start, end, codes, name } of source.selections) {
    const [from, to] = [positions(start), positions(end)];
    const turns = from === null || to === null ? [] : turnsBetween(spans, from, to);
    add(turns, codes, from === null ? 1 : lineAt(from), name || (from === null || to === null ? '' : text.slice(from, to)));
  }
  setTimes(source, positions, spans);
  const timed = [...new Set(spans.map(({ turn }) => turn))].filter(({ start }) => start !== null);
  for (const { from, to, codes } of source.spans) add(turnsAtTimes(timed, from, to), codes, 1, '');
  for (const [turn, codes] of added) turn.codes = [...new Set([...turn.codes, ...codes])];
  return findings.sort((a, b) => a.line - b.line);
}

function turnsBetween(spans: readonly LineSpan[], from: number, to: number): Turn[] {
  const turns = new Set<Turn>();
  for (let at = firstEndingBehind(spans, from); at < spans.length; at += 1) {
    const span = spans[at];
    if (span === undefined || span.from >= to) break;
    turns.add(span.turn);
  }
  return [...turns];
}

/** Returns the first span that ends after a position. Binary search, because there may be ten thousand of each. */
function firstEndingBehind(spans: readonly LineSpan[], position: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first sync point inside a turn gives its start. */
function setTimes({ syncPoints }: QdaSource, positions: PositionMap, spans: readonly LineSpan[]): void {
  for (const { position, time } of syncPoints) {
    const at = positions(position);
    const turn = at === null ? undefined : turnsBetween(spans, at, at + 1)[0];
    if (turn !== undefined) turn.start = Math.min(turn.start ?? time, time);
  }
}

/** Returns the turns that overlap a range of time. A turn without an end lasts until the next one begins. */
function turnsAtTimes(timed: readonly Turn[], from: number, to: number): Turn[] {
  return timed.filter(({ start, end }, index) => (start ?? 0) < to && (end ?? timed[index + 1]?.start ?? Number.POSITIVE_INFINITY) > from);
}

function lineFinder(text: string): (position: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (position) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
