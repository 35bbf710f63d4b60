/** `--since` in repositories that lack what they should have: partial clones and damaged ones, made by the real git. */
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitAll, git } from '../git-folder.ts';
import { edit, filesIn, type Project, projectFrom, type Ran, run, temporaryFolder } from '../run.ts';

const small = path.join(import.meta.dirname, 'input/small');
const first = 'interviews/ana-2024/010-where-it-starts.md';

/** Two commits; the second one changes one exchange and its translation. */
let original: Project;
beforeAll(async () => {
  original = await projectFrom(small, afterAll);
  commitAll(original.content, '2026-11-01T12:00:00Z');
  await edit(original, first, 'The river starts as a spring', 'Rain feeds it first');
  await edit(original, 'interviews/ana-2024/010-where-it-starts.zh.md', '山中', '高山中');
  commitAll(original.content, '2026-11-05T12:00:00Z');
  git(original.content, ['config', 'uploadpack.allowFilter', 'true']);
});

const generate = (project: Project, since: string): Promise<Ran> =>
  run(['generate', 'water', '--lang', 'en', '--since', since, ...project.options]);

async function cloneOf(...options: string[]): Promise<Project> {
  const folder = await temporaryFolder();
  const content = path.join(folder, 'clone');
  git(folder, ['clone', '--quiet', '--config', 'gc.auto=0', ...options, `file://${original.content}`, content]);
  const [slides, out] = [path.join(folder, 'slides'), path.join(folder, 'dist')];
  return { content, slides, out, options: ['--content', content, '--slides', slides, '--out', out] };
}

const rowsIn = (deck = ''): string[] => deck.match(/mark: "\w+"/g) ?? [];

async function expectRefusal(project: Project, since: string, words: RegExp): Promise<void> {
  const { exitCode, stderr } = await generate(project, since);
  expect(stderr).toMatch(words);
  expect(exitCode).toBe(1);
  // No deck that says something wrong.
  expect(await filesIn(project.slides)).toEqual({});
}

describe('a clone without the earlier texts', () => {
  it.each([
    ['blob:none', /git does not have the earlier text of .*010-where-it-starts\.md and 1 more: this is a partial clone\n/],
    ['tree:0', /git does not have the files of commit [0-9a-f]{7}: this is a partial clone\n/],
  ])('--filter=%s: says what is missing and the command that brings it', async (filter, words) => {
    const clone = await cloneOf(`--filter=${filter}`);
    await expectRefusal(clone, 'HEAD~1', words);
    await expectRefusal(clone, '2026-11-03', words);
    const { stderr } = await generate(clone, 'HEAD~1');
    const [, command = ''] = /bring what is missing: git (fetch .*)/.exec(stderr) ?? [];
    git(clone.content, command.split(' '));
    expect((await generate(clone, 'HEAD~1')).exitCode).toBe(0);
    expect(rowsIn((await filesIn(clone.slides))['water.md'])).toEqual(['mark: "changed"']);
  });

  it('whose remote is gone: the same, with a folder instead', async () => {
    const clone = await cloneOf('--filter=blob:none');
    git(clone.content, ['remote', 'remove', 'origin']);
    await expectRefusal(clone, 'HEAD~1', /git does not have the earlier text of .*010-where-it-starts\.md/);
    git(clone.content, ['fetch', '--quiet', '--refetch', '--no-filter', original.content]);
    expect((await generate(clone, 'HEAD~1')).exitCode).toBe(0);
  });

  it('that has what is asked for: nothing is amiss', async () => {
    const clone = await cloneOf('--filter=blob:none');
    expect((await generate(clone, 'HEAD')).exitCode).toBe(0);
    expect(rowsIn((await filesIn(clone.slides))['water.md'])).toEqual([]);
  });
});

describe('a damaged repository', () => {
  it.each<[string, (file: string) => Promise<void>]>([
    ['lost', (file) => rm(file)],
    ['emptied', (file) => writeFile(file, '')],
  ])('of which any one object is %s: an error, or the very deck of the whole one', { timeout: 120_000 }, async (_what, spoil) => {
    const project = await projectFrom(original.content);
    const { content, slides } = project;
    expect((await generate(project, '2026-11-03')).exitCode).toBe(0);
    const right = rowsIn((await filesIn(slides))['water.md']);
    expect(right).toEqual(['mark: "changed"']);
    const objects = path.join(content, '.git/objects');
    const files = (await readdir(objects, { recursive: true })).filter((name) => /^..\/[0-9a-f]{38}$/.test(name));
    let refused = 0;
    for (const name of files) {
      const file = path.join(objects, name);
      const bytes = await readFile(file);
      await chmod(file, 0o644);
      await spoil(file);
      await rm(slides, { recursive: true, force: true });
      for (const since of ['2026-11-03', 'HEAD~1']) {
        const { exitCode, stderr } = await generate(project, since);
        if (exitCode === 0) expect(rowsIn((await filesIn(slides))['water.md']), name).toEqual(right);
        else {
          expect(stderr, name).toMatch(/^--since.*: git (?:does not have|cannot read) /m);
          expect(exitCode, name).toBe(1);
          refused += 1;
        }
      }
      await writeFile(file, bytes);
    }
    // Each earlier text and folder, and both commits; not the texts that the second commit brought.
    expect(refused).toBeGreaterThan(files.length);
  });
});
