import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn, type Project, projectFrom, run } from '../run.ts';

const small = path.join(import.meta.dirname, 'input/small');

async function edit(project: Project, file: string, change: (text: string) => string): Promise<void> {
  const full = path.join(project.content, file);
  const before = await readFile(full, 'utf8');
  const after = change(before);
  expect(after, `the edit of ${file} changes nothing`).not.toBe(before);
  await writeFile(full, after);
}

const firstExchange = 'interviews/ana-2024/010-where-it-starts.md';

describe('generate', () => {
  it('writes a deck for each theme and language, as the golden files have them', async () => {
    const project = await projectFrom(small);
    const { exitCode, stderr } = await run(['generate', ...project.options]);
    expect(stderr).not.toContain('error');
    expect(exitCode).toBe(0);
    const decks = await filesIn(project.slides);
    expect(Object.keys(decks)).toEqual(['money.md', 'money.zh.md', 'water.md', 'water.zh.md']);
    for (const [name, text] of Object.entries(decks)) {
      // Where the theme lies depends on the machine; all else must not.
      await expect(text.replace(/^theme: .*$/m, 'theme: THEME')).toMatchFileSnapshot(path.join(import.meta.dirname, 'output/small', name));
    }
  });

  it('writes only the themes and languages asked for', async () => {
    const project = await projectFrom(small);
    await run(['generate', 'water', '--lang', 'zh', ...project.options]);
    expect(Object.keys(await filesIn(project.slides))).toEqual(['water.zh.md']);
  });

  it('says what is stale with --check, and writes nothing', async () => {
    const project = await projectFrom(small);
    expect((await run(['generate', '--check', ...project.options])).exitCode).toBe(1);
    expect(await filesIn(project.slides)).toEqual({});

    await run(['generate', ...project.options]);
    expect((await run(['generate', '--check', ...project.options])).exitCode).toBe(0);

    await edit(project, firstExchange, (text) => text.replace('in the hills', 'in the high hills'));
    const stale = await run(['generate', '--check', '--json', ...project.options]);
    expect(stale.exitCode).toBe(1);
    expect(JSON.parse(stale.stdout).stale.map((file: string) => path.basename(file))).toEqual(['water.md']);
  });

  it('changes only the decks that an edit touches', async () => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    const before = await filesIn(project.slides);
    await edit(project, firstExchange, (text) => text.replace('in the hills', 'in the high hills'));
    await run(['generate', ...project.options]);
    const after = await filesIn(project.slides);
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(['water.md']);
    expect(after['water.md']).toContain('in the high hills');
  });

  it('keeps the last good deck of a broken exchange and delivers the others', async () => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    const before = await filesIn(project.slides);
    await edit(project, firstExchange, (text) =>
      text.replace('[water, rivers]', '[water, riverz]').replace('in the hills', 'in the high hills'),
    );
    await edit(project, 'interviews/ana-2024/030-who-pays.md', (text) => text.replace('The towns along', 'All towns along'));
    const { exitCode, stderr } = await run(['generate', ...project.options]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/010-where-it-starts\.md:3:15 error unknown-tag: .*"riverz".*did you mean "rivers"\?/);
    const after = await filesIn(project.slides);
    expect(after['water.md']).toBe(before['water.md']);
    expect(after['money.md']).toContain('All towns along');
  });

  it('holds a deck back also when nobody can read the tags of its broken exchange', async () => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    const before = await filesIn(project.slides);
    await writeFile(path.join(project.content, firstExchange), '---\nquestion: "never closed\n');
    const { exitCode, stderr } = await run(['generate', ...project.options]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/water\.md not generated: .*010-where-it-starts\.md has errors; the last good version stays/);
    expect(await filesIn(project.slides)).toEqual(before);
  });

  it('removes the decks of a theme that is gone, and nothing that it did not write', async () => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    await writeFile(path.join(project.slides, 'notes.md'), '# My own notes\n');
    await rm(path.join(project.content, 'themes/money.md'));
    await rm(path.join(project.content, 'themes/money.zh.md'));
    await edit(project, 'interviews/ana-2024/030-who-pays.md', (text) => text.replace('[money]', '[water]'));
    expect((await run(['generate', ...project.options])).exitCode).toBe(0);
    expect(Object.keys(await filesIn(project.slides))).toEqual(['notes.md', 'water.md', 'water.zh.md']);
  });

  it('keeps drafts and embargoed interviews out', async () => {
    const project = await projectFrom(small);
    await edit(project, firstExchange, (text) => text.replace('key: true', 'draft: true'));
    await run(['generate', 'water', '--lang', 'en', ...project.options]);
    expect((await filesIn(project.slides))['water.md']).not.toContain('where-it-starts');
  });

  it('shows the base text, marked with its language, where a translation is missing', async () => {
    const project = await projectFrom(small);
    await rm(path.join(project.content, 'interviews/ana-2024/010-where-it-starts.zh.md'));
    const { exitCode, stderr } = await run(['generate', 'water', ...project.options]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/010-where-it-starts\.md:1:1 warning missing-translation/);
    const deck = (await filesIn(project.slides))['water.zh.md'];
    expect(deck).toContain('foreign: "en"');
    expect(deck).toContain('The river starts as a spring');
  });
});
