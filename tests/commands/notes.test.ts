/** Lists, tables and broken lines in notes: each item, row and line stands on a line of its own wherever notes are shown. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readDeckFile } from '../../scripts/export/outputs/read-deck.ts';
import { linesOfPdf } from '../export/pdf-lines.ts';
import { readPptx } from '../export/read-pptx.ts';
import { edit, projectFrom, run } from '../run.ts';

const LINES = [
  'Say this first:',
  '1. Never name the price.',
  '2. Ask for questions',
  '3. Wait',
  'Year | Level',
  '1990 | 2 m',
  '2020 | 3 m',
  'A line',
  'and the next.',
  '– Ask',
  '1. when',
  '2. where',
  'in the valley',
  '– Wait',
  'if dry',
  'wait',
];

it('are lines in the handout and in presentations, with their numbers', async () => {
  const project = await projectFrom(path.join(import.meta.dirname, 'input/noted'));
  const { exitCode, stderr } = await run(['brief', '--format', 'handout,pptx', ...project.options]);
  expect(stderr).toContain('2 of 2 outputs are in');
  expect(exitCode).toBe(0);

  const deck = await readDeckFile(path.join(project.slides, 'river.md'));
  const notes = deck?.slides.find(({ id }) => id === 'a')?.notes ?? [];
  expect(notes.slice(0, 6).map((paragraph) => paragraph.split('\n').length)).toEqual([1, 3, 3, 2, 5, 2]);
  // What stands in an item is indented, code too.
  expect(notes[4]).toContain('\n\u00a0\u00a0\u00a01. when\n');
  expect(notes[5]).toBe('if dry\n\u00a0\u00a0wait');

  const pptx = readPptx(await readFile(path.join(project.out, 'river.pptx')));
  const spoken =
    pptx.slides
      .find(({ notes: text }) => text.includes('Say this'))
      ?.notes.split('\n')
      .map((line) => line.trim()) ?? [];
  expect(spoken.slice(0, LINES.length)).toEqual(LINES);

  const shown = await linesOfPdf(path.join(project.out, 'river-handout.pdf'));
  // The footer of the page and what stands beside the notes are read among them.
  expect(shown.filter((line) => LINES.includes(line))).toEqual(LINES);
});

it('keep a mark that turns the direction in its cell, and leave other cells as they are', async () => {
  const project = await projectFrom(path.join(import.meta.dirname, 'input/noted'));
  await edit(project, 'interviews/iv/010-a.md', '| 1990 | 2 m |', '| \u202e1990 | 2 m |\n| שלום | עולם |');
  await run(['generate', ...project.options]);
  const deck = await readDeckFile(path.join(project.slides, 'river.md'));
  const lines = deck?.slides.flatMap(({ notes }) => notes.flatMap((paragraph) => paragraph.split('\n'))) ?? [];
  expect(lines).toContain('\u2068\u202e1990\u2069 | 2 m');
  expect(lines).toContain('שלום | עולם');
});
