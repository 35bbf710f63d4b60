import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package itself: where Briefdeck's own scripts, templates and packages lie. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Returns the nearest folder, from `folder` upwards, that has content/ with interviews/ or themes/ in it; null where there is none. */
export function findProject(folder: string): string | null {
  const hasContent = ['interviews', 'themes'].some((name) => existsSync(path.join(folder, 'content', name)));
  if (hasContent) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? null : findProject(parent);
}

/** The folders of a run, absolute. Any of them may lie outside the project. */
export interface Folders {
  content: string;
  templates: string;
  slides: string;
  out: string;
}

/** A path as one would type it from here: relative inside the working folder, absolute outside. */
export function pathFromHere(file: string): string {
  const relative = toPosixRelative(process.cwd(), file);
  return relative === '..' || relative.startsWith('../') || path.isAbsolute(relative) ? file : relative || '.';
}

/** A path as messages and generated files show it: relative to `from`, with forward slashes on every system. */
export function toPosixRelative(from: string, to: string): string {
  return path.relative(from, to).split(path.sep).join('/');
}

/** Whether a file is a folder or lies somewhere below it; both absolute. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
