import { expect, it, vi } from 'vitest';
import { jobFor } from './deck-job.ts';

const version = vi.hoisted(() => ({ ofProgram: '' }));
vi.mock('../../scripts/shared/cache/program-version.ts', async (original) => ({
  ...(await original<object>()),
  sourcesVersion: () => version.ofProgram,
}));
const { exportKey } = await import('../../scripts/export/run/freshness.ts');

it('another version of the program makes an output again, the same one does not', () => {
  const job = jobFor('scaling', { slides: '' });
  const keyBy = (ofProgram: string) => {
    version.ofProgram = ofProgram;
    return exportKey(job, 'embedded 147');
  };
  const first = keyBy('one');
  expect(keyBy('two')).not.toBe(first);
  expect(keyBy('one')).toBe(first);
});
