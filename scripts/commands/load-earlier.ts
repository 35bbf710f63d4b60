/** Loads the earlier content for `--since`, and reports about it. */
import { type Moment, readMoment } from '../content/kinds/moment.ts';
import { loadEarlierCorpus } from '../content/load-corpus.ts';
import type { Earlier } from '../model/outputs/earlier.ts';
import { loadLocales } from '../render/load-templates.ts';
import { pathFromHere } from '../shared/paths.ts';
import { plural } from './problems.ts';
import type { Settings } from './settings.ts';

/** The earlier content for the comparison, and where it was found. */
export interface Since extends Earlier {
  asked: string;
  commit: string | null;
}

/**
 * Reads the earlier content. Returns null without `--since`. Reports the commit and the files in it that cannot be read. Throws
 * ExpectedError when git, its repository or the revision cannot be used.
 */
export async function loadSince(asked: string | null, { folders, report }: Settings): Promise<Since | null> {
  if (asked === null) return null;
  const moment = readMoment(asked);
  const locales = [...(await loadLocales(folders.templates)).keys()];
  const { corpus, commit, committed } = await loadEarlierCorpus(folders.content, moment, { locales });
  const day = dayOf(committed ?? new Date(0));
  const name = commit === null ? null : `${commit.slice(0, 7)} of ${day}`;
  const where = pathFromHere(folders.content);
  if (name === null) report.warn(`--since ${asked}: there was no commit before that; everything is new`);
  else if (corpus.interviews.length === 0 && corpus.broken.length === 0)
    report.warn(`--since ${asked}: ${where} held no interview at ${name} (was it somewhere else then?); everything is new`);
  else report.say(`changes since ${name}${moment.type === 'date' ? `, the last commit before ${asked}` : ''}`);
  if (corpus.broken.length > 0) {
    const files = corpus.broken.map(({ file }) => file);
    const shown = files.slice(0, 3).join(', ') + (files.length > 3 ? ` and ${files.length - 3} more` : '');
    report.warn(`  the content had ${plural(files.length, 'file')} with errors then: ${shown}; what they held counts as changed`);
  }
  return { asked, commit, corpus, ...daysOf(moment, day) };
}

/** Returns the earlier content's date and commit for the JSON summary. */
export function sinceAsJson(since: Since | null): object {
  return since === null ? {} : { since: { asked: since.asked, commit: since.commit, date: since.since } };
}

function daysOf(moment: Moment, committed: string): Pick<Earlier, 'since' | 'day'> {
  if (moment.type === 'revision') return { since: committed, day: committed };
  return { since: moment.shown, day: dayOf(new Date(moment.begins.getTime() - 1)) };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
