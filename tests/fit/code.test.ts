/** Code as it is written: its spaces and tabs take their room, on slides as planned and on paper. */
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import { inlineRuns } from '../../scripts/model/text/lines.ts';
import { measureIn } from '../../scripts/plan/measure/measure.ts';
import { contentHeight } from '../../scripts/plan/plan-deck.ts';
import { writeFiles } from '../content/folder.ts';
import { run, temporaryFolder } from '../run.ts';
import { planDecks, showDeck } from './shown-decks.ts';

let session: Session;
beforeAll(async () => {
  session = await openSession({ browser: { explicit: null, env: process.env }, assets: [], onBrowser() {} });
});
afterAll(() => session.close());

/** What the planner counts with for inline code: its size as a share of the paragraph's, its padding at each end as a share of its own. */
const [{ scale = 1, padding = 0 } = {}] = inlineRuns([{ type: 'code', value: 'this' }]);
const counted = [scale, padding, padding];

/** Runs in the page: the same shares of code that is shown. Slidev has styles for code, too. */
function sharesOf(code: Element): number[] {
  const sizeOf = (element: Element | null) => Number.parseFloat(element === null ? '' : getComputedStyle(element).fontSize);
  const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(code);
  const own = sizeOf(code);
  return [own / sizeOf(code.parentElement), ...[paddingInlineStart, paddingInlineEnd].map((each) => Number.parseFloat(each) / own)];
}

/** With every space of it a line is longer than a slide and than a page, without them it is not; and where it ends stand many. */
const SPACED = `        if${' '.repeat(20)}the line is long${' '.repeat(20)}then${' '.repeat(30)}go on${' '.repeat(30)}below`;
const codes = [SPACED, `\tindented\n\t\tonce more\n\t\t\t${'word '.repeat(16)}`, `${'x'.repeat(78)}${' '.repeat(40)}y`];

it('with spaces, tabs and long lines is as high as planned, inline as wide, and no space at the end of a line is in the way', async () => {
  const folder = await temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  await writeFiles(at('content'), {
    'interviews/talk/index.md': '---\ntitle: Talk\ndate: "2024"\nlang: en\npeople: [{ id: ana, name: Ana, role: interviewee }]\n---\n',
    'themes/code.md': '---\ntitle: Code\n---\n',
    ...Object.fromEntries(
      codes.map((code, index) => [
        `interviews/talk/${index}-code-${index}.md`,
        `---\nquestion: Why?\ntags: [code]\nspeaker: ana\ntakeaway: Claim ${index}\n---\n\nBefore \`this\`.\n\n\`\`\`\n${code}\n\`\`\`\n\nAfter.\n`,
      ]),
    ),
  });
  const { workspace, planned } = await planDecks(at('content'), at('slides'));
  for (const each of planned) {
    const { slides, overflows } = await showDeck(each, session);
    const measure = measureIn(each.deck.lang, workspace.templates);
    const heights = each.deck.slides.map((slide) => contentHeight(slide, measure));
    const off = heights.flatMap((height, index) => {
      const shown = slides[index]?.content ?? 0;
      return height === null || Math.abs(height - shown) <= 3 ? [] : [{ slide: slides[index]?.id, height, shown }];
    });
    expect({ off, overflows }).toEqual({ off: [], overflows: [] });
    const page = await session.page();
    const inline = await Promise.all((await page.locator('.points p code').all()).map((code) => code.evaluate(sharesOf)));
    expect(inline.length).toBeGreaterThanOrEqual(codes.length);
    for (const shares of inline) shares.forEach((share, index) => void expect(share).toBeCloseTo(counted[index] ?? Number.NaN, 3));
  }
  const { exitCode, stderr } = await run(['brief', '--content', at('content'), '--slides', at('slides'), '--out', at('dist')]);
  expect({ exitCode, failed: stderr.match(/✗.*/g) }).toEqual({ exitCode: 0, failed: null });
});
