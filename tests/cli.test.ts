/** The program as a process: exit codes, streams, signals. */
import { spawn } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from '../scripts/shared/cache-folder.ts';
import { projectFrom } from './run.ts';

const bin = path.resolve(import.meta.dirname, '../scripts/briefdeck.js');
const small = path.join(import.meta.dirname, 'commands/input/small');

interface Ended {
  pid: number | undefined;
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Runs the program; `interrupt` sends a signal as soon as stderr shows the words. */
function start(args: string[], interrupt?: { at: RegExp; signal: NodeJS.Signals }): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let sent = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (interrupt !== undefined && !sent && interrupt.at.test(stderr)) {
        sent = true;
        child.kill(interrupt.signal);
      }
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ pid: child.pid, code, signal, stdout, stderr }));
  });
}

describe('the process', () => {
  it('ends 0, with one JSON object on stdout and the words on stderr', async () => {
    const project = await projectFrom(small);
    const { code, stdout, stderr } = await start(['check', '--json', ...project.options]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'check', exitCode: 0 });
    expect(stderr).toContain('3 exchanges');
  });

  it('ends 2 on a wrong option and 3 on a browser that is not there', async () => {
    expect(await start(['check', '--jsn'])).toMatchObject({ code: 2, stderr: expect.stringContaining("unknown option '--jsn'") });
    const project = await projectFrom(small);
    const { code, stderr } = await start(['brief', 'money', '--lang', 'en', '--browser', '/nowhere/chrome', ...project.options]);
    expect(stderr).toContain('/nowhere/chrome');
    expect(code).toBe(3);
  });

  it('prints no control or bidi character, neither of an argument nor of a file name nor of content', async () => {
    const hostile = '\u001b]0;x\u0007\u009b2J\u202e\u2066';
    const project = await projectFrom(small);
    await writeFile(path.join(project.content, 'themes', `${hostile}.md`), '---\ntitle: T\n---\n');
    await writeFile(path.join(project.content, 'themes', 'money.md'), `---\ntitle: T\nquery: ${JSON.stringify(hostile)}\n---\n`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there
    const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
    const argument = await start(['check', `--${hostile}`]);
    const content = await start(['check', '--json', ...project.options]);
    const folder = await start(['check', '--json', '--content', hostile]);
    expect([argument, content, folder].map(({ code }) => code)).toEqual([2, 1, 1]);
    for (const { stdout, stderr } of [argument, content, folder]) {
      expect(stdout).not.toMatch(hidden);
      expect(stderr).not.toMatch(hidden);
      expect(stderr).toContain('\ufffd]0;x\ufffd');
    }
    // Escaped, not lost: whoever reads the JSON gets the name as it is.
    expect(JSON.parse(content.stdout).problems.map(({ file }: { file: string }) => file)).toContain(`themes/${hostile}.md`);
  });

  it.each([
    ['SIGINT', 130, /✓ .*money\.md/],
    ['SIGTERM', 143, /browser: /],
    ['SIGINT', 130, /✓ .*water\.pdf/],
  ] as const)('%s ends it with %i and leaves only whole files', async (signal, expected, at) => {
    const project = await projectFrom(small);
    const { code, stderr } = await start(['brief', '--lang', 'en', ...project.options], { at, signal });
    expect(stderr).toContain(`interrupted by ${signal}`);
    expect(code).toBe(expected);
    const names = await readdir(project.out).catch(() => []);
    expect(names.filter((name) => !/^(water|money)(-briefing)?\.pdf$|^manifest\.json$/.test(name))).toEqual([]);
    expect((await readdir(project.slides)).sort()).toEqual(['money.md', 'water.md']);
  });

  it.each([
    [['present', 'water'], 'SIGINT', 130, /all decks/],
    [['watch', '--export'], 'SIGTERM', 143, /browser: /],
  ] as const)('%j ends calmly on %s with %i and leaves nothing', async (args, signal, expected, at) => {
    const project = await projectFrom(small);
    await start(['generate', '--lang', 'en', ...project.options]);
    const { pid, code, stderr } = await start([...args, '--lang', 'en', ...project.options], { at, signal });
    expect(stderr.trim().split('\n').at(-1)).toBe(`interrupted by ${signal}; files already finished are kept`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(expected);
    const folders = await readdir(await cacheFolder('slidev'));
    expect(folders.filter((name) => name.startsWith(`run-${pid}-`))).toEqual([]);
    const [url = ''] = /http:\S+/.exec(stderr) ?? [];
    await expect(fetch(url)).rejects.toThrow();
  });
});
