/** The short deck: folders in, planned deck out. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CertaintySlide, Deck, Slide, SlideKind } from '../../scripts/model/outputs/deck.ts';
import { figureWords } from '../../scripts/model/outputs/figure.ts';
import { blocksToPlain, countWords } from '../../scripts/model/text/text.ts';
import { planDeck } from '../../scripts/plan/plan-deck.ts';
import { loadTemplates } from '../../scripts/render/load-templates.ts';
import { type Files, load, loadFiles } from '../content/folder.ts';

const root = path.resolve(import.meta.dirname, '../..');
const measure = await loadTemplates(path.join(root, 'templates'));
const today = '2024-06-01';

const person = '{ id: ana, name: Ana Lee, role: interviewee, affiliation: River Office }';
const number = 'figures: [{ kind: number, value: "40%", label: less than before, alt: Forty percent less }]\n';
const bars = 'figures: [{ kind: bars, alt: Two bars, items: [{ label: Then, value: 4 }, { label: Now, value: 9 }] }]\n';
const sentences = (count: number, first = 'Point') =>
  Array.from({ length: count }, (_, index) => `- ${first} ${index} says in a dozen words what the river does in its valley.`).join('\n');
const exchange = (takeaway: string, { more = '', body = '- A point.', tags = 'energy' } = {}) =>
  `---\nquestion: Why is ${takeaway.toLowerCase()}?\ntags: [${tags}]\nspeaker: ana\ntakeaway: ${takeaway}\n${more}---\n\n${body}\n`;

const files = (theme: string, more: Files = {}): Files => ({
  'interviews/talk/index.md': `---\ntitle: Talk\ndate: "2024-05"\nlang: en\npeople: [${person}]\nsource: { title: The talk, publisher: The Paper, note: "A report, no transcript" }\n---\n`,
  'interviews/talk/010-plain.md': exchange('Plain'),
  'interviews/talk/020-counted.md': exchange('Counted', { more: number }),
  'interviews/talk/030-drawn.md': exchange('Drawn', { more: bars, body: sentences(3) }),
  'interviews/talk/040-quoted.md': exchange('Quoted', { body: '> As she said.\n\n- Said twice.' }),
  'interviews/talk/050-draft.md': exchange('Secret', { more: `draft: true\n${number}` }),
  'themes/energy.md': `---\ntitle: Energy\n${theme}---\n\nThe summary of it.\n`,
  ...more,
});

function planned({ corpus, problems, list }: Awaited<ReturnType<typeof load>>, lang: string, theme = 'energy'): Deck {
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found = corpus.themes.find(({ id }) => id === theme);
  if (found === undefined) throw new Error(list.join('\n'));
  return planDeck(found, { corpus, lang, today, earlier: null, measure });
}

async function deckOf(theme: string, more: Files = {}, lang = 'en'): Promise<Deck> {
  return planned(await loadFiles(files(theme, more)), lang);
}

const shortIn = ({ slides }: Deck) => slides.filter(({ part }) => part === 'short');
const stepsIn = (deck: Deck) => shortIn(deck).flatMap((slide) => ('locator' in slide ? [slide] : []));

function only<K extends SlideKind>(deck: Deck, kind: K): Extract<Slide, { kind: K }> {
  const found = deck.slides.filter((slide): slide is Extract<Slide, { kind: K }> => slide.kind === kind);
  const [slide] = found;
  if (slide === undefined || found.length > 1) throw new Error(`${found.length} slides of kind ${kind}`);
  return slide;
}

const written = `subtitle: Where it comes from
answer: It comes from the river
open: Who pays for it
story:
  - { role: situation, show: plain }
  - { role: evidence, show: counted }
  - { role: evidence, show: [drawn, plain], say: Drawn by hand }
  - { role: evidence, show: draft, say: What nobody may know }
  - { role: answer, show: quoted }
certainty:
  states: [{ text: Known to all, show: [plain, counted] }, { text: Not out yet, show: draft }]
  expects: [{ text: It grows }]
`;

describe('the cover', () => {
  it('says the answer under the title, who says it, when, and what kind of source that is', async () => {
    expect(only(await deckOf(written), 'cover')).toMatchObject({
      id: 'deck.cover',
      part: 'short',
      claim: 'It comes from the river',
      title: 'Energy',
      subtitle: null,
      people: [{ name: 'Ana Lee', role: 'interviewee', affiliation: 'River Office' }],
      interviews: [{ title: 'Talk', date: '2024-05', publisher: 'The Paper' }],
      sourceNote: 'A report, no transcript',
      foreign: null,
    });
  });

  it('says the title and the subtitle where there is no answer', async () => {
    expect(only(await deckOf('subtitle: Where it comes from\n'), 'cover')).toMatchObject({
      claim: 'Energy',
      title: null,
      subtitle: 'Where it comes from',
    });
  });

  it('sets a long answer smaller, and names fewer people rather than leave the slide', async () => {
    const answer = (words: number) => `answer: ${'A word '.repeat(words / 2).trim()}\n`;
    const many = Array.from({ length: 6 }, (_, index) => `{ id: p${index}, name: Person ${index}, role: interviewee }`).join(', ');
    const people = { 'interviews/talk/index.md': `---\ntitle: Talk\ndate: "2024"\nlang: en\npeople: [${person}, ${many}]\n---\n` };
    const [short, long] = [await deckOf(answer(4), people), await deckOf(answer(70), people)].map((deck) => only(deck, 'cover'));
    expect(short?.people).toHaveLength(4);
    expect(long?.claimSize).toBeLessThan(short?.claimSize ?? 0);
    for (const words of [4, 70]) expect((await deckOf(answer(words), people)).overfull).toEqual([]);
  });
});

describe('the summary', () => {
  it('of a written story has the first step of each role but evidence', async () => {
    const summary = only(await deckOf(written), 'summary');
    expect(summary.headline).toBe('Where it comes from');
    expect(summary.rows).toEqual([
      { slide: 'deck.step-1', text: 'Plain', foreign: null, role: 'situation', number: 1 },
      { slide: 'deck.step-4', text: 'Quoted', foreign: null, role: 'answer', number: 2 },
    ]);
  });

  it('is not there for a story of one step, nor is the map: they would say again what the step says', async () => {
    const kindsOf = async (story: string) => shortIn(await deckOf(`answer: It comes from the river\n${story}`)).map(({ kind }) => kind);
    const step = (role: string, show: string) => `  - { role: ${role}, show: ${show} }\n`;
    expect(await kindsOf(`story:\n${step('answer', 'counted')}`)).toEqual(['cover', 'number']);
    const two = await kindsOf(`story:\n${step('situation', 'counted')}${step('answer', 'drawn')}`);
    expect(two).toEqual(['cover', 'summary', 'number', 'figure', 'map']);
  });

  it('of a found story counts its steps', async () => {
    const { rows, headline } = only(await deckOf(''), 'summary');
    expect(headline).toBeNull();
    expect(rows.map(({ slide, text, role, number: count }) => [slide, text, role, count])).toEqual([
      ['deck.step-1', 'Plain', null, 1],
      ['deck.step-2', 'Counted', null, 2],
      ['deck.step-3', 'Drawn', null, 3],
      ['deck.step-4', 'Quoted', null, 4],
    ]);
  });
});

describe('a step', () => {
  it('shows its claim and the exhibit that proves it, with the first points where there is room', async () => {
    const [plain, counted, drawn, quoted, ...others] = stepsIn(await deckOf(written));
    expect(others).toEqual([]);
    expect(plain).toMatchObject({ kind: 'exchange', headline: 'Plain', exchange: 'talk/plain', locator: { number: 1 } });
    expect(plain && blocksToPlain(plain.blocks)).toBe('A point.');
    expect(counted).toMatchObject({ kind: 'number', arrangement: 'strip', numbers: [{ value: '40%' }], headline: 'Counted' });
    expect(drawn).toMatchObject({ kind: 'figure', figure: { kind: 'bars' }, headline: 'Drawn by hand' });
    expect(quoted).toMatchObject({ kind: 'quote', by: 'Ana Lee', headline: 'Quoted' });
    expect(quoted && blocksToPlain(quoted.blocks)).toBe('As she said.');
  });

  it('takes the figure that the story chooses, and none of another exchange where the one that has it may not be published', async () => {
    const numberOf = (word: string) => `{ kind: number, value: "${word}", label: of it, alt: ${word} of it }`;
    const two = (first: string, second: string) => `figures: [${numberOf(first)}, ${numberOf(second)}]\n`;
    const more = {
      'interviews/talk/060-two.md': exchange('Two', { more: two('1', '2') }),
      'interviews/talk/070-hidden.md': exchange('Hidden', { more: `draft: true\n${two('3', '4')}` }),
    };
    const shownBy = async (step: string) =>
      stepsIn(await deckOf(`story: [{ role: answer, ${step} }]\n`, more)).flatMap((slide) =>
        slide.kind === 'number' ? slide.numbers.map(({ value }) => value) : [],
      );
    expect(await shownBy('show: two')).toEqual(['1', '2']);
    expect(await shownBy('show: two, figure: 2')).toEqual(['2']);
    expect(await shownBy('show: [hidden, two], figure: 2')).toEqual(['1', '2']);
  });

  it('has at most 60 words, whatever the exchange says', async () => {
    const long = 'It says a good deal more than a slide can hold, sentence after sentence. '.repeat(12).trim();
    const bodies: Record<string, { body: string; more?: string }> = {
      points: { body: sentences(12) },
      paragraph: { body: long },
      item: { body: `- ${long}` },
      quote: { body: `> ${long}` },
      'quote-of-a-slide': { body: `> ${long.slice(0, 400)}.` },
      numbers: { body: sentences(12), more: number },
      bars: { body: sentences(12), more: bars },
      transcript: { body: `## Transcript\n\n${long}` },
    };
    const more = Object.fromEntries(
      Object.entries(bodies).map(([id, { body, more: matter }]) => [
        `interviews/talk/100-${id}.md`,
        exchange('A claim of six words here', { body, more: matter ?? '' }),
      ]),
    );
    const story = Object.keys(bodies).map((id) => `{ role: evidence, show: ${id} }`);
    const deck = await deckOf(`story: [${story.join(', ')}]\n`, more);
    expect(stepsIn(deck).map((slide) => [slide.exchange, wordsOf(slide) <= 60, wordsOf(slide) > countWords(slide.headline)])).toEqual(
      Object.keys(bodies).map((id) => [`talk/${id}`, true, true]),
    );
    expect(deck.overfull).toEqual([]);
  });

  it('shows a table or a sentence of more words rather than nothing', async () => {
    const rows = Array.from({ length: 6 }, (_, index) => `| Row ${index} | with a dozen of words about what there is in this one |`);
    const more = {
      'interviews/talk/100-table.md': exchange('Table', { body: `| Which | What |\n|---|---|\n${rows.join('\n')}\n\n- A point.` }),
      'interviews/talk/110-endless.md': exchange('Endless', { body: `${'and then it goes on '.repeat(14).trim()}.\n\n- A point.` }),
    };
    const deck = await deckOf('story: [{ role: evidence, show: table }, { role: answer, show: endless }]\n', more);
    expect(stepsIn(deck).map(({ blocks }) => blocks.map(({ type }) => type))).toEqual([['table'], ['paragraph']]);
    expect(deck.overfull).toEqual([]);
  });

  it('leads to its evidence, which leads back; evidence of no step leads nowhere', async () => {
    const deck = await deckOf(written);
    const elsewhere = (part: string) =>
      deck.slides.flatMap((slide) => (slide.part === part && 'locator' in slide ? [`${slide.id} -> ${slide.elsewhere.join(', ')}`] : []));
    expect(elsewhere('short')).toEqual([
      'deck.step-1 -> plain',
      'deck.step-2 -> counted',
      'deck.step-3 -> drawn, plain',
      'deck.step-4 -> quoted',
    ]);
    expect(elsewhere('evidence')).toEqual([
      'plain -> deck.step-1',
      'counted -> deck.step-2',
      'drawn -> deck.step-3',
      'quoted -> deck.step-4',
    ]);
    const alone = await deckOf('story: [{ role: answer, show: plain }]\n');
    expect(alone.slides.flatMap((slide) => (slide.id === 'counted' && 'elsewhere' in slide ? slide.elsewhere : [slide.id])).length).toBe(
      alone.slides.length - 1,
    );
  });
});

describe('what is certain', () => {
  it('stands in a column for each kind that says anything; a statement leads to its first evidence', async () => {
    expect(only(await deckOf(written), 'certainty').columns).toEqual([
      { certainty: 'states', statements: [{ text: 'Known to all', slide: 'plain' }] },
      { certainty: 'expects', statements: [{ text: 'It grows', slide: null }] },
    ] satisfies CertaintySlide['columns']);
  });

  it('is no slide without statements, nor where none may be published', async () => {
    const kinds = async (theme: string) => (await deckOf(theme)).slides.map(({ kind }) => kind);
    expect(await kinds('')).not.toContain('certainty');
    expect(await kinds('certainty: { states: [{ text: Not out yet, show: draft }] }\n')).not.toContain('certainty');
  });
});

describe('the map', () => {
  it('has the answer, the steps that carry it, and what stays open', async () => {
    expect(only(await deckOf(written), 'map')).toMatchObject({
      claim: 'It comes from the river',
      open: 'Who pays for it',
      supports: [
        { slide: 'deck.step-2', text: 'Counted' },
        { slide: 'deck.step-3', text: 'Drawn by hand' },
        { slide: 'deck.step-4', text: 'Quoted' },
      ],
    });
  });

  it('is no slide without an answer', async () => {
    expect((await deckOf(written.replace(/^answer:.*\n/m, ''))).slides.map(({ kind }) => kind)).not.toContain('map');
  });
});

describe('the whole short deck', () => {
  it('is first, then evidence, then reference, and shows nothing that may not be published', async () => {
    const deck = await deckOf(written);
    expect(deck.slides.map(({ part, id }) => `${part} ${id}`)).toEqual([
      'short deck.cover',
      'short deck.summary',
      'short deck.step-1',
      'short deck.step-2',
      'short deck.step-3',
      'short deck.step-4',
      'short deck.certainty',
      'short deck.map',
      'evidence plain',
      'evidence counted',
      'evidence drawn',
      'evidence quoted',
      'reference deck.sources',
    ]);
    expect(JSON.stringify(deck.slides)).not.toMatch(/Secret|nobody may know|Not out yet/);
  });

  it('is told in another language with the same slides, and says where words are missing', async () => {
    const translated = {
      'interviews/talk/index.zh.md': '---\ntitle: 谈话\n---\n',
      'interviews/talk/010-plain.zh.md': '---\nquestion: 为什么？\ntakeaway: 平实\n---\n\n- 一点。\n',
      'themes/energy.zh.md': '---\ntitle: 能源\nanswer: 来自河流\n---\n',
    };
    const [english, chinese] = [await deckOf(written, translated), await deckOf(written, translated, 'zh')];
    expect(chinese.slides.map(({ id }) => id)).toEqual(english.slides.map(({ id }) => id));
    expect(only(chinese, 'cover')).toMatchObject({ claim: '来自河流', title: '能源', foreign: null });
    expect(stepsIn(chinese).map(({ headline, foreign }) => [headline, foreign])).toEqual([
      ['平实', null],
      ['Counted', 'en'],
      // No translation of the story: its words are those of the exchange.
      ['Drawn', 'en'],
      ['Quoted', 'en'],
    ]);
  });

  it('says the language of a headline where it is translated and the exchange is not', async () => {
    const say =
      'story:\n  - { role: situation, show: plain, say: Plain as day }\n  - { role: answer, show: counted, say: Counted twice }\n';
    const translated = {
      'interviews/talk/010-plain.zh.md': '---\nquestion: 为什么？\ntakeaway: 平实\n---\n\n- 一点。\n',
      'themes/energy.zh.md': '---\ntitle: 能源\nstory:\n  - {}\n  - { say: 数了两遍 }\n---\n',
    };
    const deck = await deckOf(say, translated, 'zh');
    expect(stepsIn(deck).map(({ headline, headlineLang, foreign }) => [headline, headlineLang, foreign])).toEqual([
      // Without a translation of its words a step says those of the exchange.
      ['平实', null, null],
      ['数了两遍', 'zh', 'en'],
    ]);
    const evidence = deck.slides.flatMap((slide) => ('locator' in slide && slide.part === 'evidence' ? [slide.headlineLang] : []));
    expect(new Set(evidence)).toEqual(new Set([null]));
  });

  it.each(['en', 'zh'])(
    'of the themes that ship has 8 to 12 slides that fit, with at most 60 words a step, and on what is certain: %s',
    async (lang) => {
      const content = await load(path.join(root, 'content'), { languages: ['en', 'zh'] });
      for (const { id } of content.corpus.themes) {
        const deck = planned(content, lang, id);
        const short = shortIn(deck);
        expect(short.length, id).toBeGreaterThanOrEqual(8);
        expect(short.length, id).toBeLessThanOrEqual(12);
        expect(deck.overfull, id).toEqual([]);
        expect(short.flatMap((slide) => (slide.continued.count > 1 ? [slide.id] : []))).toEqual([]);
        expect(stepsIn(deck).flatMap((slide) => (wordsOf(slide) > 60 ? [`${id} ${slide.id} ${wordsOf(slide)}`] : []))).toEqual([]);
        const certain = certaintyWords(only(deck, 'certainty'), measure.locales.get(lang)?.labels ?? {});
        expect([id, certain > 30 && certain <= 60 ? [] : certain]).toEqual([id, []]);
        expect(stepsIn(deck).flatMap((slide) => (wordsOf(slide) > countWords(slide.headline) ? [] : [`${id} ${slide.id}`]))).toEqual([]);
      }
    },
  );
});

/** The words that a step shows, its headline included. */
function wordsOf(slide: ReturnType<typeof stepsIn>[number]): number {
  const exhibit =
    slide.kind === 'figure'
      ? figureWords(slide.figure, 'en')
      : slide.kind === 'number'
        ? slide.numbers.flatMap(({ value, label }) => [value, label])
        : [];
  return [slide.headline, ...exhibit, blocksToPlain(slide.blocks)].reduce((sum, text) => sum + countWords(text), 0);
}

/** The words of the slide on what is certain: its title, the titles of its columns, statements and the pages behind them. */
function certaintyWords({ columns }: CertaintySlide, labels: Readonly<Record<string, string>>): number {
  const titles = [labels.certainty, ...columns.map(({ certainty }) => labels[`certainty.${certainty}`])].map((title = '') =>
    countWords(title),
  );
  const statements = columns.flatMap((column) => column.statements.map(({ text, slide }) => countWords(text) + (slide === null ? 0 : 1)));
  return [...titles, ...statements].reduce((sum, words) => sum + words, 0);
}
