import { describe, expect, it } from 'vitest';
import type { DeckFile, DeckFileSlide } from '../../scripts/model/outputs/deck-file.ts';
import { planHandout } from '../../scripts/plan/plan-handout.ts';

const locale = { labels: { noteQuestion: 'Question: {text}', noteSource: 'Source: {text}', noteFile: 'File: {text}' } };
const facts = ['Question: Why?', 'Source: Ana · exchange 1', 'File: interviews/a/010-x.md'];

const slide = (id: string, notes: string[] = [], source: string | null = null): DeckFileSlide => ({
  id,
  headline: id,
  part: null,
  continued: null,
  section: null,
  source,
  words: [],
  notes,
  hash: id,
  characters: [],
});
const deck = (slides: DeckFileSlide[], notes = true): DeckFile => ({
  name: 'x',
  file: '/x.md',
  theme: 'x',
  order: 0,
  lang: 'en',
  languageTag: 'en-GB',
  title: 'X',
  subtitle: null,
  accent: null,
  author: '',
  date: '2024',
  notes,
  parts: null,
  slides,
});

describe('a handout', () => {
  it('has slides of one exchange with the same notes once, and tells question and source from what is said', () => {
    const notes = ['Say this.', 'Question: is one in the text', ...facts];
    const { entries } = planHandout(
      deck([
        slide('deck.cover', ['Summary.']),
        slide('deck.summary'),
        slide('x', notes, 'x.md'),
        slide('x.2', notes, 'x.md'),
        slide('y', facts, 'y.md'),
      ]),
      locale,
    );
    expect(entries.map(({ slides }) => slides.map(({ number, level }) => [number, level]))).toEqual([
      [[1, 1]],
      [[2, 2]],
      [
        [3, 2],
        [4, 2],
      ],
      [[5, 2]],
    ]);
    expect(entries[0]).toMatchObject({ notes: ['Summary.'], question: null, source: null });
    expect(entries[2]).toMatchObject({
      notes: ['Say this.', 'Question: is one in the text'],
      question: 'Why?',
      source: 'Ana · exchange 1',
    });
    expect(entries[3]).toMatchObject({ notes: [], question: 'Why?' });
  });

  it('has the notes of an exchange with its evidence, not with the short deck', () => {
    const notes = ['Say this.', ...facts];
    const { entries } = planHandout(
      deck([
        { ...slide('deck.step-1', notes, 'x.md'), part: 'short' },
        { ...slide('x', notes, 'x.md'), part: 'evidence' },
      ]),
      locale,
    );
    expect(entries.map((entry) => entry.notes)).toEqual([[], ['Say this.']]);
    expect(entries.map(({ question }) => question)).toEqual([null, 'Why?']);
  });

  it('keeps slides of one exchange apart where something else is said to each', () => {
    const { entries } = planHandout(deck([slide('x', ['One.', ...facts], 'x.md'), slide('x.2', ['Two.', ...facts], 'x.md')]), locale);
    expect(entries.map(({ notes }) => notes)).toEqual([['One.'], ['Two.']]);
  });

  it('takes nothing for a question or a source where the labels are others', () => {
    const { entries } = planHandout(deck([slide('x', ['One.', 'Quelle: Ana'], 'x.md')]), locale);
    expect(entries[0]).toMatchObject({ notes: ['One.', 'Quelle: Ana'], question: null, source: null });
  });

  it('says nothing where the theme keeps notes to the presenter, but names question and source', () => {
    const { entries } = planHandout(deck([slide('x', ['One.', ...facts], 'x.md')], false), locale);
    expect(entries[0]).toMatchObject({ notes: [], question: 'Why?', source: 'Ana · exchange 1' });
  });
});
