/** Transcripts and coded projects -> content files. */
import path from 'node:path';
import { withDeclaredTags } from '../import/declare-tags.ts';
import { unifiedDiff } from '../import/diff.ts';
import { readExisting } from '../import/existing.ts';
import type { FileChange } from '../import/file-change.ts';
import type { ImportFinding } from '../import/finding.ts';
import { findInputs, type InputFile } from '../import/input-files.ts';
import { factsOf, type InterviewFacts, interviewId } from '../import/interview-facts.ts';
import type { KnownContent } from '../import/known.ts';
import type { MakingOptions } from '../import/options.ts';
import { unknownNames } from '../import/people.ts';
import { type ImportPlan, planImport } from '../import/plan-import.ts';
import { type ReadOptions, readTranscripts } from '../import/read/index.ts';
import type { Transcript, Turn } from '../import/transcript.ts';
import { EXIT, type ExitCode, ExpectedError } from '../shared/errors.ts';
import { namesIn } from '../shared/files.ts';
import { pathFromHere } from '../shared/paths.ts';
import { writeAll } from '../shared/write-all.ts';
import { whileLocked } from './folder-lock.ts';
import { importAsJson, sayFindings, sayImport } from './import-report.ts';
import { knownContent } from './known-content.ts';
import type { Settings } from './settings.ts';

export interface ImportOptions {
  making: MakingOptions;
  reading: ReadOptions;
  explain: boolean;
  dryRun: boolean;
}

/** Everything that one run makes, of all its files. */
export interface Imported {
  plans: ImportPlan[];
  changes: FileChange[];
  findings: ImportFinding[];
  /** Files of which nothing could be read, among others. */
  failed: ExpectedError[];
  /** Tags that tags.md declares anew. */
  declared: string[];
}

/**
 * Reads transcripts and writes their interviews, all files or none. Exit code 1 when anything was left out. Throws ExpectedError with exit code 2
 * for what a file does not say and options have to.
 */
export async function importCommand(
  named: readonly string[],
  options: ImportOptions,
  settings: Settings,
  stdin: AsyncIterable<Uint8Array | string> = process.stdin,
): Promise<ExitCode> {
  const { folders, signal, report } = settings;
  const read = await readAll(await findInputs(named, stdin), options, settings);
  const locales = (await namesIn(path.join(folders.templates, 'locales'))).flatMap((name) => /^([a-z]{2,3})\.json$/.exec(name)?.[1] ?? []);
  const make = async () => makeAll(read.transcripts, locales, options, settings);
  const made = options.dryRun
    ? await make()
    : await whileLocked(folders.content, settings, async () => {
        const planned = await make();
        await writeAll(folders.content, planned.changes, signal);
        return planned;
      });
  const imported: Imported = { ...made, findings: [...read.findings, ...made.findings], failed: read.failed };
  for (const { message, hint } of imported.failed) report.warn(`✗ ${message}${hint === null ? '' : `; ${hint}`}`);
  sayFindings(imported.findings, settings);
  if (options.dryRun) for (const line of unifiedDiff(imported.changes).split('\n')) report.say(line);
  sayImport(imported, options, settings);
  const isLeftOut = imported.failed.length > 0 || imported.findings.some(({ severity }) => severity === 'error');
  const exitCode = isLeftOut ? EXIT.failed : EXIT.done;
  report.summary({ command: 'import', exitCode, ...importAsJson(imported, options, settings) });
  return exitCode;
}

interface ReadAll {
  transcripts: { transcript: Transcript; isAlone: boolean }[];
  findings: ImportFinding[];
  failed: ExpectedError[];
}

/** One file that cannot be read does not keep the others; alone it is the run's failure. */
async function readAll(inputs: readonly InputFile[], { reading }: ImportOptions, { signal }: Settings): Promise<ReadAll> {
  const all: ReadAll = { transcripts: [], findings: [], failed: [] };
  for (const input of inputs) {
    signal.throwIfAborted();
    try {
      const { transcripts, findings } = await readTranscripts(await input.bytes(), input.name, reading);
      all.findings.push(...findings);
      for (const transcript of transcripts) {
        if (transcript.parts.some(isTurn)) all.transcripts.push({ transcript, isAlone: transcripts.length === 1 });
        else all.failed.push(nothingSaid(transcript));
      }
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      all.failed.push(error);
    }
  }
  const [only] = all.failed;
  if (all.transcripts.length === 0 && all.failed.length === 1 && only !== undefined) throw only;
  return all;
}

function nothingSaid({ file, head }: Transcript): ExpectedError {
  return new ExpectedError(`${head.title === null ? file : `${file}: ${head.title}`}: nobody says anything in it; nothing is imported`, {
    hint: 'turns begin with a name and a colon, such as "Ana: Hello"',
  });
}

async function makeAll(
  read: ReadAll['transcripts'],
  locales: readonly string[],
  { making }: ImportOptions,
  { folders }: Settings,
): Promise<Omit<Imported, 'failed'>> {
  const { known, interviews } = await knownContent(folders.content, locales);
  const taken = new Set<string>();
  checkNames(read, making);
  const candidates = read.map(({ transcript, isAlone }) => ({
    transcript,
    id: unused(interviewId(transcript, making, isAlone), taken),
    facts: factsOf(transcript, making),
  }));
  const withExisting = await Promise.all(
    candidates.map(async (each) => ({ ...each, existing: await readExisting(folders.content, each.id) })),
  );
  checkFacts(withExisting, locales, interviews);
  const langs = new Map([...interviews, ...withExisting.map(({ id, facts }) => [id, interviews.get(id) ?? facts.lang ?? ''] as const)]);
  checkBaseLanguage(interviews, langs);
  const made: Omit<Imported, 'failed'> = { plans: [], changes: [], findings: [], declared: [] };
  let learned: KnownContent = known;
  const undeclared = new Map<string, string>();
  for (const { transcript, facts, existing } of withExisting) {
    // An interview that is there has its own date and language, whatever is given now.
    const written = existing.index?.matter?.data.lang;
    const lang = interviews.get(existing.id) ?? (typeof written === 'string' ? written : (facts.lang ?? 'en'));
    const plan = planImport(transcript, { ...facts, date: facts.date ?? '', lang }, existing, learned, making);
    if (plan === null) throw otherInterview(transcript, existing.id, folders.content);
    made.plans.push(plan);
    made.changes.push(...plan.changes);
    made.findings.push(...plan.findings.map((each) => atContent(each, folders.content)));
    learned = plan.known;
    for (const [tag, words] of plan.undeclared) undeclared.set(tag, words);
  }
  const tags = await withDeclaredTags(folders.content, undeclared);
  if (tags !== null) made.changes.push(tags);
  made.declared = [...undeclared.keys()];
  return made;
}

type Candidate = { transcript: Transcript; id: string; facts: InterviewFacts; existing: { index: object | null } };

/** Asks for everything that is missing at once. */
function checkFacts(candidates: readonly Candidate[], locales: readonly string[], interviews: ReadonlyMap<string, string>): void {
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

function checkNames(read: ReadAll['transcripts'], making: MakingOptions): void {
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

/** Files without a language in their name are in that of most interviews: if that changed, all of them would be read in another one. */
function checkBaseLanguage(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): void {
  const [was, becomes] = [mostCommon(before), mostCommon(after)];
  if (was === null || was === becomes) return;
  throw new ExpectedError(
    `with this import most interviews would be in ${becomes}, and themes and terms, which are in ${was}, would be read as ${becomes}`,
    {
      hint: 'give these interviews a content folder of their own: --content DIR',
    },
  );
}

/** As the content reader decides: ties go to the smaller code. */
function mostCommon(langs: ReadonlyMap<string, string>): string | null {
  const counts = new Map<string, number>();
  for (const lang of langs.values()) counts.set(lang, (counts.get(lang) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

function otherInterview({ file }: Transcript, id: string, content: string): ExpectedError {
  const folder = pathFromHere(path.join(content, 'interviews', id));
  return new ExpectedError(`${folder} holds another interview: nothing that is said there is in ${file}`, {
    hint: `nothing was written; give this one a name of its own: --id ${id}-2`,
  });
}

/** Findings about content files are told by the path that one would open. */
function atContent(found: ImportFinding, content: string): ImportFinding {
  return /^(?:interviews|terms)\/[^/]+/.test(found.file) && found.line === 1 && found.code.startsWith('not-')
    ? { ...found, file: pathFromHere(path.join(content, found.file)) }
    : found;
}

function unused(id: string, taken: Set<string>): string {
  let each = id;
  for (let count = 2; taken.has(each); count += 1) each = `${id}-${count}`;
  taken.add(each);
  return each;
}

function isTurn(part: Transcript['parts'][number]): part is Turn {
  return part.type === 'turn';
}

function list(items: readonly string[]): string {
  return items.length > 5 ? `${items.slice(0, 5).join(', ')} and ${items.length - 5} more` : items.join(', ');
}
