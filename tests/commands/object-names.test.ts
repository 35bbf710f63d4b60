/** Words that every JavaScript object knows (`constructor`, `valueOf`) are ids like all others. */
import { access, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { edit, projectFrom, run, temporaryFolder } from '../run.ts';

const fixture = path.join(import.meta.dirname, 'input/object-names');
const ALL = ['--format', 'slides,png'];
const NAMES = ['constructor.pdf', 'constructor'];

it('may name a theme, tag, interview, exchange, person, term and section: outputs are made, known the next time, and taken back', async () => {
  const project = await projectFrom(fixture);
  const make = async () => {
    const { exitCode, stdout } = await run(['brief', ...ALL, '--json', ...project.options]);
    expect(exitCode).toBe(0);
    return JSON.parse(stdout).outputs.map(({ status }: { status: string }) => status);
  };
  expect(await make()).toEqual(Array.from({ length: 2 }, () => 'done'));
  await access(path.join(project.out, 'constructor/001.png'));
  expect(await make()).toEqual(Array.from({ length: 2 }, () => 'fresh'));
  const { outputs } = JSON.parse(await readFile(path.join(project.out, 'manifest.json'), 'utf8'));
  expect(Object.keys(outputs).sort()).toEqual([...NAMES].sort());
  expect((await run(['status', ...project.options])).exitCode).toBe(0);
  expect((await run(['inspect', path.join(project.out, 'constructor.pdf')])).exitCode).toBe(0);

  for (const file of ['010-constructor.md', '020-valueof.md'])
    await edit(project, `interviews/constructor/${file}`, 'speaker: valueof', 'speaker: valueof\ndraft: true');
  await run(['generate', ...project.options]);
  for (const name of NAMES) await expect(access(path.join(project.out, name))).rejects.toThrow('ENOENT');
});

it('may be what a recording calls its speakers', async () => {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'talk.vtt');
  const turns = ['<v constructor>Who builds a house?', '<v toString>Many hands build a house, and they start early.'];
  await writeFile(file, `WEBVTT\n\n${turns.map((turn, index) => `00:0${index}.000 --> 00:0${index + 1}.000\n${turn}`).join('\n\n')}\n`);
  const content = path.join(folder, 'content');
  const imported = await run(['import', file, '--date', '2024', '--lang', 'en', '--content', content]);
  expect(imported.exitCode).toBe(0);
  const index = await readFile(path.join(content, 'interviews/talk/index.md'), 'utf8');
  expect(index).toContain('name: constructor');
  expect(index).toContain('name: toString');
});

it('is an unknown key like any other', async () => {
  const project = await projectFrom(fixture);
  await edit(
    project,
    'interviews/constructor/020-valueof.md',
    'section: hasownproperty',
    'section: hasownproperty\nconstructor: 1\n__proto__: 2',
  );
  const { stderr } = await run(['check', ...project.options]);
  expect(stderr).toContain('020-valueof.md:5:1 error unknown-key: unknown key "constructor"');
  expect(stderr).toContain('020-valueof.md:6:1 error unknown-key: unknown key "__proto__"');
});
