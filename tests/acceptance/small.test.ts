/** The program as people have it, in short: a clone, this Node, the embedded browser. lines.long.ts and matrix.long.ts have the whole. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { LINES, type Line } from './lines.ts';
import { demand } from './machine.ts';
import { makePlace, type Place } from './places.ts';
import { play } from './play.ts';
import { note } from './runs.ts';

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
