import path from 'node:path';
import { type FileInspection, inspectFile } from '../export/outputs/inspect-file.ts';
import { askVeraPdf, describeVerdict, findVeraPdf, type VeraVerdict } from '../export/outputs/verapdf.ts';
import { describeFault } from '../pdf/inspect/inspect-pdf.ts';
import { EXIT, type ExitCode } from '../shared/errors.ts';
import { pathFromHere } from '../shared/paths.ts';
import { KnownOutputs } from './outputs/known-outputs.ts';
import type { Output } from './outputs/output.ts';
import { loadFormats } from './outputs/output-formats.ts';
import { plural } from './problems.ts';
import type { Settings } from './settings.ts';

export interface InspectOptions {
  /** Timeout of veraPDF for one file, in milliseconds. */
  timeout: number;
}

/** Inspects PDFs as a reader sees them. Exit code 1 when one of them has a fault. */
export async function inspect(files: readonly string[], { timeout }: InspectOptions, settings: Settings): Promise<ExitCode> {
  const { report, signal, env } = settings;
  const { expectation } = new KnownOutputs(settings);
  const formats = await loadFormats();
  const program = await findVeraPdf(env);
  const inspected: Inspected[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    const absolute = path.resolve(file);
    const inspection = isOfOtherFormat(file, formats) ? onlyPdfs : await inspectFile(absolute, expectation);
    const isReadable = inspection.pages !== null;
    const verdict = program !== null && isReadable ? await askVeraPdf(program, absolute, { timeout, signal }) : null;
    inspected.push({ ...inspection, file: pathFromHere(absolute), verdict });
    say(inspected.at(-1), report);
  }
  const faulty = inspected.filter(({ faults }) => faults.length > 0).length;
  const faults = inspected.reduce((sum, each) => sum + each.faults.length, 0);
  report.say(
    `inspected ${plural(files.length, 'file')}: ${faulty === 0 ? 'no faults' : `${plural(faults, 'fault')} in ${faulty} of them`}`,
  );
  const exitCode = faulty > 0 ? EXIT.failed : EXIT.done;
  report.summary({ command: 'inspect', exitCode, files: inspected.map(asJson) });
  return exitCode;
}

/** Returns whether a file is an output that is no PDF. */
function isOfOtherFormat(file: string, formats: readonly Output[]): boolean {
  const name = path.basename(file).toLowerCase();
  return formats.some(({ ending, files, expect }) => files?.test(name) || (expect === undefined && ending !== '' && name.endsWith(ending)));
}

const onlyPdfs: FileInspection = {
  faults: [
    { type: 'unreadable', reason: 'it is no PDF, and only PDFs are inspected; export looks at a presentation before it takes its name' },
  ],
  pages: null,
  languageTag: null,
  notChecked: null,
};

interface Inspected extends FileInspection {
  file: string;
  /** Null when veraPDF is not installed or was not used. */
  verdict: VeraVerdict | null;
}

function say(inspected: Inspected | undefined, report: Settings['report']): void {
  if (inspected === undefined) return;
  const { file, faults, pages, languageTag, notChecked, verdict } = inspected;
  if (faults.length === 0) report.say(`✓ ${file} ${plural(pages ?? 0, 'page')}, ${languageTag}: tagged and self-checked`);
  // One line per fault, each with the file's name.
  for (const fault of faults) report.warn(`✗ ${file}: ${describeFault(fault)}`.replace(/\s*[\r\n]\s*/g, ' '));
  if (notChecked !== null) report.say(`  not checked: ${notChecked.what.join(', ')}; ${notChecked.why}`);
  if (verdict !== null) report.say(`  ${describeVerdict(verdict)}`);
}

function asJson({ file, faults, pages, languageTag, notChecked, verdict }: Inspected): object {
  return {
    file,
    status: faults.length === 0 ? 'self-checked' : 'faulty',
    pages,
    languageTag,
    faults: faults.map((fault) => ({ ...fault, message: describeFault(fault) })),
    notChecked,
    verapdf: verdict,
  };
}
