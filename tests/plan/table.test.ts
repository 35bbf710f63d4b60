import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { filesIn, projectFrom, run } from '../run.ts';

const START = 'interviews/ana-2024/010-where-it-starts.md';
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (words: readonly string[]) => [row(words), row(words.map(() => '---')), row(words)].join('\n');

async function generated(words: readonly string[]): Promise<{ deck: string; stderr: string; check: string }> {
  const project = await projectFrom(path.join(import.meta.dirname, '../commands/input/small'));
  await writeFile(path.join(project.content, START), `---\nquestion: What is there?\ntags: [water]\n---\n\n${table(words)}\n`);
  const { stderr } = await run(['generate', 'water', '--lang', 'en', ...project.options]);
  const check = await run(['check', ...project.options]);
  return { deck: (await filesIn(project.slides))['water.md'] ?? '', stderr, check: check.stderr };
}

const columns = (count: number, word: string) => Array.from({ length: count }, () => word);

it('sets a table of many columns smaller, and a table of few at its usual size', async () => {
  const many = await generated(columns(9, 'Magdeburg'));
  expect(Number(/<table style="--scale: ([\d.]+)"/.exec(many.deck)?.[1])).toBeGreaterThan(0.6);
  expect(many.check).not.toContain('wide-table');
  expect((await generated(columns(5, 'Magdeburg'))).deck).toContain('<table v-pre>');
});

it('warns of one whose words have no room in small type either, with its place', async () => {
  const { check } = await generated(columns(20, 'Magdeburg'));
  expect(check).toContain('010-where-it-starts.md:6:1 warning wide-table: the 20 columns of this table have no room beside each other');
});

it.each(['theme/styles/text.css', 'briefing/briefing.css'])(
  'code has a font of its own in %s: no machine’s font decides how high its lines are',
  async (file) => {
    const css = await readFile(path.join(projectRoot, 'templates', file), 'utf8');
    const blocks = [...css.matchAll(/^(?:\.slidev-layout )?pre \{([^}]*)\}/gm)].map(([, block = '']) => block);
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) expect(block).toMatch(/font-family: var\(--mono\);[\s\S]*line-height:/);
  },
);
