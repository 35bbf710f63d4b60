/** Every slide of every deck that ships, in the browser: as high as planned, inside its box, and for people who do not see it as we do. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workspace } from '../../scripts/commands/workspace.ts';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import type { Slide } from '../../scripts/model/outputs/deck.ts';
import { type Measure, measureIn } from '../../scripts/plan/measure/measure.ts';
import { contentHeight } from '../../scripts/plan/plan-deck.ts';
import { planHeader } from '../../scripts/plan/slides/header.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { findBarriers } from './axe.ts';
import { type Planned, planDecks, showDeck } from './shown-decks.ts';
import { otherContent, writeOddities } from './stress.ts';

let session: Session;
beforeAll(async () => {
  session = await openSession({
    browser: { explicit: null, env: process.env },
    assets: [path.join(projectRoot, 'content'), folder],
    onBrowser() {},
  });
});
afterAll(async () => {
  await session.close();
  await rm(folder, { recursive: true });
});

/** In CSS pixels. A line more or less would be more than twenty. */
const TOLERANCE = 3;

const folder = await mkdtemp(path.join(tmpdir(), 'briefdeck-fit-'));

describe('the slides that ship', () => {
  it('are as high as the planner thinks, stay in their boxes, and axe finds nothing serious, light or dark', async () => {
    const { workspace, planned } = await planDecks(path.join(projectRoot, 'content'), folder);
    let compared = 0;
    for (const each of planned) {
      compared += await compareWithBrowser(each, workspace);
      const page = await session.page();
      expect([...(await findBarriers(page, 'light')), ...(await findBarriers(page, 'dark'))], each.deck.name).toEqual([]);
    }
    expect(compared).toBeGreaterThan(150);
  });
});

describe('what the content that ships does not have', () => {
  it('fits as well: two interviews, one without Chinese, rich text in lists, quotes and definitions, steps, what has changed', async () => {
    const content = path.join(folder, 'odd');
    await writeOddities(content);
    const { workspace, planned } = await planDecks(content, path.join(folder, 'odd-slides'), otherContent);
    const page = await session.page();
    for (const each of planned) {
      expect(each.deck.slides.filter(({ kind }) => kind === 'changes').length).toBeGreaterThan(1);
      expect(await compareWithBrowser(each, workspace)).toBeGreaterThan(15);
      const barriers = [...(await findBarriers(page, 'light', '.changes')), ...(await findBarriers(page, 'dark', '.changes'))];
      expect(barriers, each.deck.name).toEqual([]);
    }
    // The deck in Chinese was shown last: what is English in it says so.
    expect(await page.locator('.summary .text[lang=en]').count()).toBeGreaterThan(0);
    expect(await page.locator('.sources .source-row [lang=en]').count()).toBeGreaterThan(5);
  });
});

/** Shows a deck and says how many of its slides were compared. */
async function compareWithBrowser(planned: Planned, { templates }: Workspace): Promise<number> {
  const measure = measureIn(planned.deck.lang, templates);
  const { slides, overflows } = await showDeck(planned, session);
  const off: string[] = [];
  let compared = 0;
  planned.deck.slides.forEach((slide, index) => {
    const shown = slides[index];
    expect(shown?.id).toBe(slide.id);
    const content = contentHeight(slide, measure);
    if (content === null || shown === undefined) return;
    compared += 1;
    for (const [what, expected, real] of [
      ['content', content, shown.content],
      ['header', headerHeight(slide, measure), shown.header],
    ] as const) {
      if (Math.abs(expected - real) > TOLERANCE) off.push(`${planned.deck.name} ${slide.id} ${what}: planned ${expected}, shown ${real}`);
    }
  });
  expect({ off, overflows }).toEqual({ off: [], overflows: [] });
  return compared;
}

function headerHeight(slide: Slide, measure: Measure): number {
  // The other kinds have a label as their headline, one line long.
  if (!('headline' in slide) || slide.headline === null) return planHeader(null, 'x', 1, measure).height;
  const question = 'questionLine' in slide ? slide.questionLine : null;
  return planHeader(question, slide.headline, slide.continued.count, measure, slide.headlineSize).height;
}
