/**
 * Parses the values of options: folders, languages, formats, numbers. Each reader throws InvalidArgumentError, from which commander makes a
 * message.
 */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { InvalidArgumentError } from 'commander';
import { EXIT, ExpectedError } from '../shared/errors.ts';
import { type Folders, findProject, projectRoot } from '../shared/paths.ts';
import { ASKED_FORMATS, type FormatName } from './outputs/output-formats.ts';

/** Commands that examine the machine or named files. */
const WITHOUT_PROJECT = ['doctor', 'inspect'];

/**
 * Resolves given folders from the working folder, and the others from the project. Throws ExpectedError when a folder is missing and there
 * is no project.
 */
export function readFolders(command: string, given: Partial<Folders>): Folders {
  const here = process.cwd();
  const project = findProject(here);
  if (project === null && given.content === undefined && !WITHOUT_PROJECT.includes(command)) {
    throw new ExpectedError(`there is no project in ${here} or above it: no folder content/ with interviews/ or themes/ in it`, {
      exitCode: EXIT.usage,
      hint: 'go to the folder of your project, or name its content: --content DIR',
    });
  }
  const folder = (value: string | undefined, root: string, name: string) =>
    value === undefined ? path.join(root, name) : path.resolve(value);
  return {
    content: folder(given.content, project ?? here, 'content'),
    templates: folder(given.templates, projectRoot, 'templates'),
    slides: folder(given.slides, project ?? here, 'slides'),
    out: folder(given.out, project ?? here, 'dist'),
  };
}

export function readLanguages(value: string): string[] {
  const codes = value.split(',').map((code) => code.trim());
  const wrong = codes.find((code) => !/^[a-z]{2,3}$/.test(code));
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is not a language code; write for instance --lang en,zh`);
  return [...new Set(codes)];
}

export function readFormats(value: string): FormatName[] {
  const names = value.split(',').map((name) => name.trim());
  const wrong = names.find((name) => ASKED_FORMATS.every((format) => format !== name));
  if (wrong !== undefined) throw new InvalidArgumentError(`there is no format "${wrong}"; known: ${ASKED_FORMATS.join(', ')}`);
  return ASKED_FORMATS.filter((format) => names.includes(format));
}

export function readPort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError(`"${value}" is not a port; write a whole number from 1 to 65535`);
  return port;
}

export function readPositive(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number <= 0)
    throw new InvalidArgumentError(`"${value}" is not a whole number of milliseconds above zero`);
  return number;
}

/** Returns how many outputs are made in parallel. */
export function readConcurrency(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > MOST_PAGES)
    throw new InvalidArgumentError(`"${value}" is not a number of pages; write a whole number from 1 to ${MOST_PAGES}`);
  return number;
}

const MOST_PAGES = 16;

/** Half the cores, because a browser has several busy processes itself. At most four, which need 1.4 GB. */
export const defaultConcurrency = (): number => Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));
