import type { BrokenFile } from '../../model/corpus.ts';
import { slug } from '../../model/front-matter.ts';

/**
 * What a path in the content folder stands for. `base` is the file that a translation translates; for other files it is the path itself.
 */
export type FileRole =
  | { kind: 'interview'; interview: string; id: string; base: string; lang: string | null }
  | { kind: 'exchange'; interview: string; id: string; number: number; base: string; lang: string | null }
  | { kind: 'theme' | 'term'; interview: null; id: string; base: string; lang: string | null }
  | { kind: 'tags'; interview: null; id: 'tags'; base: string; lang: null }
  | Misnamed;

/** A Markdown file whose place or name is invalid. */
export interface Misnamed {
  kind: 'misnamed';
  /** The kind that was probably meant. */
  meant: BrokenFile['kind'];
  interview: string | null;
  id: string;
  expected: string;
  /** The folder whose name is invalid; null when the name of the file itself is. */
  folder: string | null;
}

const EXCHANGE = /^(\d{1,6})-(.+)$/;
const MARKDOWN = /^(.+?)(?:\.([A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*))?\.md$/;

/** Returns what a Markdown file is, from its path alone (relative to the content folder, with forward slashes). */
export function roleOf(path: string): FileRole {
  if (path === 'tags.md') return { kind: 'tags', interview: null, id: 'tags', base: path, lang: null };
  const parts = path.split('/');
  const [top, second, third] = parts;
  if ((top === 'themes' || top === 'terms') && second !== undefined && parts.length === 2) {
    return roleInList(path, second, top === 'themes' ? 'theme' : 'term');
  }
  if (top === 'interviews' && second !== undefined && parts.length <= 3) return roleInInterview(path, second, third ?? null);
  const expected = 'content files as interviews/<id>/010-slug.md, themes/<id>.md, terms/<id>.md or tags.md';
  return { kind: 'misnamed', meant: 'other', interview: null, id: stemOf(path), expected, folder: null };
}

function roleInList(path: string, name: string, kind: 'theme' | 'term'): FileRole {
  const split = splitName(path, name);
  if (split !== null && isSlug(split.stem)) return { kind, interview: null, id: split.stem, base: split.base, lang: split.lang };
  const expected = `${kind}s/<id>.md or ${kind}s/<id>.zh.md, the id in lower-case letters, digits and single hyphens`;
  return { kind: 'misnamed', meant: kind, interview: null, id: stemOf(name), expected, folder: null };
}

function roleInInterview(path: string, interview: string, name: string | null): FileRole {
  if (name === null || !isSlug(interview)) {
    const expected = 'interviews/<id>/index.md, the id in lower-case letters, digits and single hyphens';
    return { kind: 'misnamed', meant: 'interview', interview, id: stemOf(interview), expected, folder: `interviews/${interview}` };
  }
  const split = splitName(path, name);
  if (split?.stem === 'index') return { kind: 'interview', interview, id: interview, base: split.base, lang: split.lang };
  const match = split === null ? null : EXCHANGE.exec(split.stem);
  const [, number, id] = match ?? [];
  if (split !== null && number !== undefined && id !== undefined && isSlug(id)) {
    return { kind: 'exchange', interview, id, number: Number(number), base: split.base, lang: split.lang };
  }
  const expected = 'index.md, 010-slug.md or 010-slug.zh.md: one to six digits, then lower-case words joined by hyphens';
  return { kind: 'misnamed', meant: 'exchange', interview, id: stemOf(name), expected, folder: null };
}

function splitName(path: string, name: string): { stem: string; lang: string | null; base: string } | null {
  const [, stem, lang] = MARKDOWN.exec(name) ?? [];
  if (stem === undefined) return null;
  return { stem, lang: lang ?? null, base: lang === undefined ? path : path.slice(0, -`.${lang}.md`.length).concat('.md') };
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/i, '');
}

function isSlug(text: string): boolean {
  return slug.safeParse(text).success;
}
