/** Presentations have all words of what they were made from; read-back.long.ts has outputs of every format that lack one. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readPptx } from '../export/read-pptx.ts';
import { projectFrom, run } from '../run.ts';

const mixed = path.join(import.meta.dirname, 'input/mixed');

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
  // The claim has only the beginning of it.
  const before = paragraphs.lastIndexOf('Before the code with bold words');
  expect(paragraphs.slice(before, before + 3)).toEqual([
    'Before the code with bold words',
    'if dry:    wait(3)else:\tgo()',
    'and after it.',
  ]);
  // With the claim, and with its evidence.
  expect(slides.flatMap(({ alts }) => alts)).toEqual(['Votes', 'Votes']);
  const votes = ['First', '1,200.50 votes', 'Second', '0 votes'];
  expect(paragraphs.filter((text) => votes.includes(text))).toEqual([...votes, ...votes]);
});
