/** Generates repeatedly, and reports only what is new. */
import { ExpectedError } from '../../shared/errors.ts';
import { pathFromHere } from '../../shared/paths.ts';
import type { Report } from '../../shared/report.ts';
import { describeOutcome, type Generated, isAmiss, writeDecks } from '../generate.ts';
import { Warm } from '../live/warm.ts';
import type { Since } from '../load-earlier.ts';
import { plural, problemLine } from '../problems.ts';
import type { Settings } from '../settings.ts';
import { describeWithdrawn } from './withdraw.ts';

export interface Regenerated {
  /** The files of the decks that were written. */
  changed: string[];
  /** The files of all good decks, including the written ones. */
  ready: string[];
  /** Null when nothing could be generated. */
  generated: Generated | null;
}

/** Problems in words, by key. The key does not contain the line, so that a line added above does not make a problem new. */
type Problems = Map<string, () => string>;

export class Regenerator {
  readonly #themes: string[];
  readonly #since: Since | null;
  readonly #settings: Settings;
  readonly #warm = new Warm();
  #known: Problems = new Map();

  constructor(themes: string[], since: Since | null, settings: Settings) {
    this.#themes = themes;
    this.#since = since;
    this.#settings = settings;
  }

  /** Generates, and reports what has changed, which problems are new and which are solved. Throws only bugs. */
  async run(): Promise<Regenerated> {
    const { report } = this.#settings;
    try {
      // Embargoes end while the process runs, so the date is read each time.
      const settings = { ...this.#settings, report: silent(report), now: new Date() };
      const generated = await writeDecks(this.#themes, this.#since, this.#settings, { said: settings, warm: this.#warm });
      for (const line of changesIn(generated)) report.say(line);
      this.#tell(problemsIn(generated, this.#settings));
      const ready = generated.outcomes.filter(({ state }) => state === 'ready');
      const changed = ready.filter((outcome) => outcome.state === 'ready' && !outcome.unchanged);
      return { changed: changed.map(({ file }) => file), ready: ready.map(({ file }) => file), generated };
    } catch (error) {
      this.#settings.signal.throwIfAborted();
      if (!(error instanceof ExpectedError)) throw error;
      const { message, hint } = error;
      this.#tell(new Map([[message, () => (hint === null ? message : `${message}; ${hint}`)]]), true);
      return { changed: [], ready: [], generated: null };
    }
  }

  /** `more` means that other problems could not be checked, so known ones are kept. */
  #tell(found: Problems, more = false): void {
    const { report } = this.#settings;
    const added = [...found].filter(([key]) => !this.#known.has(key));
    const mended = more ? 0 : [...this.#known.keys()].filter((key) => !found.has(key)).length;
    for (const [, words] of added) report.warn(words());
    if (mended > 0)
      report.say(found.size === 0 ? '✓ all problems are mended' : `✓ ${plural(mended, 'problem')} mended, ${found.size} left`);
    this.#known = more ? new Map([...this.#known, ...found]) : found;
  }
}

function changesIn({ outcomes, orphans, withdrawn }: Generated): string[] {
  const decks = outcomes.filter(
    (outcome) => (outcome.state === 'ready' && !outcome.unchanged) || (outcome.state === 'empty' && outcome.current !== null),
  );
  const removed = orphans.map((file) => `- ${pathFromHere(file)} removed: its theme is gone`);
  return [...decks.map((outcome) => describeOutcome(outcome, true)), ...removed, ...withdrawn.map(describeWithdrawn)];
}

function problemsIn({ workspace, outcomes }: Generated, settings: Settings): Problems {
  const problems: Problems = new Map();
  for (const problem of workspace.problems) {
    const { file, code, args } = problem;
    problems.set(JSON.stringify([file, code, args]), () => problemLine(problem, settings));
  }
  for (const outcome of outcomes.filter(isAmiss)) {
    const line = describeOutcome(outcome, true);
    problems.set(line, () => line);
  }
  return problems;
}

function silent(report: Report): Report {
  return { ...report, say: () => {}, warn: () => {} };
}
