/** Reads the rows of a CSV file with their lines and any delimiter. A broken quote does not lose the rest of the file. */
import { CsvError, type Options, parse } from 'csv-parse/sync'; // The oldest CSV parser for Node, no dependencies; gives lines and tolerates broken quotes.

export interface CsvRow {
  cells: string[];
  /** The line where it begins. */
  line: number;
}

export interface CsvRows {
  rows: CsvRow[];
  /** The line of a quote that is never closed. From there on quotes are ordinary characters. */
  unclosed: number | null;
}

/** Reads rows and skips empty lines. Detects the delimiter from the first line. */
export function readRows(text: string): CsvRows {
  const delimiter = delimiterOf(text);
  const rows: CsvRow[] = [];
  try {
    collect(text, { delimiter }, 1, rows);
    return { rows, unclosed: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const last = rows.at(-1);
    const line = last === undefined ? 1 : last.line + breaksIn(last.cells) + 1;
    const rest = text.split('\n').slice(line - 1);
    collect(rest.join('\n'), { delimiter, quote: false }, line, rows);
    return { rows, unclosed: line };
  }
}

function collect(text: string, options: Options, firstLine: number, rows: CsvRow[]): void {
  parse(text, {
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    ...options,
    on_record: (cells: string[], { lines }) => {
      // The parser gives the line where a row ends.
      rows.push({ cells, line: firstLine + lines - 1 - breaksIn(cells) });
      return null;
    },
  });
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => (cell.includes('\n') ? sum + cell.split('\n').length - 1 : sum), 0);
}

/** Returns the delimiter that occurs most often in the first line. */
export function delimiterOf(text: string): string {
  const end = text.indexOf('\n');
  const first = text.slice(0, Math.min(end === -1 ? text.length : end, 2000));
  const counted = [',', ';', '\t', '|'].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}
