import { expect, it } from 'vitest';
import { describeProblem } from '../../scripts/model/problems/problem-text.ts';
import { loadFixture } from './folder.ts';

it('suggests what was probably meant, and nothing where nothing is near', async () => {
  const hints = async (name: string) =>
    (await loadFixture(name)).problems
      .filter(({ code }) => code.startsWith('unknown-'))
      .map((problem) => `${Object.values(problem.args)[0]}: ${/did you mean "(.*)"/.exec(describeProblem(problem).hint)?.[1] ?? '-'}`);
  expect(await hints('unknown-names')).toEqual([
    'enrgy: energy',
    'wholly-new: -',
    'cost: costs',
    'anna: ana',
    'base-laod: base-load',
    'solar: -',
    'enery: energy',
    'solar: -',
  ]);
  expect(await hints('unknown-keys')).toEqual([
    'questoin: question',
    'start_time: -',
    'valeu: value',
    'colour: -',
    'val: value',
    'titel: title',
    'Title: title',
  ]);
});

it('names the known languages and the expected names', async () => {
  const { problems } = await loadFixture('translations');
  const hint = (code: string) => problems.filter((problem) => problem.code === code).map((problem) => describeProblem(problem).hint);
  expect(hint('unknown-language')).toEqual(['known: en, zh; a new one is a file in templates/locales/']);
  expect(hint('invalid-file-name')).toEqual(['expected interviews/talk/020-what-next.md: its language is already en']);
});
