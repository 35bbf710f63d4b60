/**
 * Checks before anything is written: facts that must come from options because files lack them, and changes that would make a content
 * folder unreadable.
 */
import { unknownNames } from '../../import/exchanges/people.ts';
import type { InterviewFacts } from '../../import/merge/interview-facts.ts';
import type { MakingOptions } from '../../import/options.ts';
import { isTurn, type Transcript } from '../../import/transcript.ts';
import { EXIT, ExpectedError } from '../../shared/errors.ts';

/** A transcript that will become an interview. */
export interface ImportCandidate {
  transcript: Transcript;
  id: string;
  facts: InterviewFacts;
  existing: { index: object | null };
}

/** Throws ExpectedError (exit code 2) that lists all missing facts at once. */
export function checkFacts(
  candidates: readonly ImportCandidate[],
  locales: readonly string[],
  interviews: ReadonlyMap<string, string>,
): void {
  const fresh = candidates.filter(({ existing }) => existing.index === null);
  const without = (key: 'date' | 'lang') => fresh.filter(({ facts }) => facts[key] === null).map(({ transcript }) => transcript.file);
  const [dates, langs] = [without('date'), without('lang')];
  if (dates.length + langs.length > 0) {
    const asked = [
      dates.length > 0 ? `when the interview was (${list(dates)})` : '',
      langs.length > 0 ? `in which language it is (${list(langs)})` : '',
    ].filter((each) => each !== '');
    const example = [dates.length > 0 ? '--date 2023-08-21 (or 2023-08, or 2023)' : '', langs.length > 0 ? '--lang en' : ''];
    throw new ExpectedError(`the file does not say ${asked.join(', nor ')}`, {
      exitCode: EXIT.usage,
      hint: `add ${example.filter((each) => each !== '').join(' ')}`,
    });
  }
  const unknown = candidates.find(({ facts, id }) => !interviews.has(id) && !locales.includes(facts.lang ?? ''));
  if (unknown !== undefined) {
    throw new ExpectedError(`there is no locale for the language "${unknown.facts.lang}" of ${unknown.transcript.file}`, {
      exitCode: EXIT.usage,
      hint: `known: ${locales.join(', ')}; a new one is a file in templates/locales/. If the file is in another language, say so: --lang en`,
    });
  }
}

export function checkNames(read: readonly { transcript: Transcript }[], making: MakingOptions): void {
  const turns = read.flatMap(({ transcript }) => transcript.parts.filter(isTurn));
  const [unknown] = turns.length === 0 ? [] : unknownNames(turns, { ...making, unknown: '' });
  if (unknown !== undefined) {
    const heard = [...new Set(turns.flatMap(({ speaker }) => speaker ?? []))];
    throw new ExpectedError(`nobody in the file is called "${unknown}"`, {
      exitCode: EXIT.usage,
      hint: heard.length === 0 ? 'the file names nobody' : `it has: ${list(heard)}`,
    });
  }
  if (read.length < 2) return;
  const single = (['id', 'title', 'url'] as const).find((key) => making[key] !== null);
  if (single !== undefined) {
    throw new ExpectedError(`--${single} is for one interview, and there are ${read.length}`, {
      exitCode: EXIT.usage,
      hint: 'import them one by one',
    });
  }
}

/**
 * Throws when the most common language changes: files without a language in their name are in that language, so all of them would be read
 * in another one.
 */
export function checkBaseLanguage(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): void {
  const [was, becomes] = [mostCommon(before), mostCommon(after)];
  if (was === null || was === becomes) return;
  throw new ExpectedError(
    `with this import most interviews would be in ${becomes}, and themes and terms, which are in ${was}, would be read as ${becomes}`,
    {
      hint: 'give these interviews a content folder of their own: --content DIR',
    },
  );
}

/** Decides as the content reader does: ties go to the alphabetically smaller code. */
function mostCommon(langs: ReadonlyMap<string, string>): string | null {
  const counts = new Map<string, number>();
  for (const lang of langs.values()) counts.set(lang, (counts.get(lang) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

function list(items: readonly string[]): string {
  return items.length > 5 ? `${items.slice(0, 5).join(', ')} and ${items.length - 5} more` : items.join(', ');
}
