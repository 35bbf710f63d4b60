import { defineConfig } from 'vitest/config';

/** What takes too long for every `npm test`: stress, and the laws with far more examples. */
export default defineConfig({
  test: {
    include: [
      'tests/**/*.long.ts',
      'tests/plan/split.test.ts',
      'tests/model/lines.test.ts',
      'tests/render/escape.test.ts',
      'tests/content/markdown.test.ts',
      'tests/content/quotes.test.ts',
      'tests/import/read/{formats,damage,any-text}.test.ts',
      'tests/import/words.test.ts',
      'tests/import/repeat.test.ts',
      'tests/import/edit-matter.test.ts',
    ],
    setupFiles: ['tests/seed.ts', 'tests/many-examples.ts'],
    reporters: ['default', './tests/acceptance/runs-table.ts'],
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
