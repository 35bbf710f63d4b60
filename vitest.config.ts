import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/seed.ts'],
    // Browser tests mostly wait for the browser's own processes: two at a time keep both cores of a small machine busy.
    maxWorkers: 2,
    // Our modules keep nothing that one test could leave to another but caches by content: importing them once saves a fifth of the time.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
