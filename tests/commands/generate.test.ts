import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
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
    expect(JSON.parse(stale.stdout).stale.map(({ deck }: { deck: string }) => path.basename(deck))).toEqual(['water.md']);
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

  it.each([
    ['a theme under a wrong name', 'themes/Money.md'],
    ['a file in a wrong place', 'themes/old/money.md'],
  ])('removes no deck while there is %s', async (_, place) => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    const before = await filesIn(project.slides);
    await rm(path.join(project.content, 'themes/money.zh.md'));
    await mkdir(path.join(project.content, 'themes/old'));
    await rename(path.join(project.content, 'themes/money.md'), path.join(project.content, place));
    expect((await run(['generate', ...project.options])).exitCode).toBe(1);
    expect(Object.keys(await filesIn(project.slides))).toEqual(Object.keys(before));
  });

  it('removes no deck when there is no theme at all', async () => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    await rm(path.join(project.content, 'themes'), { recursive: true });
    await run(['generate', ...project.options]);
    expect(Object.keys(await filesIn(project.slides))).toEqual(['money.md', 'money.zh.md', 'water.md', 'water.zh.md']);
  });

  it('takes back a deck of which nothing may be published any more, whatever else is broken', async () => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    await edit(project, 'interviews/ana-2024/030-who-pays.md', (text) => text.replace('section: mouth', 'section: mouth\ndraft: true'));
    const check = await run(['generate', '--check', '--json', ...project.options]);
    expect(check.exitCode).toBe(1);
    expect(JSON.parse(check.stdout).stale.map(({ deck }: { deck: string }) => path.basename(deck))).toEqual(['money.md', 'money.zh.md']);

    await edit(project, 'themes/money.zh.md', (text) => text.replace('title:', 'titel:'));
    const { stderr } = await run(['generate', ...project.options]);
    expect(stderr).toMatch(/^- .*money\.md not generated: nothing in it may be published/m);
    expect(Object.keys(await filesIn(project.slides))).toEqual(['water.md', 'water.zh.md']);
  });

  it('makes no deck of an interview under embargo, and that is no failure', async () => {
    const project = await projectFrom(small);
    await edit(project, 'interviews/ana-2024/index.md', (text) => text.replace('lang: en', 'lang: en\nembargo: "2999-01-01"'));
    const { exitCode, stdout } = await run(['brief', '--json', ...project.options]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ command: 'brief', exitCode: 0, outputs: [] });
    expect(await filesIn(project.slides)).toEqual({});
    expect((await run(['generate', '--check', ...project.options])).exitCode).toBe(0);
  });

  it('keeps the last good deck when the only exchange of its theme is broken', async () => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    const before = await filesIn(project.slides);
    await writeFile(path.join(project.content, 'interviews/ana-2024/030-who-pays.md'), '---\nquestion: "never closed\n');
    await run(['generate', ...project.options]);
    expect((await filesIn(project.slides))['money.md']).toBe(before['money.md']);
  });

  it.each([
    ['notes of somebody', '# Water\n\nbriefdeck:\n  my notes\n'],
    ['a Slidev deck of somebody', '---\ntheme: seriph\n---\n\n# Mine\n\n```yaml\nbriefdeck:\n  theme: water\n  lang: en\n```\n'],
    ['a head that cannot be read', '---\nbriefdeck:\n  theme: "water\n---\n'],
  ])('leaves alone what stands in the place of a deck: %s', async (_, text) => {
    const project = await projectFrom(small);
    await mkdir(project.slides);
    await writeFile(path.join(project.slides, 'water.md'), text);
    const { exitCode, stderr } = await run(['generate', ...project.options]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/water\.md not generated: a file that was not generated stands in its place.*move or remove/);
    const decks = await filesIn(project.slides);
    expect(Object.keys(decks)).toEqual(['money.md', 'money.zh.md', 'water.md', 'water.zh.md']);
    expect(decks['water.md']).toBe(text);
  });

  it.skipIf(process.platform === 'win32')('follows no link, whether a deck is to be written or removed', async () => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    const [water, elsewhere] = [path.join(project.slides, 'water.md'), path.join(project.content, '..', 'elsewhere.md')];
    await rename(water, elsewhere);
    await symlink(elsewhere, water);
    await symlink(elsewhere, path.join(project.slides, 'gone.md'));
    await symlink(path.join(project.content, '..', 'nothing.md'), path.join(project.slides, 'dangling.md'));
    const before = await readFile(elsewhere, 'utf8');
    await edit(project, firstExchange, (text) => text.replace('in the hills', 'in the high hills'));
    const { exitCode, stderr } = await run(['generate', ...project.options]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/water\.md not generated: a link stands in its place/);
    expect(await readFile(elsewhere, 'utf8')).toBe(before);
    expect(await readFile(path.join(project.slides, 'gone.md'), 'utf8')).toBe(before);
  });

  it('does not remove a generated deck that somebody copied to go on by hand', async () => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    const { 'water.md': water = '' } = await filesIn(project.slides);
    await writeFile(path.join(project.slides, 'my-talk.md'), water);
    await run(['generate', ...project.options]);
    expect((await filesIn(project.slides))['my-talk.md']).toBe(water);
  });
});
