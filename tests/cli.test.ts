/** The program as a process: exit codes and streams. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startProgram } from './program.ts';
import { projectFrom } from './run.ts';

const small = path.join(import.meta.dirname, 'commands/input/small');

/** Runs the program to its end. */
const start = (args: string[]) => startProgram(args).ended;

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

  it('does again what it did, with the code that was kept of it', async () => {
    const project = await projectFrom(small);
    await start(['generate', '--lang', 'en', ...project.options]);
    for (let count = 0; count < 2; count += 1) {
      const program = startProgram(['present', 'water', '--lang', 'en', ...project.options]);
      await program.says(/all decks/);
      program.kill('SIGINT');
      const { code, stderr } = await program.ended;
      expect(stderr).toMatch(/^http:.*\n {2}presenter .*\n {2}all decks .*\ninterrupted by SIGINT; files already finished are kept\n$/);
      expect(code).toBe(130);
    }
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
});
