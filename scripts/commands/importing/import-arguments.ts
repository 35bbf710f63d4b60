/** Parses the options of `import`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isAddress, isDate } from '../../import/merge/head-values.ts';
import { TRANSCRIPT_FORMATS } from '../../import/read/formats.ts';
import type { TranscriptFormat } from '../../import/transcript.ts';
import { SLUG } from '../../model/front-matter.ts';
import { EXIT, ExpectedError } from '../../shared/errors.ts';
import type { ImportOptions } from '../import.ts';

export function addImportOptions(command: Command): Command {
  const lang = command.options.find(({ long }) => long === '--lang');
  if (lang !== undefined) lang.description = 'language of the recording; recognised when not given';
  return command
    .argument('<file...>', 'transcripts and coded projects, folders of them, or - for standard input')
    .option('--name <label=name>', 'who the file calls LABEL: --name SPEAKER_00="Ana Lee"; may be given again', readName)
    .option('--interviewer <name>', 'who asks; guessed when not given; may be given again', readEach)
    .option('--id <id>', "the interview's id, its folder; that of the file's name when not given", readId)
    .option('--title <words>', 'title of the interview')
    .option('--date <date>', 'when it was: 2023, 2023-08 or 2023-08-21', readDate)
    .option('--url <address>', 'where it was published', readAddress)
    .addOption(new Option('--from <format>', 'format of the files; recognised when not given').choices(TRANSCRIPT_FORMATS))
    .option('--encoding <name>', 'encoding of the files, such as gb18030; recognised when not given')
    .option('--suggest-tags', 'write suggested tags to `tags`, not to `suggested`', false)
    .option('--explain', 'say by which keyword in which sentence a tag was suggested', false)
    .option('--dry-run', 'write nothing; show what would change as a diff', false);
}

/** `languages` is the value of --lang; an import takes one. Throws ExpectedError (exit code 2) for more. */
export function readImportOptions(command: Command, languages: readonly string[] | null): ImportOptions {
  const options = command.opts<{
    name?: Map<string, string>;
    interviewer?: string[];
    id?: string;
    title?: string;
    date?: string;
    url?: string;
    from?: TranscriptFormat;
    encoding?: string;
    suggestTags: boolean;
    explain: boolean;
    dryRun: boolean;
  }>();
  if (languages !== null && languages.length !== 1) {
    throw new ExpectedError(`a recording is in one language, and --lang names ${languages.length}`, {
      exitCode: EXIT.usage,
      hint: 'write for instance --lang en',
    });
  }
  return {
    making: {
      names: options.name ?? new Map(),
      interviewers: options.interviewer ?? [],
      lang: languages?.[0] ?? null,
      id: options.id ?? null,
      title: options.title ?? null,
      date: options.date ?? null,
      url: options.url ?? null,
      suggestTags: options.suggestTags,
    },
    reading: { from: options.from ?? null, encoding: options.encoding ?? null },
    explain: options.explain,
    dryRun: options.dryRun,
  };
}

function readName(value: string, names: Map<string, string> = new Map()): Map<string, string> {
  const [, label, name] = /^([^=]+)=(.+)$/s.exec(value) ?? [];
  if (label === undefined || name === undefined || name.trim() === '')
    throw new InvalidArgumentError('write for instance --name SPEAKER_00="Ana Lee"');
  return new Map([...names, [label.trim(), name.trim()]]);
}

function readEach(value: string, values: string[] = []): string[] {
  return [...values, value];
}

function readId(value: string): string {
  if (value.length > 80 || !SLUG.test(value))
    throw new InvalidArgumentError(`"${value}" is no id; use lower-case letters, digits and single hyphens`);
  return value;
}

function readDate(value: string): string {
  if (!isDate(value)) throw new InvalidArgumentError(`"${value}" is no date; write 2023, 2023-08 or 2023-08-21`);
  return value;
}

function readAddress(value: string): string {
  if (!isAddress(value))
    throw new InvalidArgumentError(`"${value}" is no address; write it in full, with https:// and without a user name`);
  return value;
}
