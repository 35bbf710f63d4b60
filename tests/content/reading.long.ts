/** As reading.test.ts, far more often. */
import { it } from 'vitest';
import { readWhileWritten } from './written-folder.ts';

it.each(['rewrite', 'replace', 'remove', 'halves'])('is read as it was at one moment while somebody writes it: %s', async (way) => {
  await readWhileWritten(way, 12);
});
