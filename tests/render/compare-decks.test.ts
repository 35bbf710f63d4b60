import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeStaleness } from '../../scripts/commands/decks/staleness.ts';
import { compareDecks } from '../../scripts/render/compare-decks.ts';

const deck = readFileSync(path.join(import.meta.dirname, '../commands/output/small/water.md'), 'utf8');

/** What is said of a deck that became another one by an edit. */
function saidOf(change: (text: string) => string, back = (text: string) => text): string {
  const [before, after] = [back(deck), change(deck)];
  expect(after).not.toBe(before);
  return describeStaleness(compareDecks(before, after));
}

/** Without the slide of an id. */
const without = (id: string) => (text: string) => {
  const slides = text.split(/^(?=---\nlayout: )/m);
  return slides.filter((slide) => !slide.includes(`slideId: "${id}"`)).join('');
};
const renumber = (text: string) => text.replaceAll('exchange 2', 'exchange 1');

describe('what is said of a deck that is another one now', () => {
  it.each<[string, string, (text: string) => string]>([
    [
      'the words of a slide',
      'no longer matches the content: 1 slide changed (010-where-it-starts.md)',
      (text) => text.replace('in the hills', 'high up'),
    ],
    [
      'the words of an exchange that the short deck shows, too',
      'no longer matches the content: 2 slides changed (010-where-it-starts.md)',
      (text) => text.replaceAll('in the hills', 'high up'),
    ],
    [
      'the notes of a slide',
      'no longer matches the content: 1 slide changed (010-where-it-starts.md)',
      (text) => text.replace('Begin with', 'End with'),
    ],
    [
      'words of several slides',
      'no longer matches the content: 1 slide changed (010-where-it-starts.md), and with them: sources',
      (text) => text.replaceAll(/^columns:$/gm, 'more: true\n$&').replace('in the hills', 'high up'),
    ],
    ['a slide that is gone', 'no longer matches the content: 1 slide gone (010-where-it-starts.md)', without('where-it-starts')],
    [
      'a slide that is gone, with the numbers of those behind it',
      'no longer matches the content: 1 slide gone (010-where-it-starts.md), 1 renumbered',
      (text) => renumber(without('where-it-starts')(text)),
    ],
    [
      'the colour',
      'no longer matches the content: the head of the deck (themeConfig)',
      (text) => text.replace('accent: "#0f766e"', 'accent: "#000000"'),
    ],
    [
      'the cover',
      'no longer matches the content: overview slides (cover)',
      (text) => text.replace('What she says of water', 'What he says of water'),
    ],
    [
      'the templates',
      'no longer matches the templates: every slide is made otherwise now',
      (text) => text.replaceAll('\nheadline:', '\nkept: true\nheadline:'),
    ],
    [
      'its line ends',
      'differs from the content in line ends or spaces only (from core.autocrlf of git, or an editor)',
      (text) => text.replaceAll('\n', '\r\n'),
    ],
    [
      'its front matter, broken by hand',
      'no longer matches the content: Slidev cannot read it any more, somebody must have edited it',
      (text) => text.replace('layout: sources', 'layout: *sources'),
    ],
  ])('%s', (_, words, change) => {
    expect(saidOf(change)).toBe(words);
  });

  it('a slide that is new', () => {
    expect(saidOf((text) => text, without('where-it-ends'))).toBe('no longer matches the content: 1 slide new (020-where-it-ends.md)');
  });

  it('slides in another order', () => {
    const slides = deck.split(/^(?=---\nlayout: )/m);
    const swapped = [...slides.slice(0, -2), slides.at(-1), slides.at(-2)].join('');
    expect(saidOf(() => swapped)).toBe('no longer matches the content: the order');
  });
});
