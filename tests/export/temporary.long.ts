/** Temporary folders that are too small, closed, too long or not there, and what processes leave in them that are killed. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { leftBy, startProgram } from '../program.ts';
import { projectFrom, temporaryFolder } from '../run.ts';
import { canMount, only, runAt } from './places.ts';

const small = path.join(import.meta.dirname, '../commands/input/small');

/** Everything below a temporary folder but the one that is ours and stays. */
async function leftIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  return all.filter((name) => !/^briefdeck(?:-\d+)?(?:\/t)?$/.test(name));
}

describe.skipIf(process.platform === 'win32')('a temporary folder', () => {
  it('has nothing in it after a run', async () => {
    const project = await projectFrom(small);
    const temporary = await temporaryFolder();
    const { code, stderr } = await startProgram(only(project, 'brief'), { TMPDIR: temporary }).ended;
    expect(code, stderr).toBe(0);
    expect(await leftIn(temporary)).toEqual([]);
  });

  it('is cleaned by the next run of what killed ones have left, and living ones keep theirs', async () => {
    const project = await projectFrom(small);
    const temporary = await temporaryFolder();
    const env = { TMPDIR: temporary };
    for (const group of [false, true]) {
      const killed = startProgram(only(project, 'brief', '--force'), env);
      await killed.says(/browser: /);
      killed.kill('SIGKILL', group);
      await killed.ended;
      expect(await leftBy(killed)).toEqual([]);
    }
    const watching = startProgram(['watch', '--export', '--lang', 'en', '--format', 'slides', ...project.options], env);
    await watching.says(/browser: /);
    const during = (await readdir(path.join(temporary, `briefdeck-${process.getuid?.()}`, 't'))).filter((name) => name.length === 6);
    // That of the living one.
    expect(during.length).toBe(1);
    const other = await projectFrom(small);
    expect((await startProgram(only(other, 'brief'), env).ended).code).toBe(0);
    expect(await readdir(path.join(temporary, `briefdeck-${process.getuid?.()}`, 't'))).toEqual(during);
    watching.kill('SIGHUP');
    expect((await watching.ended).code).toBe(129);
    expect(await leftIn(temporary)).toEqual([]);
  });

  it.each<[string, (folder: string) => Promise<string>]>([
    ['is not there', async (folder) => path.join(folder, 'nowhere')],
    [
      'is a file',
      async (folder) => {
        await writeFile(path.join(folder, 'file'), '');
        return path.join(folder, 'file');
      },
    ],
    [
      'has a path of 200 characters',
      async (folder) => {
        const long = path.join(folder, 'x'.repeat(90), 'y'.repeat(200 - folder.length - 92));
        await mkdir(long, { recursive: true });
        return long;
      },
    ],
    [
      'has spaces and quotes in its path',
      async (folder) => {
        await mkdir(path.join(folder, 'a "b" \' ü'));
        return path.join(folder, 'a "b" \' ü');
      },
    ],
  ])('that %s is got along with', async (_what, make) => {
    const project = await projectFrom(small);
    const { code, stderr } = await startProgram(only(project, 'brief'), { TMPDIR: await make(await temporaryFolder()) }).ended;
    expect(code, stderr).toBe(0);
  });

  it.skipIf(!canMount)('of 1 or 5 MB, a tiny /dev/shm or none are got along with', async () => {
    const project = await projectFrom(small);
    const temporary = await temporaryFolder();
    for (const mount of [
      'mount -t tmpfs -o size=1m none "$1"',
      'mount -t tmpfs -o size=5m none "$1"',
      'mount -t tmpfs -o size=64k none /dev/shm',
      'mount -t tmpfs -o size=0,mode=000 none /dev/shm && mount -o remount,ro /dev/shm',
    ]) {
      const { code, stderr } = await runAt({ folder: temporary, mount }, only(project, 'brief', '--force'), { TMPDIR: temporary });
      expect(code, `${mount}\n${stderr}`).toBe(0);
    }
  });

  it.skipIf(!canMount)('and no other place with room: one message says which were tried and how much is needed', async () => {
    const project = await projectFrom(small);
    const temporary = await temporaryFolder();
    const cache = path.resolve(import.meta.dirname, '../../node_modules/.cache/briefdeck');
    const tiny = (folder: string) => `mount -t tmpfs -o size=3m none ${folder}`;
    // The cache keeps what it has, in a file system that is full.
    const full = `mkdir /mnt/kept && mount --bind ${cache} /mnt/kept && mount -t tmpfs -o size=900m none ${cache} && cp -a /mnt/kept/. ${cache} && mount -o remount,size=$(($(du -sk ${cache} | cut -f1) + 3000))k ${cache}`;
    const mount = [
      'mount -t tmpfs none /mnt',
      full,
      `mkdir -p /mnt/b && cp -a ${project.content}/.. /mnt/b/p`,
      tiny('/var/tmp'),
      tiny('"$1"'),
    ].join(' && ');
    const script = `${mount} && mount --bind "$1" /tmp 2>/dev/null; shift; "$@"`;
    const folders = ['content', 'slides'].flatMap((name) => [`--${name}`, `/mnt/b/p/${name}`]);
    const args = ['brief', 'water', '--format', 'slides', '--lang', 'en', ...folders, '--out', '/mnt/b/p/dist'];
    const { code, stderr } = await startProgram(args, { TMPDIR: temporary }, ['unshare', '-rm', 'sh', '-c', script, 'sh', temporary]).ended;
    expect(stderr).toMatch(
      /the browser has no room for its temporary files: .*has \d MB left; .*; 64 MB are needed\n {2}free some space there/,
    );
    expect(stderr).not.toMatch(/^\s+at |IO\.read|This is a bug/m);
    expect(code).toBe(1);
  });
});
