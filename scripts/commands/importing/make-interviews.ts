/** Turns transcripts into changes to a content folder. All changes are planned before the first one is written. */
import path from 'node:path';
import { unusedSlug } from '../../import/exchanges/ascii-slug.ts';
import type { ImportFinding } from '../../import/finding.ts';
import { readExisting } from '../../import/merge/existing.ts';
import type { FileChange } from '../../import/merge/file-change.ts';
import { factsOf, interviewId } from '../../import/merge/interview-facts.ts';
import type { KnownContent } from '../../import/merge/known.ts';
import type { MakingOptions } from '../../import/options.ts';
import { type ImportPlan, planImport } from '../../import/plan-import.ts';
import { withDeclaredTags } from '../../import/tags/declare-tags.ts';
import type { Transcript } from '../../import/transcript.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { pathFromHere } from '../../shared/paths.ts';
import { checkBaseLanguage, checkFacts, checkNames } from './import-checks.ts';
import { knownContent } from './known-content.ts';

export interface MadeInterviews {
  plans: ImportPlan[];
  changes: FileChange[];
  findings: ImportFinding[];
  /** Interviews that are not made, because another interview already has their id. */
  failed: ExpectedError[];
  /** Tags that are added to tags.md. */
  declared: string[];
}

/** Plans the changes. Throws ExpectedError when a file lacks a fact that content needs. */
export async function makeInterviews(
  read: readonly { transcript: Transcript; isAlone: boolean }[],
  locales: readonly string[],
  making: MakingOptions,
  content: string,
): Promise<MadeInterviews> {
  const { known, interviews } = await knownContent(content, locales);
  const taken = new Set<string>();
  checkNames(read, making);
  const candidates = read.map(({ transcript, isAlone }) => ({
    transcript,
    id: unusedSlug(interviewId(transcript, making, isAlone), taken),
    facts: factsOf(transcript, making),
  }));
  const withExisting = await Promise.all(candidates.map(async (each) => ({ ...each, existing: await readExisting(content, each.id) })));
  checkFacts(withExisting, locales, interviews);
  const langs = new Map([...interviews, ...withExisting.map(({ id, facts }) => [id, interviews.get(id) ?? facts.lang ?? ''] as const)]);
  checkBaseLanguage(interviews, langs);
  const made: MadeInterviews = { plans: [], changes: [], findings: [], failed: [], declared: [] };
  let learned: KnownContent = known;
  const undeclared = new Map<string, string>();
  for (const { transcript, facts, existing } of withExisting) {
    // An existing interview keeps its date and language, whatever the options say.
    const written = existing.index?.matter?.data.lang;
    const lang = interviews.get(existing.id) ?? (typeof written === 'string' ? written : (facts.lang ?? 'en'));
    const plan = planImport(transcript, { ...facts, date: facts.date ?? '', lang }, existing, learned, making);
    if (plan === null) {
      made.failed.push(otherInterview(transcript, existing.id, content));
      continue;
    }
    made.plans.push(plan);
    made.changes.push(...plan.changes);
    made.findings.push(...plan.findings.map((each) => atContent(each, content)));
    learned = plan.known;
    for (const [tag, words] of plan.undeclared) undeclared.set(tag, words);
  }
  const tags = await withDeclaredTags(content, undeclared);
  if (tags !== null) made.changes.push(tags);
  made.declared = [...undeclared.keys()];
  return made;
}

function otherInterview({ file }: Transcript, id: string, content: string): ExpectedError {
  const folder = pathFromHere(path.join(content, 'interviews', id));
  return new ExpectedError(`${folder} holds another interview: nothing that is said there is in ${file}`, {
    hint: `nothing of it was written; give this one a name of its own: --id ${id}-2`,
  });
}

/** Findings about content files get the path from the working folder. */
function atContent(found: ImportFinding, content: string): ImportFinding {
  return OF_CONTENT.has(found.code) ? { ...found, file: pathFromHere(path.join(content, found.file)) } : found;
}

const OF_CONTENT: ReadonlySet<string> = new Set(['not-updated', 'not-read', 'kept-as-written']);
