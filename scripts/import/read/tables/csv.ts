/** CSV with a line of headings: `timestamp,speaker,words,tags`, in any order. Times, speakers and tags are optional. */
import { ExpectedError } from '../../../shared/errors.ts';
import type { ImportFinding } from '../../finding.ts';
import { finding } from '../../finding-text.ts';
import { readClock } from '../cues/clock.ts';
import { joinSegments, type Segment } from '../segments/segments.ts';
import { emptyTranscript, type TranscriptReading, type TranscriptSource } from '../source.ts';
import { type Columns, readColumns } from './csv-columns.ts';
import { type CsvRow, readRows } from './csv-rows.ts';

/** Throws ExpectedError when the first line names no column with words. */
export function readCsv({ text, file }: TranscriptSource): TranscriptReading {
  const { rows, unclosed } = readRows(text);
  const columns = readColumns(rows[0]?.cells ?? []);
  if (columns === null) {
    throw new ExpectedError(`${file}:1:1: the first line names no column "words" beside a timestamp, speaker or tags`, {
      hint: 'begin the file with a line of headings: timestamp,speaker,words,tags',
    });
  }
  const findings: ImportFinding[] = [];
  if (unclosed !== null) findings.push(finding('unclosed-quote', { file, line: unclosed, column: 1 }, {}));
  const segments = rows.slice(1).flatMap((row) => readRow(row, columns, file, findings));
  findings.sort((a, b) => a.line - b.line);
  return { transcripts: [{ ...emptyTranscript(file, 'csv'), parts: joinSegments(segments) }], findings };
}

function readRow({ cells: written, line }: CsvRow, columns: Columns, file: string, findings: ImportFinding[]): Segment[] {
  const place = { file, line, column: 1 };
  const cells = fitted(written, columns);
  const words = cells[columns.words]?.trim() ?? '';
  if (words === '') {
    if (written.length < columns.words + 1 && written.some((cell) => /\p{L}/u.test(cell))) {
      findings.push(finding('short-row', place, { cells: written.length, columns: columns.count }));
    }
    return [];
  }
  if (written.length > columns.count) findings.push(finding('wide-row', place, { cells: written.length, columns: columns.count }));
  const time = (column: number | null): number | null => {
    const cell = column === null ? '' : (cells[column]?.trim() ?? '');
    const read = readTime(cell, columns.inMilliseconds);
    if (read === null && cell !== '') findings.push(finding('broken-time', place, { found: cell.slice(0, 60) }));
    return read;
  };
  const name = columns.speaker === null ? '' : (cells[columns.speaker]?.trim() ?? '');
  // whisper.cpp numbers its two channels.
  const speaker = columns.inMilliseconds && /^[\d?]$/.test(name) ? `Speaker ${name}` : name;
  return [
    {
      speaker: speaker === '' ? null : speaker,
      text: words,
      start: time(columns.start),
      end: time(columns.end),
      codes: splitTags(columns.tags === null ? '' : (cells[columns.tags] ?? '')),
      place,
    },
  ];
}

/** Unquoted commas in the words make extra cells, which are joined to the words again. */
function fitted(cells: readonly string[], { count, words }: Columns): readonly string[] {
  const surplus = cells.length - count;
  if (surplus <= 0) return cells;
  return [...cells.slice(0, words), cells.slice(words, words + surplus + 1).join(','), ...cells.slice(words + surplus + 1)];
}

/** Reads a clock time or a number of seconds with an optional fraction. */
function readTime(cell: string, inMilliseconds: boolean): number | null {
  if (!/^\d{1,12}(?:\.\d{1,9})?$/.test(cell)) return readClock(cell.replace(/^[[(](.*)[\])]$/, '$1'));
  return Math.round(inMilliseconds ? Number(cell) : Number(cell) * 1000);
}

export function splitTags(cell: string): string[] {
  return [...new Set(cell.split(/[;|,，；、]/).map((tag) => tag.trim()))].filter((tag) => tag !== '');
}
