/** Rows of a CSV file with their lines, whatever its delimiter; one broken quote does not take the rest of the file with it. */
import { CsvError, type Options, parse } from 'csv-parse/sync'; // The oldest CSV parser of Node, no dependencies; tells lines and forgives quotes.

export interface Row {
  cells: string[];
  /** Where it begins. */
  line: number;
}

export interface Rows {
  rows: Row[];
  /** The line of a quote that is never closed; from there on quotes were read as characters. */
  unclosed: number | null;
}

/** Reads rows; empty lines are none. The delimiter is the one of the first line. */
export function readRows(text: string): Rows {
  const delimiter = delimiterOf(text);
  const rows: Row[] = [];
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

function collect(text: string, options: Options, firstLine: number, rows: Row[]): void {
  parse(text, {
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    ...options,
    on_record: (cells: string[], { lines }) => {
      // It is told where a row ends.
      rows.push({ cells, line: firstLine + lines - 1 - breaksIn(cells) });
      return null;
    },
  });
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => (cell.includes('\n') ? sum + cell.split('\n').length - 1 : sum), 0);
}

/** The sign that stands most often in the first line. */
export function delimiterOf(text: string): string {
  const end = text.indexOf('\n');
  const first = text.slice(0, Math.min(end === -1 ? text.length : end, 2000));
  const counted = [',', ';', '\t', '|'].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}
