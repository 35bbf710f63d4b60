/** Whatever words a content folder contains, the deck shows exactly them: a few texts in every place, through the real compiler and browser. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { anyText } from '../arbitraries.ts';
import { openWorkplace, type Workplace } from './round-trip.ts';

let workplace: Workplace;
beforeAll(async () => {
  workplace = await openWorkplace();
});
afterAll(() => workplace.close());

/** Each of these once broke a slide, ran, or was changed. They are given out first: titles of the interview, people, themes, points. */
const KNOWN = [
  'words [*,&]:hidden [h1,&]:invisible',
  '<Tweet id="1" /> $x$ {monaco}',
  "'quoted' (c) {{ 1 }} $& %s ...",
  'note:(see below) pre-(a b)',
  '1. first',
  'page\fbreak\u2028line\u0085end',
];

describe('any text', () => {
  it('comes back from the browser as it was written, wherever it stands, and nothing of it runs', async () => {
    const texts = fc.array(anyText, { minLength: 60, maxLength: 60, size: 'max' });
    // Every example is a deck. A failure says its seed; tests/escaping/round-trip.long.ts also finds the smallest text that fails.
    await fc.assert(
      fc.asyncProperty(texts, (each) => workplace.expectRoundTrip([...KNOWN, ...KNOWN, ...each])),
      { numRuns: 1, endOnFailure: true },
    );
  });
});
