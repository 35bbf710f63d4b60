/** What README.md promises of the first minute: the content that ships, in a fresh clone, with the embedded browser and with the one that the program chooses. */
import { expect, it } from 'vitest';
import type { Line } from './lines.ts';
import { demand, type Needs, withoutBrowsers } from './machine.ts';
import { makePlace } from './places.ts';
import { play } from './play.ts';
import { type Circumstances, runLine } from './run-line.ts';
import { note } from './runs.ts';

const themes = ['scaling', 'alignment', 'security', 'governance'];
const names = themes.flatMap((theme) =>
  ['', '-short', '-briefing'].flatMap((kind) => ['', '.zh'].map((language) => `dist/${theme}${kind}${language}.pdf`)),
);

const BRIEF: Line = {
  line: 'npm run brief',
  says: [
    [/24 of 24 PDFs are in dist; the content has no errors/],
    [/24 of 24 PDFs are in dist; the content has no errors/, ...names.map((name) => new RegExp(`  ${name}  \\d+ pages, unchanged`))],
  ],
  // The decks are committed and are what they were.
  makes: [[...names, 'dist/manifest.json'], []],
};

interface Case {
  name: string;
  /** The browser that it is to take. */
  browser: 'embedded' | 'system';
  circumstances: Circumstances;
  needs?: Needs;
}

const nothingAsked = { env: { BRIEFDECK_BROWSER: null } };
const CASES: Case[] = [
  { name: 'the embedded browser', browser: 'embedded', circumstances: { browser: 'embedded' } },
  { name: 'the browser of the system', browser: 'system', circumstances: { browser: 'system', ...nothingAsked } },
  { name: 'none on the system', browser: 'embedded', circumstances: { ...nothingAsked, shell: withoutBrowsers }, needs: { mount: true } },
];

/** What the first case with a browser has made, without the manifest. */
const made = new Map<string, [string, string][]>();

it.for(CASES)('24 of 24 in a fresh clone, with $name', { timeout: 900_000 }, async ({ name, browser, circumstances, needs }, context) => {
  demand(context, { browser, ...needs });
  const place = await makePlace('clone', { content: 'shipped' });
  context.onTestFinished(() => place.remove());
  const played = await play(place, BRIEF, circumstances);
  const run = { name: `the content that ships, ${name}: npm run brief`, form: 'clone', node: process.version, browser };
  note(context, run, played.first, played.second);
  expect(played.faults).toEqual([]);
  expect(played.first.stderr).toMatch(new RegExp(`^browser: .*\\(${browser}\\)`, 'm'));
  const outputs = [...played.made].filter(([file]) => file.endsWith('.pdf'));
  expect(outputs).toEqual(made.get(browser) ?? outputs);
  made.set(browser, outputs);
  const check = await runLine(place, 'npm run briefdeck -- generate --check', circumstances);
  expect(check).toMatchObject({ exitCode: 0 });
  expect((await runLine(place, 'git status --porcelain')).stdout).toBe('');
});
