/** One slide for every exchange: what it shows, in which type, and where the rest goes. */
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange, ExchangeText, Interview } from '../../scripts/model/corpus.ts';
import type { Figure } from '../../scripts/model/outputs/figure.ts';
import { type Block, blocksToPlain } from '../../scripts/model/text/text.ts';
import { contentHeight } from '../../scripts/plan/plan-deck.ts';
import { selectExchanges } from '../../scripts/plan/select.ts';
import { exchangeSlides } from '../../scripts/plan/slides/exchange-slides.ts';
import { heightBelow, planHeader } from '../../scripts/plan/slides/header.ts';
import { loadTemplates } from '../../scripts/render/load-templates.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { planDecks } from '../fit/shown-decks.ts';
import { temporaryFolder } from '../run.ts';
import { anyBlocks } from './any-blocks.ts';

const measure = await loadTemplates(path.join(projectRoot, 'templates'));
const { geometry } = measure;

const interview: Interview = {
  id: 'ana',
  file: 'interviews/ana/index.md',
  date: '2024',
  lang: 'en',
  attribution: 'named',
  embargo: null,
  text: { en: { title: 'Ana', people: [], source: null, sections: [], context: [] } },
};

function slidesOf(own: Partial<ExchangeText>) {
  const file = 'interviews/ana/010-x.md';
  const text = { file, question: 'Why?', takeaway: 'Because', body: [], notes: [], transcript: [], figures: [], ...own };
  const exchange: Exchange = {
    ...{ id: 'x', interview: 'ana', file, number: 1, tags: [], suggested: [], section: null, speaker: null, start: null, end: null },
    ...{ key: false, terms: [], draft: false, attribution: null, text: { en: text } },
  };
  return exchangeSlides({ exchange, interview }, { id: 'x', terms: [], several: false, elsewhere: [] }, 'en', measure);
}

const paragraph = (value: string): Block => ({ type: 'paragraph', children: [{ type: 'text', value }] });
const points = (count: number, text: string): Block[] => [
  { type: 'list', ordered: false, start: 1, items: Array.from({ length: count }, (_, n) => [paragraph(`${text} ${n}.`)]) },
];
const number = (n: number): Figure => ({ kind: 'number', value: `${n} km`, label: 'from spring to sea', alt: `Number ${n}` });
const bars = (alt: string): Figure => {
  const items = [1, 2, 3].map((n) => ({ label: `Bar ${n}`, value: String(n), mark: false }));
  return { kind: 'bars', scale: 'linear', items, alt };
};
const letters = (text: string) => text.replace(/\s/g, '');
const sizeOf = (slide: ReturnType<typeof slidesOf>[number] | undefined) => geometry.text[slide?.textSize ?? 'small'].size;

const anyFigures: fc.Arbitrary<Figure[]> = fc.oneof(
  fc.constant<Figure[]>([]),
  fc.nat({ max: 4 }).map((count) => Array.from({ length: count }, (_, n) => number(n))),
  fc.nat({ max: 2 }).map((count) => Array.from({ length: count }, (_, n) => bars(`Bars ${n}`))),
  fc.constant<Figure[]>([bars('Bars'), number(1)]),
);
const anySentence = fc.nat({ max: 18 }).map((words) => 'Rivers run'.concat(' and run'.repeat(words)));

describe('an exchange without tables and quotes', () => {
  it('is one slide on which nothing is too large or too small, and loses no word', () => {
    fc.assert(
      fc.property(anyBlocks, anyFigures, anySentence, anySentence, (body, figures, question, takeaway) => {
        const slides = slidesOf({ body, figures, question, takeaway });
        expect(slides).toHaveLength(1);
        for (const slide of slides) {
          const header = planHeader(slide.question, slide.headline, 1, measure, slide.headlineSize);
          expect(contentHeight(slide, measure)).toBeLessThanOrEqual(heightBelow(header, measure) + 0.01);
          expect(sizeOf(slide)).toBeGreaterThanOrEqual(18);
          const shown = slide.kind === 'number' ? slide.numbers : slide.kind === 'figure' ? [slide.figure] : [];
          expect(shown.length > 0).toBe(figures.length > 0);
          const further = figures.filter((figure) => !shown.some((each) => each === figure)).map(({ alt }) => paragraph(alt));
          expect(letters(blocksToPlain([...slide.blocks, ...slide.more]))).toBe(letters(blocksToPlain([...body, ...further])));
        }
      }),
      { numRuns: fc.readConfigureGlobal()?.numRuns ?? 12 },
    );
  });

  it('has the larger type the less it says, and cuts only where the smallest is too large', () => {
    const said = 'He says in one of his many points something that takes about twenty words, so that it is a line and a half long';
    const slides = [3, 6, 9, 14].map((count) => slidesOf({ body: points(count, said) })[0]);
    const sizes = slides.map(sizeOf);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect([sizes[0], sizes.at(-1)]).toEqual([24, 18]);
    expect(slides.map((slide) => (slide?.more.length ?? 0) > 0)).toEqual([false, false, false, true]);
    // The cut is between two points.
    const kept = slides.at(-1)?.blocks[0];
    expect(kept?.type === 'list' ? kept.items.length : 0).toBeGreaterThan(5);
    expect(blocksToPlain(slides.at(-1)?.blocks ?? [])).toMatch(/long \d+\.$/);
  });

  it('shows numbers rather than what is drawn, and tells of the others in its notes', () => {
    const [slide] = slidesOf({ body: points(2, 'A point'), figures: [bars('Three bars'), number(1), number(2), number(3), number(4)] });
    expect(slide?.kind === 'number' ? slide.numbers.map(({ alt }) => alt) : []).toEqual(['Number 1', 'Number 2', 'Number 3']);
    expect(blocksToPlain(slide?.more ?? [])).toBe('Three bars\nNumber 4');
  });

  it('leaves a figure alone where there are no points', () => {
    expect(slidesOf({ figures: [bars('Three bars')] })).toMatchObject([{ kind: 'figure', arrangement: 'alone', blocks: [], more: [] }]);
  });

  it('is a draft of one slide where there is only a transcript', () => {
    const transcript = Array.from({ length: 40 }, (_, n) => paragraph(`Sentence ${n} of an answer that goes on and on.`));
    expect(slidesOf({ transcript, figures: [number(1)] })).toMatchObject([{ kind: 'number', draft: true, more: [] }]);
  });
});

describe('a table or quote', () => {
  const cell = (text: string) => [{ type: 'text' as const, value: text }];
  const table = (rows: number): Block => {
    const lines = Array.from({ length: rows }, (_, n) => [cell(`Dam ${n}`), cell(`${2000 + n}`)]);
    return { type: 'table', align: [null, null], head: [cell('Dam'), cell('Year')], rows: lines };
  };
  const quote = (sentences: number): Block => ({
    type: 'quote',
    children: [paragraph('It took us a life to learn it. '.repeat(sentences).trim())],
  });

  it('shares the slide with the points where it fits', () => {
    const body = [...points(2, 'A point'), quote(2), table(3)];
    expect(slidesOf({ body, figures: [number(1)] })).toMatchObject([{ kind: 'number', more: [], continued: { count: 1 } }]);
  });

  it('goes on where it is too large for a slide, and nothing is lost', () => {
    for (const large of [table(30), quote(120)]) {
      const body = [...points(2, 'A point'), large];
      const slides = slidesOf({ body });
      expect(slides.length).toBeGreaterThan(1);
      expect(slides.map(({ id, continued }) => [id, continued.index, continued.count])).toEqual(
        slides.map((_, index) => [index === 0 ? 'x' : `x.${index + 1}`, index + 1, slides.length]),
      );
      const shown = slides.flatMap(({ blocks }) => blocks);
      const words = (blocks: readonly Block[]) => letters(blocksToPlain(blocks)).replaceAll('DamYear', '');
      expect(words(shown)).toBe(words(body));
      for (const slide of slides) expect(slide.more).toEqual([]);
    }
  });

  it('leaves the figure a slide of its own where it goes on', () => {
    const [first, ...others] = slidesOf({ body: [table(30)], figures: [bars('Three bars')] });
    expect(first).toMatchObject({ kind: 'figure', arrangement: 'alone', blocks: [], more: [] });
    expect(others.length).toBeGreaterThan(1);
    for (const slide of others) expect(slide.kind).toBe('exchange');
  });

  it('has large type where a quote is all that is said', () => {
    expect(slidesOf({ body: [quote(3)] })).toMatchObject([{ kind: 'quote', textSize: 'normal' }]);
    expect(slidesOf({ body: [quote(24)] })).toMatchObject([{ kind: 'exchange', continued: { count: 1 } }]);
  });
});

describe('the content that ships', () => {
  it('has one evidence slide for every exchange, and seldom more to tell in the briefing', async () => {
    const { workspace, planned } = await planDecks(path.join(projectRoot, 'content'), await temporaryFolder());
    const more = new Map<string, number>();
    for (const { deck } of planned) {
      const theme = workspace.corpus.themes.find(({ id }) => id === deck.theme);
      const selected = theme === undefined ? [] : selectExchanges(workspace.corpus, theme, '2026-11-23');
      const slides = deck.slides.flatMap((slide) => ('exchange' in slide && slide.part === 'evidence' ? [slide] : []));
      expect(slides.map(({ exchange }) => exchange)).toEqual(selected.map(({ exchange }) => `${exchange.interview}/${exchange.id}`));
      for (const slide of slides) {
        expect(slide.continued).toEqual({ index: 1, count: 1 });
        expect(geometry.text[slide.textSize].size).toBeGreaterThanOrEqual(18);
      }
      more.set(deck.lang, (more.get(deck.lang) ?? 0) + slides.filter((slide) => slide.more.length > 0).length);
      expect(deck.overfull).toEqual([]);
    }
    for (const [lang, count] of more) expect(count, lang).toBeLessThanOrEqual(5);
    expect([...more.keys()]).toEqual(['en', 'zh']);
  });
});
