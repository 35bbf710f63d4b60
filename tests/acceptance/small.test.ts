/** The program as people have it, in short: a clone, this Node, the embedded browser, and a look at the system's. lines.long.ts and matrix.long.ts have the whole. */
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { LINES, type Line } from './lines.ts';
import { demand } from './machine.ts';
import { makePlace, type Place } from './places.ts';
import { play } from './play.ts';
import { note } from './runs.ts';

// Cold caches, on a machine that has other things to do.
vi.setConfig({ testTimeout: 300_000 });

let place: Place;

beforeAll(async () => {
  place = await makePlace('clone');
});
afterAll(() => place.remove());
beforeEach(() => place.reset());

const FEW = [
  'npm run brief -- scaling',
  'npm run briefdeck -- check',
  'npm run briefdeck -- import talk.vtt --date 2024-05 --name SPEAKER_00="Ana Lee" --name SPEAKER_01="Ben Ode" --content mine/content',
  'npm run briefdeck -- doctor',
];

const STATUS: Line = {
  line: 'npm run briefdeck -- status',
  says: [
    [/exchanges by section/, /scaling: deck missing/],
    [/exchanges by section/, /scaling: deck missing/],
  ],
  makes: [[], []],
};

it.for([...LINES.filter(({ line }) => FEW.includes(line)), STATUS])('$line', async (entry, context) => {
  demand(context, {});
  const { first, second, faults } = await play(place, entry);
  note(context, { name: entry.line, form: 'clone', node: process.version, browser: 'embedded' }, first, second);
  expect(faults).toEqual([]);
});

it("makes the same with the system's browser", async (context) => {
  demand(context, { browser: 'system' });
  const entry = LINES.find(({ line }) => line === 'npm run brief -- scaling --format pptx');
  if (entry === undefined) throw new Error('README.md makes a presentation no more');
  const { first, second, faults } = await play(place, entry, { browser: 'system' });
  note(context, { name: entry.line, form: 'clone', node: process.version, browser: 'system' }, first, second);
  expect(first.stderr).toMatch(/browser: \S+ [\d.]+ \(system\)/);
  expect(faults).toEqual([]);
});
