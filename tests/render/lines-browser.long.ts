/** What the browser does to the planner's lines when it breaks them finer, which slides ask it to. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tailStart } from '../../scripts/model/text/text-pieces.ts';
import { contentCases, type LineCase, linesOf, tidy } from './content-lines.ts';
import { openTypePage, type TypePage } from './type-page.ts';

let page: TypePage;
let content: LineCase[];
beforeAll(async () => {
  content = await contentCases();
  page = await openTypePage();
});
afterAll(() => page.close());

describe('finer line breaking', () => {
  it('never changes the number of lines', async () => {
    for (const css of ['text-wrap: pretty', 'text-wrap: balance']) {
      const set = await page.set(content.map((each) => ({ ...each, css })));
      expect(content.filter((each, index) => set[index]?.length !== linesOf(each).length).map(({ html }) => html)).toEqual([]);
    }
  });

  it('leaves no Chinese character alone on a last line', async () => {
    const cases = content.filter(({ lang }) => lang === 'zh');
    const set = await page.set(cases.map((each) => ({ ...each, css: each.tail ? '' : 'text-wrap: balance' })));
    const lonely = set.map(tidy).filter((lines) => {
      const last = lines.at(-1) ?? '';
      // What ends with a Latin word that is too long for a tail has that word on its last line.
      return lines.length > 1 && (last.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < 4 && tailStart(lines.join('')) !== null;
    });
    expect(lonely).toEqual([]);
  });
});
