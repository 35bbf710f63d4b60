import { expect, it } from 'vitest';
import { fileNameTakenBy } from '../../scripts/model/outputs/output-names.ts';

it.each([
  ['book', 'the book of all briefings'],
  ['site', 'the site of all themes'],
  ['water-briefing', 'the briefing of the theme "water"'],
  ['water-handout', 'the handout of the theme "water"'],
  ['water-short', 'the short deck of the theme "water"'],
  ['land-briefing', null],
  ['water', null],
  ['books', null],
])('a theme %s has the file name of %j', (id, other) => {
  expect(fileNameTakenBy(id, new Set(['water', id]))).toBe(other);
});
