import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describeProblem } from '../../scripts/model/problems/problem-text.ts';
import { inputs, loadFixture } from './folder.ts';

// Each folder of input/ is laid over input/good and holds one kind of bad input.
it.each(readdirSync(inputs).sort())('finds what is wrong with %s', async (name) => {
  const { problems, list, corpus } = await loadFixture(name);
  const lines = problems.map((problem, index) => `${list[index]}: ${describeProblem(problem).message}`);
  const broken = corpus.broken.map(
    ({ file, kind, lang, tags }) => `broken ${kind} ${file}${lang ? ` in ${lang}` : ''}${tags ? ` [${tags}]` : ''}`,
  );
  await expect(`${[...lines, '', ...broken].join('\n')}\n`).toMatchFileSnapshot(path.join(import.meta.dirname, 'output', `${name}.txt`));
});
