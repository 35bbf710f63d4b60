/** Imports transcripts and coded projects into content files. */
import path from 'node:path';
import type { ImportFinding } from '../import/finding.ts';
import { findInputs, type InputFile } from '../import/input-files.ts';
import { unifiedDiff } from '../import/merge/diff.ts';
import type { MakingOptions } from '../import/options.ts';
import { type ReadOptions, readTranscripts } from '../import/read/index.ts';
import { isTurn, type Transcript } from '../import/transcript.ts';
import { namesIn } from '../shared/disk/files.ts';
import { writeAll } from '../shared/disk/write-all.ts';
import { EXIT, type ExitCode, ExpectedError } from '../shared/errors.ts';
import { whileLocked } from './folder-lock.ts';
import { importAsJson, sayFindings, sayImport } from './importing/import-report.ts';
import { type MadeInterviews, makeInterviews } from './importing/make-interviews.ts';
import type { Settings } from './settings.ts';

export interface ImportOptions {
  making: MakingOptions;
  reading: ReadOptions;
  explain: boolean;
  dryRun: boolean;
}

/** Everything that a run makes from all its files. */
export type Imported = MadeInterviews;

/**
 * Reads transcripts and writes their interviews, all files or none. Exit code 1 when anything was left out. Throws ExpectedError with exit
 * code 2 when a fact is neither in the file nor given as an option.
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
  const make = async () => makeInterviews(read.transcripts, locales, options.making, folders.content);
  const made = options.dryRun
    ? await make()
    : await whileLocked(folders.content, settings, async () => {
        const planned = await make();
        await writeAll(folders.content, planned.changes, signal);
        return planned;
      });
  const imported: Imported = { ...made, findings: [...read.findings, ...made.findings], failed: [...read.failed, ...made.failed] };
  const [only] = imported.failed;
  if (imported.plans.length === 0 && imported.failed.length === 1 && only !== undefined) throw only;
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

/** A file that cannot be read does not stop the others. If it is the only one, the run fails. */
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
