import { defineConfig } from 'vitest/config';
import { pinnedBrowser } from './tests/browsers.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/seed.ts'],
    // The same one on every machine; test:long runs all that shows pages with the system's, too.
    env: { BRIEFDECK_BROWSER: pinnedBrowser(process.env) },
    reporters: ['default', './tests/acceptance/runs-table.ts'],
    // Browser tests mostly wait for the browser's own processes: two at a time keep both cores of a small machine busy.
    maxWorkers: 2,
    // Our modules keep nothing that one test could leave to another but caches by content: importing them once saves a fifth of the time.
    isolate: false,
    // What takes a second alone may take a minute on a machine that has other things to do; a test that hangs is stopped all the same.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
