/** Briefings beside themes with their names, and in Chinese, which has no slanted letters; with the real browser. */
import { copyFile, readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { edit, filesIn, projectFrom, run } from '../run.ts';

const small = path.join(import.meta.dirname, 'input/small');
const START = 'interviews/ana-2024/010-where-it-starts.md';

it('is made where a theme has its name, which is an error of that theme, but not where a deck of it is there', async () => {
  const project = await projectFrom(small);
  for (const lang of ['', '.zh'])
    await rename(path.join(project.content, `themes/money${lang}.md`), path.join(project.content, `themes/water-briefing${lang}.md`));
  await edit(project, 'interviews/ana-2024/030-who-pays.md', 'tags: [money]', 'tags: [water-briefing]');
  const made = await run(['brief', '--lang', 'en', '--format', 'slides,briefing', ...project.options]);
  expect(made.exitCode).toBe(1);
  expect(made.stderr).toMatch(/2 of 4 PDFs are in/);
  expect(made.stderr).toMatch(/theme-id-taken: .*water-briefing/);
  expect(Object.keys(await filesIn(project.out))).toEqual(['manifest.json', 'water-briefing.pdf', 'water.pdf']);
  // From a time when check did not refuse such ids.
  await copyFile(path.join(project.slides, 'water.md'), path.join(project.slides, 'water-briefing.md'));
  const { exitCode, stderr } = await run(['export', 'water', '--lang', 'en', '--format', 'briefing', ...project.options]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /✗ water-briefing\.pdf not made: the deck .*water-briefing\.md has its PDF under the same name; give the theme of that deck another id/,
  );
});

it('shows what is emphasised in Chinese, which has no slanted letters, as slides do', async () => {
  const project = await projectFrom(small);
  const make = () => run(['brief', 'water', '--lang', 'zh', '--format', 'briefing,png', ...project.options]);
  const folder = path.join(project.out, 'water.zh');
  const pictures = async () => Promise.all((await readdir(folder)).sort().map((name) => readFile(path.join(folder, name), 'base64')));
  expect((await make()).exitCode).toBe(0);
  const plain = await pictures();
  await edit(project, START.replace('.md', '.zh.md'), '山中', '*山中*');
  await edit(project, 'terms/spring.zh.md', '地方', '*地方*');
  const { exitCode, stderr } = await make();
  expect(stderr).not.toContain('✗');
  expect(exitCode).toBe(0);
  // The exchange, in the short deck and as evidence, and the term.
  expect((await pictures()).filter((picture, index) => picture !== plain[index])).toHaveLength(3);
});
