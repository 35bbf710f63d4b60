/** The law of withheld names: whatever is written where, either it is a problem or it does not get out. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { edit, run } from '../run.ts';
import { exchange, interview, lettersWritten, riverProject } from './river.ts';

const places = [interview, exchange, 'themes/water.md', 'terms/spring.md', 'interviews/river/030-who-pays.zh.md'];
const spellings = [
  'Quenby Vasquelor',
  'Vasquelor',
  'quenby',
  'VASQUELOR’S',
  'quenby-vasquelor',
  'Quénby',
  'Vas**quelor**',
  'Vas\u00adquelor',
  'Qu&#101;nby',
  '[x](https://example.org/Quenby)',
  'Ｑuenby',
  '`Vasquelor`',
  'Quenby\nVasquelor',
  'Vasque\u200blor',
  'Vasquelor, Quenby',
  'quenbyvasquelor',
  '@vasquelor',
  'Vasquelor2024',
  'Q. Vasquelor',
  'Quenby%20Vasquelor',
  'Vasque-\nlor',
  'Vаsquelor',
];

it('never gets out, wherever and however the name is written', async () => {
  const project = await riverProject();
  await edit(project, interview, 'name: Ana Lima, role: interviewee', 'name: Quenby Vasquelor, role: interviewee, attribution: anonymous');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), fc.constantFrom(...spellings), fc.nat(), async (file, name, at) => {
      const full = path.join(project.content, file);
      const text = await readFile(full, 'utf8');
      const gaps = [...text.matchAll(/(?<=\w) (?=\w)/g)].map(({ index }) => index);
      const gap = gaps[at % gaps.length] ?? 0;
      await writeFile(full, `${text.slice(0, gap)} ${name}${text.slice(gap)}`);
      await rm(project.slides, { recursive: true, force: true });
      await run(['generate', ...project.options]);
      await writeFile(full, text);
      const written = await lettersWritten(project);
      expect(written).not.toContain('quenby');
      expect(written).not.toContain('vasquelor');
    }),
    { numRuns: 150 },
  );
  // The name alone was what kept the decks back.
  expect((await run(['generate', ...project.options])).exitCode).toBe(0);
});
