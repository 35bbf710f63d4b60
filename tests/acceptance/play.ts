/** A line of README.md, played twice as its entry says, and everything that was not as it should be. */
import type { Line, Step } from './lines.ts';
import { faultsOf, filesByName } from './opened.ts';
import type { Place } from './places.ts';
import { type Circumstances, type Lasting, type Outcome, runLine } from './run-line.ts';

export interface Played {
  first: Outcome;
  second: Outcome;
  /** Hash of every file that the first run has made, by name. */
  made: Map<string, string>;
  faults: string[];
}

/** Does what comes before, runs the line, and runs it again. The place is left as the second run leaves it. */
export async function play(place: Place, entry: Line, circumstances: Circumstances = {}): Promise<Played> {
  await prepare(place, entry.before ?? [], circumstances);
  const first = await once(place, entry, 0, circumstances);
  const second = await once(place, entry, 1, circumstances);
  const faults = [...first.faults.map((fault) => `first run: ${fault}`), ...second.faults.map((fault) => `second run: ${fault}`)];
  return { first: first.outcome, second: second.outcome, made: first.made, faults };
}

async function prepare(place: Place, steps: readonly Step[], circumstances: Circumstances): Promise<void> {
  for (const step of steps) {
    if (typeof step !== 'string') {
      await step(place.project);
      continue;
    }
    const { exitCode, stderr } = await runLine(place, step, circumstances);
    if (exitCode !== 0) throw new Error(`${step} has to be done before and ends with ${exitCode}: ${stderr}`);
  }
}

async function once(place: Place, entry: Line, which: 0 | 1, circumstances: Circumstances) {
  const before = filesByName(place.project);
  const { visit } = entry;
  const lasting = visit && ({ visit: (url, hear) => visit({ url, project: place.project, hear }) } satisfies Lasting);
  const outcome = await runLine(place, entry.line, circumstances, lasting);
  const after = filesByName(place.project);
  const made = new Map([...after].filter(([name, hash]) => before.get(name) !== hash));
  const words = outcome.stdout + outcome.stderr;
  const expected = visit === undefined ? 0 : 130;
  const faults = [
    ...(outcome.exitCode === expected ? [] : [`exit code ${outcome.exitCode} instead of ${expected}`]),
    ...entry.says[which].filter((pattern) => !pattern.test(words)).map((pattern) => `it does not say ${pattern}`),
    ...difference(entry.makes[which], [...made.keys()]),
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => `${name} is gone`),
    ...(await faultsOf(place.project, [...made.keys()], words, place.content === 'fixture')),
    ...wrongWords(words),
    ...outcome.left.map((name) => `left behind: ${name}`),
  ];
  return { outcome, made, faults: faults.length === 0 ? [] : [...faults, `it says:\n${words}`] };
}

function difference(expected: readonly string[], actual: readonly string[]): string[] {
  return [
    ...expected.filter((name) => !actual.includes(name)).map((name) => `${name} was not made`),
    ...actual.filter((name) => !expected.includes(name)).map((name) => `${name} was written, which is not expected`),
  ];
}

/** What no run may say that ends well: our bugs, Node's warnings, traces of a stack. */
export function wrongWords(words: string): string[] {
  const patterns = [/\bbug\b/i, /\bWarning\b/, /^\s+at .+:\d+:\d+/m, /\b[A-Z]\w*Error\b/, /\bundefined\b/, /✗/];
  return patterns.filter((pattern) => pattern.test(words)).map((pattern) => `it says ${pattern}`);
}
