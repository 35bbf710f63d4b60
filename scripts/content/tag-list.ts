import type { z } from 'zod';
import { tagListMatter } from '../model/front-matter.ts';
import type { Findings } from './findings.ts';
import { checkSchema } from './kinds/check-schema.ts';
import { type Matter, readMatter } from './kinds/page-matter.ts';
import type { FolderFile } from './pages/read-folder.ts';

/** The tags that tags.md declares, each with its meaning; null when the file cannot be read, none when there is no such file. */
export function readTagList(file: FolderFile | null, findings: Findings): ReadonlyMap<string, string> | null {
  if (file === null) return new Map();
  if (!file.content.ok) return null;
  const schema: z.ZodType<z.output<typeof tagListMatter>> = tagListMatter;
  const value = checkSchema(schema, readMatter(file.path, file.content.text, findings), findings, null);
  return value === null ? null : new Map(Object.entries(value.tags));
}

/** The tags of an exchange as far as they can be told, also from front matter with errors; null when they cannot. */
export function tagsIn(matter: Matter, text: string): string[] | null {
  if (matter.data !== null) {
    const { tags } = matter.data;
    const listed = Array.isArray(tags) ? tags : typeof tags === 'string' ? tags.split(/[\s,]+/) : [];
    return [...new Set(listed.filter((tag) => typeof tag === 'string' && tag !== ''))];
  }
  const [, flow, block] = /^tags:[ \t]*(?:\[([^\]\n]*)\]|\n((?:[ \t]*-[ \t]+.*(?:\n|$))+))/m.exec(text) ?? [];
  const words = flow?.split(',') ?? block?.split('\n').map((line) => line.replace(/^[ \t]*-/, ''));
  if (words === undefined) return null;
  return [...new Set(words.map((word) => word.replace(/#.*$/, '').replace(/["']/g, '').trim()).filter((word) => word !== ''))];
}
