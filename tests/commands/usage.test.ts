import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../scripts/commands/arguments.ts';
import { EXIT, ExpectedError } from '../../scripts/shared/errors.ts';
import { edit, projectFrom, run, temporaryFolder } from '../run.ts';

const small = path.join(import.meta.dirname, 'input/small');

describe('wrong usage ends 2 and says what to do', () => {
  it.each([
    [['generate', '--chek'], /unknown option '--chek'.*Did you mean --check/s],
    [['watch', '--prot', '3030'], /unknown option '--prot'.*Did you mean --port/s],
    [['generat'], /unknown command 'generat'.*Did you mean generate/s],
    [['export', '--timeout', 'soon'], /"soon" is not a whole number of milliseconds/],
    [['export', '--format', 'gif'], /there is no format "gif"; known: slides, short, briefing/],
    [['brief', '--paper', 'a3'], /argument 'a3' is invalid\. Allowed choices are a4, letter/],
    [['generate', '--lang', 'xx-yy'], /"xx-yy" is not a language code/],
    [['generate', '--content'], /argument missing/],
  ])('%s', async (args, words) => {
    const { exitCode, stderr } = await run(args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(words);
  });

  it('an unknown theme, with the near one', async () => {
    const project = await projectFrom(small);
    const { exitCode, stderr } = await run(['generate', 'watr', ...project.options]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/there is no theme "watr"\s+did you mean "water"\? known: water, money/);
  });

  it('a language without a locale', async () => {
    const project = await projectFrom(small);
    const { exitCode, stderr } = await run(['generate', '--lang', 'fr', ...project.options]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/there is no locale for the language "fr"\s+known: en, zh/);
  });
});

describe('--json ends with one object also when a command cannot be carried out', () => {
  it.each([
    ['an unknown theme', ['generate', 'watr'], { command: 'generate', exitCode: 2, error: 'there is no theme "watr"' }],
    ['no browser', ['brief', 'money', '--browser', '/nowhere/chrome'], { command: 'brief', exitCode: 3 }],
    ['no content', ['check', '--content', '/nowhere/content'], { command: 'check', exitCode: 1 }],
  ])('%s', async (_, args, expected) => {
    const project = await projectFrom(small);
    const { exitCode, stdout } = await run([...args.slice(0, 1), '--json', ...project.options, ...args.slice(1)]);
    expect(exitCode).toBe(expected.exitCode);
    expect(JSON.parse(stdout)).toMatchObject({ ...expected, hint: expect.any(String) });
  });

  it('an interrupt in the last moment, which is not swallowed', async () => {
    const project = await projectFrom(small);
    const abort = new AbortController();
    const stop = new ExpectedError('interrupted', { exitCode: EXIT.interrupted });
    let stdout = '';
    const out = new Writable({
      write(chunk, _encoding, done) {
        stdout += String(chunk);
        done();
      },
    });
    const err = new Writable({
      write(chunk, _encoding, done) {
        // As a signal does: heard only when the event loop goes round.
        if (String(chunk).startsWith('checked')) setImmediate(() => abort.abort(stop));
        done();
      },
    });
    const parsed = parseArguments(['check', '--json', ...project.options], { out, err, env: process.env, signal: abort.signal });
    await expect(parsed.type === 'run' && parsed.run()).rejects.toBe(stop);
    expect(JSON.parse(stdout)).toEqual({ command: 'check', exitCode: 130, error: 'interrupted', hint: null });
  });
});

describe('help', () => {
  it('lists the commands, the units and the exit codes', async () => {
    const { exitCode, stdout } = await run(['--help']);
    expect(exitCode).toBe(0);
    for (const command of ['brief', 'generate', 'export', 'present', 'watch', 'check', 'status', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    expect(stdout).toMatch(/Exit codes: 0 all done; 1 /);
    expect((await run(['export', '--help'])).stdout).toMatch(/--timeout <ms> .*milliseconds/);
  });
});

describe('check', () => {
  it('ends 0 and counts what was read', async () => {
    const project = await projectFrom(small);
    const { exitCode, stderr } = await run(['check', ...project.options]);
    // The two texts of one exchange have <b> in them.
    expect(stderr).toContain('3 exchanges, 2 themes, 1 term: no errors, 2 warnings');
    expect(exitCode).toBe(0);
  });

  it('ends 1 with one JSON object that carries every problem', async () => {
    const project = await projectFrom(small);
    await writeFile(path.join(project.content, 'themes/money.md'), '---\ntitle: Money\nquery: money and (\n---\n');
    const { exitCode, stdout } = await run(['check', '--json', ...project.options]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'check',
      exitCode: 1,
      errors: 1,
      warnings: 2,
      problems: [
        { code: 'raw-html', severity: 'warning', file: 'interviews/ana-2024/010-where-it-starts.md' },
        { code: 'raw-html', severity: 'warning', file: 'interviews/ana-2024/010-where-it-starts.zh.md' },
        { code: 'query-syntax', severity: 'error', file: 'themes/money.md', line: 3, hint: expect.any(String) },
      ],
    });
  });

  it('ends 1 when there is no content folder', async () => {
    const { exitCode, stderr } = await run(['check', '--content', path.join(await temporaryFolder(), 'none')]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('none');
  });
});

describe('status --story', () => {
  it('prints the headlines of the story in order, in every language, with what proves them', async () => {
    const project = await projectFrom(small);
    const story = 'answer: The river pays\nstory:\n  - { role: answer, show: where-it-ends, say: It ends at the sea }\n---';
    await edit(project, 'themes/water.md', '---\n\n', `${story}\n\n`);
    const { exitCode, stdout, stderr } = await run(['status', '--story', 'water', '--json', ...project.options]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Water: The river pays\n  1  answer     It ends at the sea  (where-it-ends: ');
    expect(JSON.parse(stdout).stories).toMatchObject([
      { lang: 'en', answer: 'The river pays', origin: 'written', steps: [{ role: 'answer', headline: 'It ends at the sea' }] },
      { lang: 'zh', steps: [{ exchanges: ['ana-2024/where-it-ends'] }] },
    ]);
  });

  it('says what a theme without a story would show, and knows its themes', async () => {
    const project = await projectFrom(small);
    expect((await run(['status', '--story', 'money', ...project.options])).stderr).toContain('no story yet');
    const { exitCode, stderr } = await run(['status', '--story', 'mony', ...project.options]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('did you mean "money"?')]);
  });
});

describe('status', () => {
  it('shows coverage, unused exchanges and what is missing', async () => {
    const project = await projectFrom(small);
    await writeFile(
      path.join(project.content, 'interviews/ana-2024/040-extra.md'),
      '---\nquestion: And then?\ntags: [rivers]\n---\n\n- More.\n',
    );
    const { exitCode, stdout } = await run(['status', '--json', ...project.options]);
    expect(exitCode).toBe(0);
    const status = JSON.parse(stdout);
    expect(status.unused).toEqual(['interviews/ana-2024/040-extra.md']);
    expect(status.sections.map(({ id, byTheme }: { id: string; byTheme: number[] }) => [id, byTheme])).toEqual([
      ['source', [1, 0]],
      ['mouth', [1, 1]],
      ['', [0, 0]],
    ]);
    expect(status.decks.map(({ name, deck, pdf }: Record<string, string>) => `${name} ${deck} ${pdf}`)).toContain('water missing missing');
  });
});
