import path from 'node:path';
import { Consent } from '../model/consent.ts';
import { outputName } from '../plan/context.ts';
import { readDeckHead } from '../render/read-sources.ts';
import { kindOf, namesIn, readIfThere } from '../shared/disk/files.ts';
import { EXIT, type ExitCode, ExpectedError, knownNames } from '../shared/errors.ts';
import { judgeDecks } from './decks/judge-decks.ts';
import type { Output } from './outputs/output.ts';
import { exportOutputs, type NotTried, type OutputOptions, type OutputRequest, resultAsJson } from './outputs/outputs.ts';
import { contentRequests, deckRequests } from './outputs/requests.ts';
import type { Settings } from './settings.ts';
import { loadWorkspace, type Workspace } from './workspace.ts';

/** Exports decks of the slides folder and documents of the content to files. Exit code 1 when one failed; the others are delivered. */
export async function exportCommand(themes: string[], options: OutputOptions, settings: Settings): Promise<ExitCode> {
  const content = contentOf(settings);
  const files = options.formats.some(({ from }) => from === 'deck') ? await findDecks(themes, settings) : [];
  const requests = deckRequests(files, options, settings);
  const notTried: NotTried = {};
  for (const format of options.formats.filter(({ from }) => from === 'content')) {
    const found = await findDocuments(format, themes, files, options, content, settings);
    requests.push(...found.requests);
    Object.assign(notTried, found.notTried);
  }
  const results = await exportOutputs(requests, { ...options, consent: () => consentFrom(content, settings) }, settings, notTried);
  const exitCode = results.some(({ status }) => status === 'failed') ? EXIT.failed : EXIT.done;
  settings.report.summary({ command: 'export', exitCode, outputs: results.map(resultAsJson) });
  return exitCode;
}

/** Reads the content on the first call, and only once. */
type Content = () => Promise<Workspace>;

function contentOf(settings: Settings): Content {
  let loading: Promise<Workspace> | null = null;
  return () => {
    loading ??= loadWorkspace(settings);
    return loading;
  };
}

/** Returns who may be named. Null when there is no content: decks can be exported without it. */
async function consentFrom(content: Content, { folders }: Settings): Promise<Consent | null> {
  return (await kindOf(folders.content)) === 'nothing' ? null : Consent.of((await content()).corpus);
}

/** Returns requests for the documents of the content. When the content cannot be read, that of each existing deck fails separately. */
async function findDocuments(
  format: Output,
  themes: readonly string[],
  decks: readonly string[],
  options: OutputOptions,
  content: Content,
  settings: Settings,
): Promise<{ requests: OutputRequest[]; notTried: NotTried }> {
  const isOfDeck = format.per === 'deck';
  try {
    const workspace = await content();
    const judged = await judgeDecks(workspace, isOfDeck ? themes : [], settings);
    const { requests, notTried } = contentRequests(judged, workspace, { ...options, formats: [format] }, settings);
    const refused = Object.entries(notTried).flatMap(([file, reason]) =>
      reason === null ? [] : [refuse(format, path.basename(file, format.ending), new ExpectedError(reason))],
    );
    return { requests: [...requests, ...refused], notTried };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    // Existing decks can be exported without the content.
    if (isOfDeck ? decks.length === 0 : error.exitCode === EXIT.usage) throw error;
    const names = isOfDeck ? decks.map((file) => outputName(path.basename(file, '.md'), format.suffix)) : [format.name];
    return { requests: names.map((name) => refuse(format, name, error)), notTried: {} };
  }
}

function refuse(format: Output, name: string, error: ExpectedError): OutputRequest {
  return { format, name, prepare: async () => ({ error }) };
}

interface FoundDeck {
  file: string;
  theme: string;
  lang: string | null;
  /** Whether the file itself says that it is a deck. Otherwise only its name suggests it. */
  certain: boolean;
}

/** Returns the files of the requested decks, including unreadable ones: each of those fails separately. */
export async function findDecks(themes: readonly string[], { folders, languages }: Settings): Promise<string[]> {
  const names = (await namesIn(folders.slides)).filter((name) => name.endsWith('.md'));
  const all = await Promise.all(names.map((name) => findDeck(path.join(folders.slides, name))));
  const certain = all.filter((deck) => deck.certain);
  if (themes.length === 0 && certain.length === 0) {
    throw new ExpectedError(`there are no decks in ${folders.slides}`, { hint: 'run: npm run briefdeck -- generate' });
  }
  const unknown = themes.find((asked) => all.every(({ theme }) => theme !== asked));
  if (unknown !== undefined) {
    const known = [...new Set(certain.map(({ theme }) => theme))];
    throw new ExpectedError(`there is no deck of a theme "${unknown}" in ${folders.slides}`, {
      exitCode: EXIT.usage,
      hint: knownNames(unknown, known),
    });
  }
  const chosen = (themes.length === 0 ? certain : all.filter(({ theme }) => themes.includes(theme))).filter(
    ({ lang }) => languages === null || lang === null || languages.includes(lang),
  );
  if (chosen.length === 0)
    throw new ExpectedError(`there is no such deck in ${folders.slides} in ${languages?.join(', ')}`, {
      hint: 'run generate with the same --lang first',
    });
  return chosen.map(({ file }) => file);
}

async function findDeck(file: string): Promise<FoundDeck> {
  const text = (await kindOf(file)) === 'other' ? null : await readIfThere(file);
  const head = readDeckHead(text ?? '');
  if (head !== null) return { file, ...head, certain: true };
  const [theme = '', lang = null] = path.basename(file, '.md').split('.');
  return { file, theme, lang, certain: /^briefdeck:/m.test(text ?? '') };
}
