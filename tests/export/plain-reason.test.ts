import { expect, it } from 'vitest';
import { plainReason } from '../../scripts/export/slidev/slidev-deck.ts';

it.each([
  ['Build failed with 2 errors:\n\n\u001b[31m[UNLOADABLE_DEPENDENCY] \u001b[0mCould not load map.png', 'Could not load map.png'],
  ['[plugin vite:vue] Element is missing end tag.\n  at line 3', 'Element is missing end tag.'],
  ['Build failed with 1 error:', 'it says no reason'],
])('%j is told as %j', (message, reason) => {
  expect(plainReason(new Error(message))).toBe(reason);
});
