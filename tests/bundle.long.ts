/** The bundled program is never another one than its sources, and does without itself where it cannot be. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../scripts/shared/paths.ts';
import { temporaryFolder } from './run.ts';

/** A project of its own, with the packages of this one. */
async function project(): Promise<string> {
  const root = path.join(await temporaryFolder(), 'a project');
  for (const name of ['package.json', 'scripts', 'templates'])
    await cp(path.join(projectRoot, name), path.join(root, name), { recursive: true });
  await mkdir(path.join(root, 'node_modules'));
  for (const name of await readdir(path.join(projectRoot, 'node_modules'))) {
    if (!name.startsWith('.')) await symlink(path.join(projectRoot, 'node_modules', name), path.join(root, 'node_modules', name));
  }
  return root;
}

function start(root: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'scripts/briefdeck.js'), ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const programs = (root: string) => path.join(root, 'node_modules/.cache/briefdeck/program');
const versions = async (root: string) => readdir(programs(root)).catch(() => []);

async function rewrite(root: string, file: string, from: string, to: string): Promise<void> {
  const target = path.join(root, file);
  await writeFile(target, (await readFile(target, 'utf8')).replace(from, to));
}

it('is made once, again after an edit, and mended when it is spoilt', async () => {
  const root = await project();
  const before = start(root, '--help');
  expect(before).toMatchObject({ status: 0, stderr: '' });
  expect(await versions(root)).toHaveLength(1);
  expect(start(root, '--help')).toEqual(before);
  expect(await versions(root)).toHaveLength(1);

  await rewrite(root, 'scripts/commands/arguments.ts', 'Turns tagged interviews into briefings', 'Edited a moment ago');
  expect(start(root, '--help').stdout).toContain('Edited a moment ago');
  expect(await versions(root)).toHaveLength(2);

  for (const version of await versions(root)) await writeFile(path.join(programs(root), version, 'cli.cjs'), 'process.exit(9);');
  expect(start(root, '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Edited a moment ago') });

  await rm(path.join(root, 'node_modules/.cache'), { recursive: true });
  expect(start(root, '--help').stdout).toContain('Edited a moment ago');
});

it('keeps what V8 compiled of it, which can be spoilt or gone', async () => {
  const root = await project();
  const before = start(root, '--help');
  const [version = ''] = await versions(root);
  const kept = path.join(programs(root), version, 'cli.cjs.other.code');
  const bytes = await readFile(kept);
  expect(bytes.length).toBeGreaterThan(100_000);
  const turned = Buffer.from(bytes.map((byte, at) => (at > 5000 && at % 5 === 0 ? 255 - byte : byte)));
  for (const spoilt of [Buffer.alloc(0), bytes.subarray(0, 5000), turned]) {
    await writeFile(kept, spoilt);
    expect(start(root, '--help')).toEqual(before);
    // Made again.
    expect((await readFile(kept)).length).toBeGreaterThan(100_000);
  }
  await rm(kept);
  await mkdir(kept);
  expect(start(root, '--help')).toEqual(before);
  expect((await readdir(path.dirname(kept))).filter((name) => /code\.\d/.test(name))).toEqual([]);
});

it('knows where the project is, and names the lines that people wrote', async () => {
  const root = await project();
  const missing = start(root, 'check');
  expect(missing.status).toBe(1);
  expect(missing.stderr).toContain(`cannot read the content folder ${path.join(root, 'content')}`);
  await rewrite(
    root,
    'scripts/commands/check.ts',
    'const { corpus, problems }',
    "if (settings.now) throw new Error('a bug');\n  const { corpus, problems }",
  );
  const line =
    (await readFile(path.join(root, 'scripts/commands/check.ts'), 'utf8')).split('\n').findIndex((each) => each.includes('a bug')) + 1;
  expect(start(root, 'check').stderr).toContain(`${path.join(root, 'scripts/commands/check.ts')}:${line}:`);
});

it('keeps few versions', async () => {
  const root = await project();
  for (let index = 0; index < 12; index += 1) await mkdir(path.join(programs(root), `earlier-${index}`), { recursive: true });
  expect(start(root, '--help').status).toBe(0);
  expect(await versions(root)).toHaveLength(8);
  expect(start(root, '--help').status).toBe(0);
});

it('where it cannot be kept, the sources run as they are', async () => {
  const root = await project();
  await writeFile(path.join(root, 'node_modules/.cache'), 'a file is in the way');
  expect(start(root, '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Turns tagged interviews') });
});
