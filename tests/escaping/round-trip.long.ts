/** As round-trip.test.ts, with many decks, and on a failure the smallest text that fails. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { anyText } from '../arbitraries.ts';
import { openWorkplace, type Workplace } from './round-trip.ts';

let workplace: Workplace;
beforeAll(async () => {
  workplace = await openWorkplace();
});
afterAll(() => workplace.close());

describe('any text', () => {
  it('comes back from the browser as it was written, wherever it stands, and nothing of it runs', { timeout: 600_000 }, async () => {
    const texts = fc.array(anyText, { minLength: 60, maxLength: 60, size: 'max' });
    await fc.assert(fc.asyncProperty(texts, workplace.expectRoundTrip), {
      numRuns: 40,
      // Also the time for a smaller text that fails; the run must end while somebody waits for it.
      interruptAfterTimeLimit: 360_000,
      markInterruptAsFailure: false,
    });
  });
});
