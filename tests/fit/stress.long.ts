/** Content far beyond what a slide holds: nothing leaves its box, nothing is lost. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import { measureIn } from '../../scripts/plan/measure/measure.ts';
import { contentHeight } from '../../scripts/plan/plan-deck.ts';
import { temporaryFolder } from '../run.ts';
import { planDecks, showDeck } from './shown-decks.ts';
import { otherContent, writeStress } from './stress.ts';

let session: Session;
beforeAll(async () => {
  session = await openSession({ browser: { explicit: null, env: process.env }, assets: [], onBrowser() {} });
});
afterAll(() => session.close());

describe('47 long exchanges with tables, endless words, Chinese without spaces and figures of every shape', () => {
  it('stand on slides that nothing leaves, as high as was planned, and no slide holds a line alone', async () => {
    const folder = await temporaryFolder();
    await writeStress(path.join(folder, 'content'));
    const { workspace, planned } = await planDecks(path.join(folder, 'content'), path.join(folder, 'slides'), otherContent);
    expect(workspace.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const each of planned) {
      expect(each.deck.overfull).toEqual([]);
      const { slides, overflows } = await showDeck(each, session);
      const measure = measureIn(each.deck.lang, workspace.templates);
      const off = each.deck.slides.flatMap((slide, index) => {
        const height = contentHeight(slide, measure);
        const shown = slides[index]?.content ?? 0;
        return height === null || Math.abs(height - shown) <= 3 ? [] : [`${each.deck.name} ${slide.id}: planned ${height}, shown ${shown}`];
      });
      expect({ off, overflows }).toEqual({ off: [], overflows: [] });
    }
  });
});
