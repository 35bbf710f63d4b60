/** Prints what a run reports: lines for people to stderr, and one JSON object to stdout when asked for. */
import type { Writable } from 'node:stream';

export interface Report {
  /** A line for people; not printed with --quiet. */
  say(line: string): void;
  /** A line for people that is printed even with --quiet: errors and warnings. */
  warn(line: string): void;
  /** A progress bar on a terminal. Prints nothing elsewhere, because every deck has its own line there. */
  progress(total: number, what: string): Progress;
  /** Prints the one summary object of --json. */
  summary(object: object): void;
}

export interface Progress {
  /** Counts one more as done. The line, if any, stays above the bar. */
  advance(line?: string): void;
  /** Shows what is being worked on now. */
  working(what: string): void;
  end(): void;
}

export interface ReportOptions {
  json: boolean;
  quiet: boolean;
  out: Writable;
  err: Writable & { isTTY?: boolean; columns?: number };
}

/** Creates a report that prints to the given streams. */
export function createReport({ json, quiet, out, err }: ReportOptions): Report {
  const write = (line: string) => err.write(`${printable(line)}\n`);
  const say = (line: string) => {
    if (!quiet) write(line);
  };
  return {
    say,
    warn: write,
    progress: (total, what) => (err.isTTY && !quiet ? bar(err, total, what, say) : lines(say)),
    summary: (object) => {
      if (json) out.write(`${JSON.stringify(object, null, 2).replace(HIDDEN, asEscape)}\n`);
    },
  };
}

/**
 * Returns text for a terminal, with control and bidi characters replaced: text from content or arguments must not move the cursor or
 * reverse a line.
 */
export function printable(text: string): string {
  return text.replace(HIDDEN, '\ufffd');
}

/** All control characters except tab and line feed, and the characters that change the direction of the text around them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to replace
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** JSON.stringify escapes only the first 32 of them. */
function asEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function lines(say: (line: string) => void): Progress {
  return {
    advance: (line) => {
      if (line !== undefined) say(line);
    },
    working: () => {},
    end: () => {},
  };
}

const CLEAR = '\r\u001b[2K';

function bar(err: ReportOptions['err'], total: number, what: string, say: (line: string) => void): Progress {
  let done = 0;
  let current = '';
  const draw = () => {
    const cells = 24;
    const filled = total === 0 ? cells : Math.round((done / total) * cells);
    const text = `${what} ${'█'.repeat(filled)}${'░'.repeat(cells - filled)} ${done}/${total} ${current}`;
    err.write(CLEAR + printable(text).slice(0, Math.max(20, (err.columns ?? 80) - 1)));
  };
  draw();
  return {
    advance: (line) => {
      done += 1;
      err.write(CLEAR);
      if (line !== undefined) say(line);
      draw();
    },
    working: (name) => {
      current = name;
      draw();
    },
    end: () => err.write(CLEAR),
  };
}
