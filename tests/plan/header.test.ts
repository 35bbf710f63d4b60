import path from 'node:path';
import { expect, it } from 'vitest';
import { measureIn } from '../../scripts/plan/measure/measure.ts';
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

it('a Chinese headline of two lines without a mark near its middle is divided between the words that give the most even lines', () => {
  const headline = '目前对模型的控制力还不够而强大并能自主行动的模型必然会出现';
  const { breakAt } = planHeader(null, headline, 1, measure);
  expect([headline.slice(0, breakAt ?? 0), headline.slice(breakAt ?? 0)]).toEqual([
    '目前对模型的控制力还不够而强大',
    '并能自主行动的模型必然会出现',
  ]);
  // Its words are Chinese ones only in Chinese.
  expect(planHeader(null, headline, 1, measureIn('ja', measure)).breakAt).toBeNull();
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
