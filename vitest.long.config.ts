import { defineConfig } from 'vitest/config';
import { browsersHere } from './tests/browsers.ts';

/** What starts no browser, or sees to it itself (acceptance). A new test file of any other place runs with both. */
const withoutBrowser = [
  'tests/{acceptance,content,import,model,plan,shared}/**',
  'tests/render/figures/**',
  'tests/render/!(lines-browser).test.ts',
  'tests/{environment,house}.test.ts',
  'tests/commands/{deck-making,deck-records,import,prepare-job,since}.test.ts',
  'tests/export/{finisher,freshness,lock,manifest,output-place,page-text,pdf-finish,pdf-operators,plain-reason,slidev-plugins,watch-files}.test.ts',
  'tests/export/picture/**',
  'tests/commands/withheld.long.ts',
];

/**
 * Tests of what has nothing to do with the browser's version: full disks, signals, threads, words of commands, who is named. Only one browser runs
 * them.
 */
const ofAnyBrowser = [
  'tests/commands/{early-session,generate,notes,numbered,object-names,quoted,read-back,usage,withdrawal,withheld}.test.ts',
  'tests/export/{deadline,favicon}.test.ts',
  'tests/export/stage/**',
  'tests/*.long.ts',
  'tests/commands/{deck-threads,odd-paths,presentation,read-back,since-lost,titles}.long.ts',
  'tests/export/{confinement-files,embedded,faults,interrupt,locators,temporary,warm-export}.long.ts',
];

const browsers = browsersHere(process.env);

const common = { testTimeout: 300_000, hookTimeout: 300_000 };

/**
 * What takes too long for every `npm test`: stress, the laws with far more examples, all that shows pages with the system's browser (`npm test` has
 * done it with the embedded one).
 */
export default defineConfig({
  test: {
    reporters: ['default', './tests/acceptance/runs-table.ts'],
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          // A thousand examples of a law take minutes on a busy machine.
          testTimeout: 900_000,
          name: 'laws',
          include: [
            'tests/{acceptance,content,import,model,plan,shared}/**/*.long.ts',
            'tests/commands/withheld.long.ts',
            'tests/plan/split.test.ts',
            'tests/model/lines.test.ts',
            'tests/render/escape.test.ts',
            'tests/content/markdown.test.ts',
            'tests/content/quotes.test.ts',
            'tests/import/read/{formats,damage,any-text}.test.ts',
            'tests/import/words.test.ts',
            'tests/import/repeat.test.ts',
            'tests/import/edit-matter.test.ts',
            'tests/commands/deck-records.test.ts',
          ],
          setupFiles: ['tests/seed.ts', 'tests/many-examples.ts'],
        },
      },
      ...browsers.map((browser) => ({
        test: {
          ...common,
          name: browser,
          include: ['tests/**/*.long.ts'],
          exclude: browser === browsers[0] ? withoutBrowser : [...withoutBrowser, ...ofAnyBrowser],
          setupFiles: ['tests/seed.ts'],
          env: { BRIEFDECK_BROWSER: browser },
        },
      })),
      ...browsers
        .filter((browser) => browser !== 'embedded')
        .map((browser) => ({
          test: {
            ...common,
            name: `${browser}, as in npm test`,
            include: ['tests/**/*.test.ts'],
            exclude: [...withoutBrowser, ...ofAnyBrowser],
            setupFiles: ['tests/seed.ts'],
            env: { BRIEFDECK_BROWSER: browser },
            // As in npm test: importing the modules once saves a fifth of the time.
            isolate: false,
          },
        })),
    ],
  },
});
