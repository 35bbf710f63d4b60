/** What an output shows is asked of the manifest and the content: a deck may have been made anew for another out folder, or by somebody else. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { edit, filesIn, type Project, run } from '../run.ts';
import { exchange, interview, riverProject } from './river.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const withhold = (project: Project) =>
  edit(project, interview, 'affiliation: River Office', 'affiliation: River Office, attribution: role');

let project: Project;
beforeEach(async () => {
  project = await riverProject();
});

interface Made {
  text?: string;
  sources?: string[];
  named?: string[] | null;
}

/** Puts files into the out folder as an export would have left them, and a manifest that knows them. */
async function exported(files: Record<string, Made>): Promise<void> {
  await mkdir(project.out, { recursive: true });
  const outputs: Record<string, object> = {};
  for (const [
    name,
    { text = 'an output', sources = [`interviews/river/010-where-it-starts.md`], named = ['Ana Lima', 'Ben Ode'] },
  ] of Object.entries(files)) {
    await writeFile(path.join(project.out, name), text);
    const people = named === null ? {} : { named: named.map(sha256) };
    outputs[name] = { hash: sha256('an output'), inputs: {}, key: 'k', slides: [], browser: 'b', generatedFrom: sources, ...people };
  }
  await writeFile(path.join(project.out, 'manifest.json'), JSON.stringify({ version: 2, outputs, failed: {} }));
}

const generate = () => run(['generate', '--lang', 'en', ...project.options]);
const left = async () => Object.keys(await filesIn(project.out)).filter((name) => name !== 'manifest.json');

describe('an output that names somebody who is withheld today', () => {
  it.each([
    ['of every format', ['water.pdf', 'water-briefing.pdf', 'water-handout.pdf', 'water.pptx', 'book.pdf']],
    ['of a theme that is gone or has another name', ['rivers.pdf', 'rivers.pptx']],
    ['of a language that is gone', ['water.fr.pdf', 'water-handout.fr.pdf']],
  ])('is removed: %s', async (_, names) => {
    await withhold(project);
    // The decks are good already, as after `git pull`.
    await generate();
    await exported(Object.fromEntries(names.map((name) => [name, {}])));
    const { exitCode, stderr } = await generate();
    for (const name of names) expect(stderr).toContain(`${name} shows what may not be published any more: removed`);
    expect(exitCode).toBe(0);
    expect(await left()).toEqual([]);
  });

  it('is removed where an earlier version of the program did not say whom it names', async () => {
    await withhold(project);
    await exported({ 'water.pptx': { named: null } });
    expect((await generate()).stderr).toContain('water.pptx shows what may not be published any more: removed');
  });

  it('is removed where the interview has another id by now', async () => {
    await exported({ 'old.pptx': { sources: ['interviews/renamed-since/010-x.md'] } });
    await withhold(project);
    expect((await generate()).stderr).toContain('old.pptx shows what may not be published any more: removed');
  });

  it('stays when it was made while they were withheld, or of other interviews', async () => {
    await withhold(project);
    await exported({ 'water.pptx': { named: ['Ben Ode'] }, 'other.pdf': { sources: ['interviews/lake/010-x.md'], named: ['Eva Moe'] } });
    expect((await generate()).stderr).not.toContain('published any more');
    expect(await left()).toEqual(['other.pdf', 'water.pptx']);
  });
});

it.each([
  ['a draft', exchange, 'key: true', 'draft: true'],
  ['an embargo', interview, 'lang: en', 'lang: en\nembargo: "2999-01"'],
])('an output of %s is removed, whatever its theme', async (_, file, from, to) => {
  await edit(project, file, from, to);
  await exported({ 'moved.pptx': {} });
  expect((await generate()).stderr).toContain('moved.pptx shows what may not be published any more: removed');
});

it('is removed also where decks and outputs share a folder', async () => {
  await withhold(project);
  project.out = project.slides;
  await exported({ 'water.pdf': {} });
  const shared = [...project.options.slice(0, -1), project.slides];
  const { exitCode, stderr } = await run(['generate', '--lang', 'en', ...shared]);
  expect(stderr).toContain('water.pdf shows what may not be published any more: removed');
  expect(exitCode).toBe(0);
  expect(Object.keys(await filesIn(project.slides))).toEqual(['manifest.json', 'money.md', 'water.md']);
});

it('one that somebody has changed is named at every run, which fails until it is gone', async () => {
  await withhold(project);
  await exported({ 'water.pptx': { text: 'changed by somebody' } });
  for (let time = 0; time < 2; time += 1) {
    const { exitCode, stderr } = await generate();
    expect(stderr).toMatch(/✗ .*water\.pptx shows what may not be published any more, but somebody has changed it: remove it yourself/);
    expect(exitCode).toBe(1);
  }
  expect(await readFile(path.join(project.out, 'water.pptx'), 'utf8')).toBe('changed by somebody');
  const status = await run(['status', '--json', ...project.options]);
  expect(JSON.parse(status.stdout).forbidden.map((file: string) => path.basename(file))).toEqual(['water.pptx']);
  expect(status.stderr).toContain('outputs that show what may not be published any more');
  await rm(path.join(project.out, 'water.pptx'));
  expect((await generate()).exitCode).toBe(0);
});

it('files that no manifest knows are looked into', async () => {
  await run(['brief', 'water', '--format', 'briefing', '--lang', 'en', ...project.options]);
  await rm(path.join(project.out, 'manifest.json'));
  await rename(path.join(project.out, 'water-briefing.pdf'), path.join(project.out, 'sent.pdf'));
  await writeFile(path.join(project.out, 'other.pdf'), 'no PDF');
  expect((await generate()).exitCode).toBe(0);
  await withhold(project);
  const { exitCode, stderr } = await generate();
  expect(stderr).toMatch(/✗ .*sent\.pdf may name somebody who must not be named, and manifest\.json does not know it: remove it yourself/);
  expect(stderr).not.toContain('other.pdf');
  expect(exitCode).toBe(1);
});
