/** Every command line of README.md, twice, in a clone and where the package is installed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LINES } from './lines.ts';
import { type FormName, makePlace, type Place } from './places.ts';
import { play } from './play.ts';
import { note } from './runs.ts';

describe.each<FormName>(['clone', 'package'])('in the form of a %s', (form) => {
  let place: Place;

  beforeAll(async () => {
    place = await makePlace(form);
  }, 600_000);
  afterAll(() => place.remove());
  beforeEach(() => place.reset());

  it.for(LINES)('$line', async (entry, context) => {
    const { first, second, faults } = await play(place, entry);
    note(context, { name: entry.line, form, node: process.version, browser: 'embedded' }, first, second);
    expect(faults).toEqual([]);
  });

  it('has written to no installed package', () => {
    expect(place.spoilt()).toEqual([]);
  });
});
