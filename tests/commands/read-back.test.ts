/** Every output is read back before it takes its name, and has all words of what it was made from. */
import { access, appendFile, cp, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readPptx } from '../export/read-pptx.ts';
import { projectFrom, run } from '../run.ts';

const mixed = path.join(import.meta.dirname, 'input/mixed');
const templates = path.resolve(import.meta.dirname, '../../templates');

it('presentations have the text of items with code and tables in them, the indentation of code, large numbers, and the words of drawings', async () => {
  const project = await projectFrom(mixed);
  expect((await run(['brief', '--format', 'pptx', ...project.options])).exitCode).toBe(0);
  const { slides } = readPptx(await readFile(path.join(project.out, 'river.pptx')));
  const paragraphs = slides.flatMap((slide) => slide.paragraphs);
  expect(paragraphs).toEqual(
    expect.arrayContaining([
      'Before the code with bold words',
      'if dry:    wait(3)else:\tgo()',
      'and after it.',
      'An item with a table',
      '2 m',
      'bare code',
      '40000. A number that PowerPoint does not count to',
    ]),
  );
  const before = paragraphs.indexOf('Before the code with bold words');
  expect(paragraphs.slice(before, before + 3)).toEqual([
    'Before the code with bold words',
    'if dry:    wait(3)else:\tgo()',
    'and after it.',
  ]);
  expect(slides.flatMap(({ alts }) => alts)).toEqual(['Votes\nFirst\n1,200.50 votes\nSecond\n0 votes']);
}, 120_000);

it('an output that lacks a word is not made, and says which word of which slide and file', async () => {
  const project = await projectFrom(mixed);
  const own = path.join(path.dirname(project.content), 'templates');
  await cp(templates, own, { recursive: true });
  await symlink(path.join(templates, '../node_modules'), path.join(path.dirname(own), 'node_modules'));
  await appendFile(path.join(own, 'theme/styles/text.css'), '\n.slidev-layout .points strong { display: none; }\n');
  await appendFile(path.join(own, 'briefing/briefing.css'), '\n.text strong { display: none; }\n');
  const formats = 'slides,briefing,handout,png,pptx';
  const { exitCode, stderr } = await run(['brief', '--format', formats, '--templates', own, ...project.options]);
  expect(exitCode).toBe(1);
  const where = '\\(ten, interviews/iv/010-ten\\.md\\)';
  for (const [output, what] of [
    ['river\\.pdf', 'page 2'],
    ['river-briefing\\.pdf', 'it'],
    ['river-handout\\.pdf', 'page 1'],
    ['river', 'picture 2'],
    ['river\\.pptx', 'slide 2'],
  ])
    expect(stderr).toMatch(
      new RegExp(`✗ ${output} not made: [^\\n]*${what} does not show "bold" of "Before the code with bold words" ${where}`),
    );
  await expect(access(path.join(project.out, 'river.pdf'))).rejects.toThrow('ENOENT');
}, 180_000);
