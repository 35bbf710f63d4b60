/** The bundled program is never another one than its sources, runs wherever it lies, and believes nothing that another user could have written. */
import { spawnSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { unpackEmbedded } from '../scripts/export/browser/embedded-chromium.ts';
import { projectRoot } from '../scripts/shared/paths.ts';
import { canMount } from './export/places.ts';
import { projectFrom, temporaryFolder } from './run.ts';

/** A copy of the package with the packages of this one; `name` may be a path. */
async function copied(name = 'a project'): Promise<string> {
  const root = path.join(await temporaryFolder(), name);
  for (const each of ['package.json', 'npm-shrinkwrap.json', 'scripts', 'templates'])
    await cp(path.join(projectRoot, each), path.join(root, each), { recursive: true });
  await rm(path.join(root, 'scripts/.program'), { recursive: true, force: true });
  await mkdir(path.join(root, 'node_modules'));
  for (const each of await readdir(path.join(projectRoot, 'node_modules'))) {
    if (!each.startsWith('.')) await symlink(path.join(projectRoot, 'node_modules', each), path.join(root, 'node_modules', each));
  }
  return root;
}

function start(root: string, args: string[], env: NodeJS.ProcessEnv = process.env) {
  const bin = path.join(root, 'scripts/briefdeck.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', cwd: root, env });
  return { status, stdout, stderr };
}

const help = { status: 0, stdout: expect.stringContaining('Turns tagged interviews into briefings'), stderr: '' };

const bundles = (root: string) => path.join(root, 'scripts/.program');
const versions = async (root: string) => readdir(bundles(root)).catch(() => []);

async function rewrite(root: string, file: string, from: string, to: string): Promise<void> {
  const target = path.join(root, file);
  await writeFile(target, (await readFile(target, 'utf8')).replace(from, to));
}

describe('the bundle', () => {
  it('is made once, again after an edit, and mended when any of its files is spoilt or gone', async () => {
    const root = await copied();
    expect(start(root, ['--help'])).toEqual(help);
    const [version = ''] = await versions(root);
    const files = await readdir(path.join(bundles(root), version));
    expect(start(root, ['--help'])).toEqual(help);
    expect(await versions(root)).toEqual([version]);

    for (const file of ['cli.mjs', files.find((name) => name.startsWith('chunk-')) ?? '', 'finish-worker.mjs', 'files.json']) {
      await writeFile(path.join(bundles(root), version, file), 'process.exit(9);');
      expect(start(root, ['--help']), file).toEqual(help);
      await rm(path.join(bundles(root), version, file));
      expect(start(root, ['--help']), file).toEqual(help);
    }

    await rewrite(root, 'scripts/commands/arguments.ts', 'Turns tagged interviews into briefings', 'Edited a moment ago');
    expect(start(root, ['--help']).stdout).toContain('Edited a moment ago');
    expect(await versions(root)).toHaveLength(2);
  });

  it('keeps few versions, the last used ones', async () => {
    const root = await copied();
    for (let index = 0; index < 5; index += 1) {
      const earlier = path.join(bundles(root), `unused-${index}`);
      await mkdir(earlier, { recursive: true });
      await utimes(earlier, 1000 + index, 1000 + index);
    }
    expect(start(root, ['--help'])).toEqual(help);
    expect(await versions(root)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), 'unused-4']);
  });

  it('is good also where an old version cannot be removed', async () => {
    const root = await copied();
    await mkdir(bundles(root));
    // Nothing can be said of what a broken link leads to.
    await symlink('nowhere', path.join(bundles(root), 'broken'));
    expect(start(root, ['--help'])).toEqual(help);
    expect(await versions(root)).toHaveLength(2);
    expect(start(root, ['--help'])).toEqual(help);
  });

  it.each([
    ['is missing', async (folder: string) => rm(folder, { recursive: true })],
    ['may not be run', async (folder: string) => chmod(path.join(folder, 'bin/esbuild'), 0o644)],
    ['is for another system', async (folder: string) => writeFile(path.join(folder, 'bin/esbuild'), '\x7fELF of another system')],
  ])('cannot be made where esbuild %s, which is said in one sentence', async (_what, spoil) => {
    const root = await copied();
    const packages = path.join(root, 'node_modules');
    for (const each of ['esbuild', '@esbuild']) {
      await rm(path.join(packages, each));
      await cp(path.join(projectRoot, 'node_modules', each), path.join(packages, each), { recursive: true });
    }
    const [platform = ''] = await readdir(path.join(packages, '@esbuild'));
    await spoil(path.join(packages, '@esbuild', platform));
    const { status, stderr } = start(root, ['--help']);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^Briefdeck cannot start: esbuild, which bundles the program, does not run: .+\n {2}install the packages again.*\n$/m,
    );
  });

  it('of an edited program makes the outputs of the earlier one stale', async () => {
    const root = await copied();
    const { options } = await projectFrom(path.join(projectRoot, 'tests/commands/input/small'));
    // Not unpacked for this copy once more.
    const env = { ...process.env, ...(process.env.BRIEFDECK_BROWSER === 'embedded' ? { BRIEFDECK_BROWSER: await unpackEmbedded() } : {}) };
    const json = (command: string, ...more: string[]) =>
      JSON.parse(start(root, [command, '--lang', 'en', '--json', ...more, ...options], env).stdout);
    const made = () => json('export', 'money', '--format', 'briefing').outputs[0].status;
    const state = () => json('status').decks.find(({ name }: { name: string }) => name === 'money').briefing;
    expect([made(), state()]).toEqual(['done', 'up to date']);
    await rewrite(root, 'scripts/pdf/write/pdf-metadata.ts', "'Briefdeck'", "'Another writer'");
    expect([state(), made()]).toEqual(['stale: it was made by another version of Briefdeck', 'done']);
  });

  it('names the lines that people wrote when there is a bug', async () => {
    const root = await copied();
    await mkdir(path.join(root, 'content/themes'), { recursive: true });
    const from = 'const { corpus, problems }';
    await rewrite(root, 'scripts/commands/check.ts', from, `if (settings.now) throw new Error('a bug');\n  ${from}`);
    const lines = (await readFile(path.join(root, 'scripts/commands/check.ts'), 'utf8')).split('\n');
    const { status, stderr } = start(root, ['check']);
    expect(status).toBe(1);
    expect(stderr).toContain('This is a bug in Briefdeck');
    expect(stderr).toContain(`${path.join(root, 'scripts/commands/check.ts')}:${lines.findIndex((each) => each.includes('a bug')) + 1}:`);
  });
});

describe('where it lies', () => {
  it.each([
    'plain',
    'with "quotes" and \'more\'',
    'a?b',
    'line\nbreak',
    '50% #1 ünï 中文',
    'node_modules/briefdeck',
    'x/node_modules/@scope/briefdeck',
  ])('it runs in a folder called %j', async (name) => {
    if (process.platform === 'win32' && /["*?\n]/.test(name)) return;
    const root = await copied(name);
    await cp(path.join(projectRoot, 'tests/commands/input/small'), path.join(root, 'content'), { recursive: true });
    for (const turn of ['first', 'second']) {
      const { status, stderr } = start(root, ['check']);
      expect(stderr, turn).toContain('3 exchanges');
      expect(status, turn).toBe(0);
    }
  });

  it.skipIf(process.platform === 'win32').each(['back\\slash', 'a*b'])(
    'says in one sentence why it cannot in a folder called %j',
    async (name) => {
      const { status, stderr } = start(await copied(name), ['--help']);
      expect(stderr).toMatch(
        /^Briefdeck cannot start: Node\.js finds no packages below a folder with \\ or \* in its name: .*\n {2}move or rename the folder\n$/,
      );
      expect(status).toBe(1);
    },
  );
});

describe('where it is kept', () => {
  /** Nothing can be written there, not even by root. */
  const close = (file: string) => writeFile(file, 'a file is in the way');

  it('in the package, else below node_modules, else in the cache folder of the user, else in the temporary folder, else nowhere', async () => {
    const root = await copied();
    const home = path.join(await temporaryFolder(), 'home');
    const temporary = await temporaryFolder();
    await mkdir(home);
    const { XDG_CACHE_HOME: _, ...rest } = process.env;
    const env = { ...rest, HOME: home, TMPDIR: temporary };
    const uid = process.getuid?.() ?? '';
    const places = [path.join(root, 'node_modules/.cache'), path.join(home, '.cache'), path.join(temporary, `briefdeck-${uid}`)];
    await close(bundles(root));
    for (const place of places) {
      for (const turn of ['first', 'second']) expect(start(root, ['--help'], env), `${turn} in ${place}`).toEqual(help);
      const kept = (await readdir(place, { recursive: true })).filter((name) => path.basename(name) === 'cli.mjs');
      expect(kept).toHaveLength(1);
      await rm(place, { recursive: true });
      await close(place);
    }
    const { status, stderr } = start(root, ['--help'], env);
    expect(stderr).toMatch(
      /^Briefdeck cannot start: no folder can hold the program: .*scripts.\.program: it cannot be written; .*\n {2}make one/,
    );
    for (const place of places) expect(stderr).toContain(place);
    expect(status).toBe(1);
  });

  it.runIf(canMount)('elsewhere when the disk of the package is full', async () => {
    const root = await copied();
    await mkdir(bundles(root));
    const full = 'mount -t tmpfs -o size=64k none "$1" && shift && "$@"';
    const program = [process.execPath, path.join(root, 'scripts/briefdeck.cjs'), '--help'];
    const { status, stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', full, 'sh', bundles(root), ...program], {
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual(help);
    expect(await versions(root)).toEqual([]);
    expect(await readdir(path.join(root, 'node_modules/.cache/briefdeck/program'))).toHaveLength(1);
  });

  it.runIf(process.getuid?.() === 0)('never where another user could have written it', async () => {
    const root = await copied();
    start(root, ['--help']);
    const [version = ''] = await versions(root);
    const evil = 'process.stderr.write("another user\'s code"); process.exit(9);';
    const folder = path.join(bundles(root), version);
    await writeFile(path.join(folder, 'cli.mjs'), evil);
    const { createHash } = await import('node:crypto');
    const listed = { size: evil.length, mtimeMs: 0, runs: false, hash: createHash('sha256').update(evil).digest('hex') };
    await writeFile(path.join(folder, 'files.json'), JSON.stringify({ 'cli.mjs': listed }));
    expect(start(root, ['--help'])).toMatchObject({ status: 9 });
    await chown(folder, 54_321, 54_321);
    expect(start(root, ['--help'])).toEqual(help);

    await rm(bundles(root), { recursive: true });
    await close(bundles(root));
    const cache = path.join(root, 'node_modules/.cache/briefdeck');
    start(root, ['--help']);
    await chmod(cache, 0o777);
    const { stderr } = start(root, ['--help']);
    expect(stderr).toBe('');
    expect((await readdir(path.join(process.env.HOME ?? '', '.cache/briefdeck/program'))).length).toBeGreaterThan(0);
  });

  it.runIf(process.getuid?.() === 0)('an ordinary user runs what root has installed, and writes nothing into it', async () => {
    const root = await copied();
    await chmod(path.dirname(root), 0o755);
    start(root, ['--help']);
    await rm(path.join(root, 'node_modules/.cache'), { recursive: true, force: true });
    const home = await temporaryFolder();
    await chown(home, 54_321, 54_321);
    const bin = path.join(root, 'scripts/briefdeck.cjs');
    const env = { PATH: process.env.PATH, HOME: home, TMPDIR: home };
    const { status, stderr } = spawnSync('setpriv', ['--reuid=54321', '--regid=54321', '--clear-groups', process.execPath, bin, '--help'], {
      encoding: 'utf8',
      cwd: root,
      env,
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(await versions(root)).toHaveLength(1);
    expect(await readdir(path.join(home, '.cache/briefdeck')).catch(() => [])).not.toContain('program');
  });
});
