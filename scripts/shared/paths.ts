import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package: Briefdeck's own scripts, templates and packages are below it. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Returns the nearest folder, from `folder` upwards, whose content/ holds interviews/ or themes/. Null when there is none. */
export function findProject(folder: string): string | null {
  const hasContent = ['interviews', 'themes'].some((name) => existsSync(path.join(folder, 'content', name)));
  if (hasContent) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? null : findProject(parent);
}

/** The folders of a run, absolute. Any of them may be outside the project. */
export interface Folders {
  content: string;
  templates: string;
  slides: string;
  out: string;
}

/** Returns a path as a user would type it: relative inside the working folder, absolute outside. */
export function pathFromHere(file: string): string {
  const relative = toPosixRelative(process.cwd(), file);
  return relative === '..' || relative.startsWith('../') || path.isAbsolute(relative) ? file : relative || '.';
}

/** Returns a path for messages and generated files: relative to `from`, with forward slashes on every system. */
export function toPosixRelative(from: string, to: string): string {
  return path.relative(from, to).split(path.sep).join('/');
}

/** Returns whether `file` is `folder` or is below it. Both must be absolute. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
