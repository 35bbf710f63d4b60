/** Many decks are made in several threads: they are those that one thread makes, one after the other, and so are the complaints. */
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { makeContent } from '../bench/make-content.ts';
import { startProgram } from '../program.ts';
import { run, temporaryFolder } from '../run.ts';

/** More than is planned in one thread. */
const EXCHANGES = 560;

async function place(): Promise<{ root: string; args: (slides: string) => string[] }> {
  const root = await temporaryFolder();
  makeContent(path.join(root, 'content'), { interviews: 8, exchanges: EXCHANGES, themes: 5, translated: 0.3 });
  await cp(path.join(projectRoot, 'templates'), path.join(root, 'templates'), { recursive: true });
  const folders = ['content', 'templates'].flatMap((name) => [`--${name}`, path.join(root, name)]);
  // One of its own for each: what is known of decks is known by their folder.
  return { root, args: (slides) => ['generate', ...folders, '--slides', path.join(root, slides), '--out', path.join(root, 'dist')] };
}

/** Not bundled, so in the thread of this test alone. */
async function inOne(args: readonly string[]) {
  const { exitCode, stderr } = await run(args);
  return { exitCode, words: stderr };
}

async function inSeveral(args: readonly string[]) {
  const { code, stderr } = await startProgram(args, { NODE_DEBUG: 'worker' }).ended;
  const lines = stderr.split('\n');
  const ofNode = (line: string) => line.startsWith('WORKER ');
  const threads = lines.filter((line) => /created Worker with ID/.test(line)).length;
  return { exitCode: code, words: lines.filter((line) => !ofNode(line)).join('\n'), threads };
}

async function decksIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder).catch(() => [])).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const)));
}

const threads = Math.min(4, os.availableParallelism());

it.skipIf(threads < 2)('as one thread makes them', async () => {
  const { root, args } = await place();
  const several = await inSeveral(args('several'));
  const one = await inOne(args('one'));
  expect(several).toMatchObject({ exitCode: 0, threads });
  const decks = await decksIn(path.join(root, 'several'));
  expect(Object.keys(decks)).toHaveLength(10);
  expect(decks).toEqual(await decksIn(path.join(root, 'one')));
  expect(several.words.replaceAll('/several/', '/one/')).toBe(one.words);
});

it.skipIf(threads < 2)('and what is wrong with a template is said alike', async () => {
  const { root, args } = await place();
  const template = path.join(root, 'templates/slides/sources.md.hbs');
  await writeFile(template, `${await readFile(template, 'utf8')}\n{{nobodyKnows}}\n`);
  const several = await inSeveral(args('several'));
  const one = await inOne(args('one'));
  expect(one.words).toContain('nobodyKnows');
  expect(several).toEqual({ exitCode: 1, words: one.words.replaceAll('/one/', '/several/'), threads });
  expect(await decksIn(path.join(root, 'several'))).toEqual({});
});
