/** The small fixture under a name and a title that tell nobody's name. */
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { edit, filesIn, type Project, projectFrom } from '../run.ts';

export const interview = 'interviews/river/index.md';
export const exchange = 'interviews/river/010-where-it-starts.md';

export async function riverProject(): Promise<Project> {
  const project = await projectFrom(path.join(import.meta.dirname, 'input/small'));
  await rename(path.join(project.content, 'interviews/ana-2024'), path.join(project.content, 'interviews/river'));
  await edit(project, interview, 'Ana on rivers', 'On rivers');
  await edit(project, interview, 'Ana looks', 'She looks');
  await edit(project, 'interviews/river/index.zh.md', '安娜谈河', '谈河');
  return project;
}

/** Every deck that was written, as letters only: a name is found in it however it was taken apart. */
export async function lettersWritten({ slides }: Project): Promise<string> {
  return Object.values(await filesIn(slides))
    .join('\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
}
