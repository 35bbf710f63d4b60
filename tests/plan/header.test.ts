import path from 'node:path';
import { expect, it } from 'vitest';
import { planHeader } from '../../scripts/plan/slides/header.ts';
import { loadTemplates } from '../../scripts/render/load-templates.ts';

const measure = await loadTemplates(path.resolve(import.meta.dirname, '../../templates'));

it.each([
  ['behind the mark between clauses', 'Anthropic 或退出前沿，或接受取舍；更贵的训练也可能带来新危险', '更贵的训练也可能带来新危险'],
  [
    'behind a comma where there is nothing better',
    '能力看似突然出现，背后似乎有一个尚未观察到的渐变过程',
    '背后似乎有一个尚未观察到的渐变过程',
  ],
])('a Chinese headline of two lines is divided %s', (_, headline, second) => {
  const { breakAt } = planHeader(null, headline, 1, measure);
  expect(headline.slice(breakAt ?? 0)).toBe(second);
});

it('other headlines are left to the browser', () => {
  expect(planHeader(null, '规模定律多少是经验总结', 1, measure).breakAt).toBeNull();
  expect(
    planHeader(null, 'A headline in English, which is so long that it surely needs more than a single line', 1, measure).breakAt,
  ).toBeNull();
});

it('a long headline is set smaller, and gives up its question line before it fills the slide', () => {
  const long = 'A claim of many words that says everything at once and more. '.repeat(5);
  expect(planHeader('Why?', 'Short', 1, measure)).toMatchObject({ headlineSize: 'large', questionLine: 'Why?' });
  expect(planHeader('Why? '.repeat(60), long, 1, measure)).toMatchObject({ headlineSize: 'small', questionLine: null });
});
