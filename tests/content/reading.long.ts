/** As reading.test.ts, far more often. */
import { expect, it } from 'vitest';
import { readWhileWritten } from './written-folder.ts';

it.each(['rewrite', 'replace', 'remove', 'halves'])('is read as it was at one moment while somebody writes it: %s', async (way) => {
  expect(await readWhileWritten(way, 60)).toBeGreaterThan(5);
});
