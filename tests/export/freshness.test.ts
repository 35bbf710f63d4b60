import { afterEach, expect, it, vi } from 'vitest';
import { jobFor } from './deck-job.ts';

const VERSIONS = '../../scripts/shared/cache/program-version.ts';

afterEach(() => {
  vi.doUnmock(VERSIONS);
  vi.resetModules();
});

it('another version of the program makes an output again, the same one does not', async () => {
  const job = jobFor('scaling', { slides: '' });
  const keyBy = async (version: string) => {
    // Modules are shared with other tests of this worker.
    vi.resetModules();
    vi.doMock(VERSIONS, async (original) => ({ ...(await original<object>()), sourcesVersion: () => version }));
    const { exportKey } = await import('../../scripts/export/run/freshness.ts');
    return exportKey(job, 'embedded 147');
  };
  const first = await keyBy('one');
  expect(await keyBy('two')).not.toBe(first);
  expect(await keyBy('one')).toBe(first);
});
