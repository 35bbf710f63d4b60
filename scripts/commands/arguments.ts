/** The command line: commands, options and their help. Parses arguments, but runs nothing itself. */
import type { Writable } from 'node:stream';
// commander: strict by default, suggests similar options and commands, writes the help.
import { Command, CommanderError, Option } from 'commander';
import { PAPER_SIZES, type PaperSize } from '../model/outputs/paper.ts';
import { EXIT, type ExitCode, ExpectedError } from '../shared/errors.ts';
import type { ReportOptions } from '../shared/report.ts';
import { addImportOptions, readImportOptions } from './importing/import-arguments.ts';
import type { LiveOptions } from './live/live-room.ts';
import { defaultConcurrency, readConcurrency, readFolders, readFormats, readLanguages, readPort, readPositive } from './option-values.ts';
import { ASKED_FORMATS, DEFAULT_FORMATS, type FormatName, loadFormats, SHORT_FORMATS } from './outputs/output-formats.ts';
import type { OutputOptions } from './outputs/outputs.ts';
import { runCommand } from './run-command.ts';
import type { Settings } from './settings.ts';

export interface Surroundings {
  out: Writable;
  err: Writable & { isTTY?: boolean; columns?: number };
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/** `run` starts the command. `done` means that help or version were printed and nothing is left to do. */
export type Parsed = { type: 'run'; run: () => Promise<ExitCode> } | { type: 'done'; exitCode: ExitCode };

/** Parses the command line. Throws ExpectedError with exit code 2 for anything unknown. */
export function parseArguments(argv: readonly string[], surroundings: Surroundings): Parsed {
  let parsed: Parsed = { type: 'done', exitCode: EXIT.done };
  const program = createProgram(surroundings, (command, action) => {
    const { settings, report } = readSettings(command, surroundings);
    parsed = { type: 'run', run: () => runCommand({ name: command.name(), settings, report, action }) };
  });
  try {
    program.parse(argv.length === 0 ? ['brief'] : [...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { type: 'done', exitCode: EXIT.done };
    const message = error.message.replace(/^error: /, '');
    throw new ExpectedError(message || 'no such command', {
      exitCode: EXIT.usage,
      hint: 'npm run briefdeck -- --help lists commands and options',
    });
  }
  return parsed;
}

/** Receives the chosen command and its action. */
type Start = (command: Command, action: (settings: Settings) => Promise<ExitCode>) => void;

function createProgram(surroundings: Surroundings, start: Start): Command {
  const program = new Command('briefdeck')
    .description(
      'Turns tagged interviews into briefings: content -> Slidev decks -> PDFs, pictures, presentations. All times are in milliseconds.',
    )
    .exitOverride()
    .configureOutput({ writeOut: (text) => surroundings.out.write(text), writeErr: () => {} })
    .helpCommand(true)
    .showSuggestionAfterError(true)
    .addHelpText(
      'after',
      `\nExit codes: 0 all done; 1 content has errors or a deck failed; 2 wrong usage; 3 no usable browser; 129, 130, 143 interrupted.`,
    );

  const command = (name: string, description: string) => {
    const sub = program.command(name).description(description).exitOverride();
    return addCommonOptions(sub);
  };

  addExportOptions(command('brief', 'check, generate and export: the default').argument('[theme...]', 'themes; all when none is named'))
    .addOption(sinceOption())
    .action((themes: string[], { since = null }: { since?: string | null }, sub: Command) => {
      refuseThemes(themes, sub);
      start(sub, async (settings) => (await import('./brief.ts')).brief(themes, { ...(await readExportOptions(sub)), since }, settings));
    });
  command('generate', 'content -> slides/')
    .argument('[theme...]', 'themes; all when none is named')
    .option('--check', 'write nothing; exit 1 if a deck is stale', false)
    .addOption(sinceOption())
    .action((themes: string[], { check, since = null }: { check: boolean; since?: string | null }, sub: Command) => {
      start(sub, async (settings) => (await import('./generate.ts')).generate(themes, { check, since }, settings));
    });
  addExportOptions(
    command('export', 'slides/ -> dist/<theme>.pdf (.pptx, /001.png ...), content -> dist/<theme>-briefing.pdf').argument(
      '[theme...]',
      'themes; all when none is named',
    ),
  ).action((themes: string[], _, sub: Command) => {
    refuseThemes(themes, sub);
    start(sub, async (settings) => (await import('./export.ts')).exportCommand(themes, await readExportOptions(sub), settings));
  });
  addLiveOptions(
    command('present', 'show decks: presenter mode, notes, timer, overview').argument(
      '[theme]',
      'theme; a page with all decks when none is named',
    ),
  ).action((theme: string | undefined, _, sub: Command) => {
    start(sub, async (settings) => (await import('./present.ts')).present(theme ?? null, readLiveOptions(sub), settings));
  });
  addLiveOptions(
    command('watch', 'show decks and generate them anew while you edit').argument('[theme...]', 'themes; all when none is named'),
  )
    .option('--export', 'also export the outputs of what has changed', false)
    .addOption(formatOption())
    .addOption(partOption())
    .addOption(paperOption())
    .option('--timeout <ms>', 'with --export: longest time for one deck, in milliseconds', readPositive, 120_000)
    .addOption(browserOption())
    .addOption(sinceOption())
    .action((themes: string[], options: { export: boolean; since?: string }, sub: Command) => {
      const since = options.since ?? null;
      start(sub, async (settings) => {
        const exporting = options.export ? await readExportOptions(sub) : null;
        return (await import('./watch.ts')).watch(themes, { ...readLiveOptions(sub), exporting, since }, settings);
      });
    });
  addImportOptions(command('import', 'transcripts and coded projects -> content/interviews/<id>/')).action(
    (files: string[], _, sub: Command) => {
      start(sub, async (settings) =>
        (await import('./import.ts')).importCommand(files, readImportOptions(sub, settings.languages), settings),
      );
    },
  );
  command('check', 'all problems of the content').action((_, sub: Command) => {
    start(sub, async (settings) => (await import('./check.ts')).check(settings));
  });
  command('status', 'coverage of themes and sections, unused exchanges, what is stale')
    .option('--story <theme>', 'only the headlines of this theme, in the order of its story')
    .action(({ story }: { story?: string }, sub: Command) => {
      start(sub, async (settings) =>
        story === undefined
          ? (await import('./status.ts')).status(settings)
          : (await import('./decks/status-story.ts')).statusStory(story, settings),
      );
    });
  command('inspect', 'look at PDFs as a reader would: tags, outline, text, links, fonts')
    .argument('<pdf...>', 'files; what is expected of them is taken from the manifest beside them')
    .option('--timeout <ms>', 'longest time for veraPDF, where it is installed, on one file, in milliseconds', readPositive, 120_000)
    .action((files: string[], options: { timeout: number }, sub: Command) => {
      start(sub, async (settings) => (await import('./inspect.ts')).inspect(files, { timeout: options.timeout }, settings));
    });
  command('doctor', 'Node, browser, fonts: what was found, what to do')
    .addOption(browserOption())
    .action((options: { browser?: string }, sub: Command) => {
      start(sub, async (settings) => (await import('./doctor.ts')).doctor(options.browser ?? null, settings));
    });
  // Only for work on Briefdeck itself, so it is hidden.
  addCommonOptions(program.command('pictures', { hidden: true }).description('draw the picture of README.md').exitOverride()).action(
    (_, sub: Command) => {
      start(sub, async (settings) => (await import('./pictures.ts')).pictures(settings));
    },
  );
  return program;
}

function addCommonOptions(command: Command): Command {
  return command
    .option('--content <dir>', 'content folder (default: content/ of the project, which is the nearest folder that has one)')
    .option('--templates <dir>', 'templates folder (default: the templates that come with Briefdeck)')
    .option('--slides <dir>', 'folder of the generated decks (default: slides/ of the project)')
    .option('-o, --out <dir>', 'folder of the outputs and the manifest (default: dist/ of the project)')
    .option('--lang <codes>', 'languages, such as en,zh; all of the content when not given', readLanguages)
    .option('--json', 'end with one summary object on stdout', false)
    .option('--quiet', 'print only errors and warnings', false);
}

const sinceOption = () =>
  new Option('--since <date or revision>', 'a slide with what has changed since then, by git: 2026-11-01, HEAD~3, a tag');
const formatOption = () =>
  new Option('--format <names>', `what to make: ${ASKED_FORMATS.join(', ')}`)
    .argParser(readFormats)
    .default([...DEFAULT_FORMATS], DEFAULT_FORMATS.join(','));
const partOption = () => new Option('--part <name>', 'only this part of the decks, as slides or pptx').choices(['short']);
const paperOption = () => new Option('--paper <size>', 'paper of briefings, handouts and books').choices(PAPER_SIZES).default('a4');
const browserOption = () => new Option('--browser <which>', 'browser to export with: embedded, system or a path (or BRIEFDECK_BROWSER)');

function addExportOptions(command: Command): Command {
  return command
    .addOption(formatOption())
    .addOption(partOption())
    .addOption(paperOption())
    .option('--book', 'also the briefings of all themes in one PDF', false)
    .option('--force', 'export also what is unchanged', false)
    .option('--dark', 'dark slides', false)
    .option('--timeout <ms>', 'longest time for one deck, in milliseconds', readPositive, 120_000)
    .addOption(
      new Option('--concurrency <pages>', 'outputs that are printed side by side (default: half the cores, at most 4)').argParser(
        readConcurrency,
      ),
    )
    .addOption(browserOption());
}

function addLiveOptions(command: Command): Command {
  return command
    .option('--port <number>', 'port on 127.0.0.1; the first free one from 3030 when not given', readPort)
    .option('--open', 'open the default browser', false);
}

function readSettings(
  command: Command,
  { out, err, env, signal }: Surroundings,
): { settings: Omit<Settings, 'report'>; report: ReportOptions } {
  const options: Record<string, unknown> = command.opts();
  return {
    settings: {
      folders: readFolders(command.name(), command.opts()),
      languages: (options.lang as string[] | undefined) ?? null,
      signal,
      env,
      now: new Date(),
    },
    report: { json: options.json === true, quiet: options.quiet === true, out, err },
  };
}

/** `watch` has no `--force`, `--dark`, `--book` or `--concurrency`. */
interface ExportArguments {
  format: FormatName[];
  part?: 'short';
  paper: PaperSize;
  book?: boolean;
  force?: boolean;
  dark?: boolean;
  timeout: number;
  concurrency?: number;
  browser?: string;
}

async function readExportOptions(command: Command): Promise<OutputOptions> {
  const options = command.opts<ExportArguments>();
  const { format, paper, book = false, force = false, dark = false, timeout, browser = null } = options;
  const names = options.part === undefined ? format : shortFormats(format, command);
  const formats = await loadFormats(book ? [...names, 'book'] : names);
  return { formats, paper, force, dark, timeout, browser, concurrency: options.concurrency ?? defaultConcurrency() };
}

/** Returns the formats of the short deck alone. Throws ExpectedError for one that there is only of whole decks. */
function shortFormats(formats: readonly FormatName[], command: Command): FormatName[] {
  const whole = formats.find((name) => SHORT_FORMATS[name] === undefined);
  if (whole !== undefined && command.getOptionValueSource('format') !== 'default') {
    throw new ExpectedError(`there is no ${whole} of the short deck alone`, {
      exitCode: EXIT.usage,
      hint: `write --format slides or pptx, or leave out --part`,
    });
  }
  return [...new Set(formats.flatMap((name) => SHORT_FORMATS[name] ?? []))];
}

function refuseThemes(themes: readonly string[], command: Command): void {
  if (!command.opts<ExportArguments>().book || themes.length === 0) return;
  throw new ExpectedError('a book has all themes', { exitCode: EXIT.usage, hint: `leave out ${themes.join(', ')}, or --book` });
}

function readLiveOptions(command: Command): LiveOptions {
  const { port, open } = command.opts<{ port?: number; open: boolean }>();
  return { port: port ?? null, open };
}
