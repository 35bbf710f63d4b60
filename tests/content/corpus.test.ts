import { describe, expect, it } from 'vitest';
import { blocksToPlain } from '../../scripts/model/text/text.ts';
import { type Files, loadFiles, loadFixture } from './folder.ts';

const person = 'people: [{ id: ana, name: Ana, role: interviewee }]';
const interview = (lang: string, more = '') => `---\ntitle: Talk\ndate: "2024"\nlang: ${lang}\n${person}\n${more}---\n`;
const exchange = (more = '', body = '\nA point.\n') => `---\nquestion: Why?\ntags: [energy]\n${more}---\n${body}`;
const theme = { 'themes/energy.md': '---\ntitle: Energy\n---\n' };

describe('a good folder', () => {
  it('becomes a corpus without findings', async () => {
    const { corpus, problems } = await loadFixture('good');
    expect(problems).toEqual([]);
    expect(corpus.broken).toEqual([]);
    expect(corpus.languages).toEqual(['en']);
    expect([...corpus.tags]).toEqual([['data', 'Numbers and where they come from']]);
    expect(corpus.interviews[0]).toMatchObject({ id: 'talk', date: '2024-05-02', lang: 'en', attribution: 'named', embargo: null });
    expect(corpus.interviews[0]?.text.en?.people).toEqual([
      { id: 'ben', name: 'Ben Hall', role: 'interviewer', affiliation: null, attribution: null },
      { id: 'ana', name: 'Ana Cole', role: 'interviewee', affiliation: 'Grid Lab', attribution: null },
    ]);
    expect(corpus.themes).toMatchObject([{ id: 'energy', order: 1, query: { type: 'tag', tag: 'energy' } }]);
    expect(corpus.terms[0]?.text.en).toMatchObject({ term: 'Base load', aliases: ['baseload'] });
  });

  it('gives every exchange its place, its marks and its three texts', async () => {
    const { corpus } = await loadFixture('good');
    expect(corpus.exchanges[0]).toEqual({
      id: 'why-now',
      interview: 'talk',
      file: 'interviews/talk/010-why-now.md',
      number: 1,
      tags: ['energy', 'data'],
      suggested: [],
      section: 'costs',
      speaker: 'ana',
      start: null,
      end: null,
      key: true,
      terms: ['base-load'],
      draft: false,
      attribution: null,
      text: {
        en: {
          file: 'interviews/talk/010-why-now.md',
          question: 'Why now?',
          takeaway: 'Prices fell faster than plans',
          body: [
            {
              type: 'list',
              ordered: false,
              start: 1,
              items: ['Prices fell.', 'Plans did not.'].map((value) => [{ type: 'paragraph', children: [{ type: 'text', value }] }]),
            },
          ],
          notes: [{ type: 'paragraph', children: [{ type: 'text', value: 'Say it slowly.' }] }],
          transcript: [],
          figures: [],
        },
      },
    });
    expect(corpus.exchanges[1]).toMatchObject({ number: 2, key: false, terms: [], text: { en: { takeaway: null } } });
  });
});

describe('order', () => {
  it('is by date and id for interviews, by number and name for exchanges', async () => {
    const { corpus } = await loadFiles({
      ...theme,
      'interviews/b/index.md': interview('en'),
      'interviews/a/index.md': interview('en'),
      'interviews/z/index.md': interview('en').replace('2024', '2023-05'),
      'interviews/a/10-ten.md': exchange(),
      'interviews/a/9-nine.md': exchange(),
      'interviews/a/009-also-nine.md': exchange(),
      'interviews/z/1-first.md': exchange(),
    });
    expect(corpus.interviews.map(({ id }) => id)).toEqual(['z', 'a', 'b']);
    expect(corpus.exchanges.map(({ id, number }) => `${number} ${id}`)).toEqual(['1 first', '1 also-nine', '2 nine', '3 ten']);
  });

  it('is by order, then id, for themes; those without an order come last', async () => {
    const head = (more: string) => `---\ntitle: T\nquery: energy or b\n${more}---\n`;
    const { corpus } = await loadFiles({
      'themes/a.md': head(''),
      'themes/b.md': head('order: 2\n'),
      'themes/energy.md': head('order: 1\n'),
      'interviews/a/index.md': interview('en'),
      'interviews/a/1-x.md': exchange(),
    });
    expect(corpus.themes.map(({ id }) => id)).toEqual(['energy', 'b', 'a']);
  });

  it('keeps the number of an exchange when the one before it is broken', async () => {
    const { corpus } = await loadFixture('broken-theme', {}, { 'interviews/talk/010-why-now.md': exchange('bogus: 1\n') });
    expect(corpus.exchanges.map(({ id, number }) => `${number} ${id}`)).toEqual(['2 what-next']);
  });
});

describe('languages', () => {
  it.each([
    [{}, 'en', ['en']],
    [{ 'interviews/a/index.md': interview('zh') }, 'zh', ['zh']],
    [{ 'interviews/a/index.md': interview('zh'), 'interviews/b/index.md': interview('en') }, 'en', ['en', 'zh']],
    [
      { 'interviews/a/index.md': interview('zh'), 'interviews/b/index.md': interview('en'), 'interviews/c/index.md': interview('zh') },
      'zh',
      ['zh', 'en'],
    ],
    [{ 'terms/a.md': '---\nterm: A\n---\n', 'terms/a.zh.md': '---\nterm: 甲\n---\n' }, 'en', ['en', 'zh']],
  ] as [Files, string, string[]][])('of %j are %s of %j', async (files, base, languages) => {
    const { corpus } = await loadFiles(files);
    expect(corpus.baseLanguage).toBe(base);
    expect(corpus.languages).toEqual(languages);
  });

  it('lets an interview have another language than the corpus', async () => {
    const { corpus, list } = await loadFiles(
      {
        ...theme,
        'interviews/a/index.md': interview('en'),
        'interviews/b/index.md': interview('zh'),
        'interviews/b/1-x.md': exchange(),
        'interviews/b/1-x.en.md': '---\nquestion: Translated\n---\n',
      },
      { languages: ['en', 'zh'] },
    );
    expect(Object.keys(corpus.exchanges[0]?.text ?? {})).toEqual(['zh', 'en']);
    expect(list).toEqual([
      'interviews/a/index.md:1:1 missing-translation',
      'interviews/b/index.md:1:1 missing-translation',
      'themes/energy.md:1:1 missing-translation',
    ]);
  });

  it('warns of missing translations in every language that occurs, unless told which are wanted', async () => {
    const files = { 'terms/a.md': '---\nterm: A\n---\n', 'terms/a.zh.md': '---\nterm: 甲\n---\n', 'terms/b.md': '---\nterm: B\n---\n' };
    const warned = async (languages: string[] | undefined) =>
      (await loadFiles(files, { locales: ['en', 'zh', 'fr'], ...(languages === undefined ? { languages: ['en', 'zh'] } : { languages }) }))
        .problems;
    expect((await warned(['en'])).length).toBe(0);
    expect((await warned(undefined)).map(({ file, args }) => ({ file, args }))).toEqual([
      { file: 'terms/b.md', args: { language: 'zh', base: 'terms/b.md' } },
    ]);
    expect((await warned(['fr'])).length).toBe(2);
  });
});

it('numbers of figures are read as they are written, with quotes or without', async () => {
  const figures = `figures:
  - { kind: bars, alt: Bars., items: [{ label: a, value: 12345678901234567890 }, { label: b, value: 1.50, to: 1e6 }, { label: 4, value: "0.10" }, { label: d, value: 0 }] }
  - { kind: timeline, alt: Events., items: [{ when: 1990, label: x }, { when: 1990.50, label: y }] }
  - { kind: number, value: 47, label: exchanges, alt: Many. }
`;
  const { corpus, list } = await loadFixture(
    'good',
    {},
    { 'interviews/talk/030-long.md': exchange(`takeaway: Yes\n${figures}`, '\nA point.\n') },
  );
  expect(list).toEqual([]);
  expect(corpus.exchanges[2]?.text.en?.figures).toMatchObject([
    { items: [{ value: '12345678901234567890' }, { value: '1.50', to: '1e6' }, { label: '4', value: '0.10' }, { value: '0' }] },
    { items: [{ when: '1990' }, { when: '1990.50' }] },
    { value: '47' },
  ]);
});

describe('translations', () => {
  it('take what they leave out from the base file', async () => {
    const figures = `figures:
  - { kind: number, value: "4", label: of five, alt: Four of five. }
  - { kind: bars, unit: km, alt: Bars., items: [{ label: a, value: 1, mark: true }, { label: b, value: 2, text: two }] }
  - { kind: timeline, alt: Events., items: [{ when: now, label: x }, { when: then, label: y, mark: true }] }
  - { kind: diagram, alt: Nodes., nodes: [{ id: one, label: One }, { id: two, label: Two, mark: true }], edges: [{ from: one, to: two, label: to }, { from: two, to: one }] }
`;
    const { corpus, list } = await loadFixture(
      'good',
      {},
      {
        'interviews/talk/030-long.md': exchange(
          `takeaway: Yes\n${figures}`,
          '\nA point.\n\n## Notes\n\nNotes.\n\n## Transcript\n\nSaid.\n',
        ),
        'interviews/talk/030-long.zh.md': `---
question: 为何？
figures:
  - { label: 五分之四 }
  - { unit: 公里, items: [{ label: 甲 }, { text: 二 }] }
  - { items: [{ when: 现在 }, { label: 乙 }], alt: 事件 }
  - { nodes: [{ id: two, label: 二 }], edges: [{ from: two, to: one, label: 回 }] }
---

要点。
`,
        'interviews/talk/index.zh.md': '---\npeople: [{ id: ana, name: 安娜 }]\nsections: [{ id: risks, title: 风险 }]\n---\n',
        'themes/energy.zh.md': '---\ntitle: 能源\n---\n',
        'terms/base-load.zh.md': '---\n---\n\n定义。\n',
      },
    );
    expect(list).toEqual([]);
    const text = corpus.exchanges[2]?.text.zh;
    expect(text).toMatchObject({ file: 'interviews/talk/030-long.zh.md', question: '为何？', takeaway: 'Yes', transcript: [] });
    expect(blocksToPlain(text?.body ?? [])).toBe('要点。');
    expect(blocksToPlain(text?.notes ?? [])).toBe('Notes.');
    expect(text?.figures).toEqual([
      { kind: 'number', value: '4', label: '五分之四', alt: 'Four of five.' },
      {
        kind: 'bars',
        unit: '公里',
        scale: 'linear',
        alt: 'Bars.',
        items: [
          { label: '甲', value: '1', mark: true },
          { label: 'b', value: '2', text: '二', mark: false },
        ],
      },
      {
        kind: 'timeline',
        alt: '事件',
        items: [
          { when: '现在', label: 'x', mark: false },
          { when: 'then', label: '乙', mark: true },
        ],
      },
      {
        kind: 'diagram',
        direction: 'right',
        alt: 'Nodes.',
        nodes: [
          { id: 'one', label: 'One', mark: false },
          { id: 'two', label: '二', mark: true },
        ],
        edges: [
          { from: 'one', to: 'two', label: 'to' },
          { from: 'two', to: 'one', label: '回' },
        ],
      },
    ]);
    expect(corpus.interviews[0]?.text.zh).toMatchObject({
      title: 'Ana on power',
      people: [{ name: 'Ben Hall' }, { name: '安娜', affiliation: 'Grid Lab' }],
      sections: [{ title: 'Costs' }, { title: '风险' }],
    });
    expect(blocksToPlain(corpus.interviews[0]?.text.zh?.context ?? [])).toBe('Ana runs a grid.');
    expect(blocksToPlain(corpus.themes[0]?.text.zh?.summary ?? [])).toBe('Power and its price.');
    expect(corpus.terms[0]?.text.zh).toMatchObject({ term: 'Base load', aliases: ['baseload'] });
  });

  it('have the words of figures, and the base file their sizes and marks', async () => {
    const figures = `figures:
  - { kind: comparison, alt: Columns., columns: [{ label: a, items: [x, y], mark: true }, { label: b, text: more }] }
  - { kind: horizon, alt: Spans., unit: years, start: 2023, length: 3, spans: [{ label: a, from: 1.50, to: 2 }, { label: b }] }
  - { kind: opposites, alt: Sides., sides: { less: less, more: more }, items: [{ label: a, side: less, value: 1, to: 2 }, { label: b, side: more, value: 2 }] }
  - { kind: ladder, alt: Steps., limit: limit, steps: [one, two], margin: gap }
  - { kind: quadrants, alt: Cells., x: { label: x, low: low, high: high }, y: { label: y, low: low, high: high }, cells: [{ x: low, y: high, label: a, mark: true }] }
`;
    const { corpus, list } = await loadFixture(
      'good',
      {},
      {
        'interviews/talk/030-long.md': exchange(`takeaway: Yes\n${figures}`, '\nA point.\n'),
        'interviews/talk/030-long.zh.md': `---
question: 为何？
takeaway: 是
figures:
  - { columns: [{ label: 甲, items: [一, 二] }, { text: 更多 }] }
  - { unit: 年, spans: [{ label: 甲 }, {}] }
  - { sides: { more: 多 }, items: [{ text: 少 }, { label: 乙 }], alt: 两边 }
  - { limit: 界线, steps: [一, 二], margin: 间隔 }
  - { y: { label: 纵, high: 高 }, cells: [{ label: 甲 }] }
---

要点。
`,
      },
    );
    expect(list.filter((line) => line.includes('030-long'))).toEqual([]);
    expect(corpus.exchanges[2]?.text.zh?.figures).toEqual([
      {
        kind: 'comparison',
        order: false,
        alt: 'Columns.',
        columns: [
          { label: '甲', items: ['一', '二'], mark: true },
          { label: 'b', items: [], text: '更多', mark: false },
        ],
      },
      {
        kind: 'horizon',
        unit: '年',
        start: '2023',
        length: '3',
        alt: 'Spans.',
        spans: [
          { label: '甲', from: '1.50', to: '2', mark: false },
          { label: 'b', from: '0', mark: false },
        ],
      },
      {
        kind: 'opposites',
        scale: 'linear',
        alt: '两边',
        sides: { less: 'less', more: '多' },
        items: [
          { label: 'a', side: 'less', value: '1', to: '2', text: '少', mark: false },
          { label: '乙', side: 'more', value: '2', mark: false },
        ],
      },
      { kind: 'ladder', alt: 'Steps.', limit: '界线', steps: ['一', '二'], margin: '间隔' },
      {
        kind: 'quadrants',
        alt: 'Cells.',
        x: { label: 'x', low: 'low', high: 'high' },
        y: { label: '纵', low: 'low', high: '高' },
        cells: [{ x: 'low', y: 'high', label: '甲', mark: true }],
      },
    ]);
  });

  it('take points and transcript from the base file only together', async () => {
    const base = exchange('', '\nA point.\n\n## Transcript\n\nSaid.\n');
    const { corpus } = await loadFixture(
      'good',
      {},
      {
        'interviews/talk/030-a.md': base,
        'interviews/talk/030-a.zh.md': '---\nquestion: 为何？\n---\n',
        'interviews/talk/040-b.md': base,
        'interviews/talk/040-b.zh.md': '---\nquestion: 为何？\n---\n\n## Transcript\n\n说。\n',
      },
    );
    const texts = corpus.exchanges.slice(2).map(({ text }) => text.zh);
    expect(texts.map((text) => [blocksToPlain(text?.body ?? []), blocksToPlain(text?.transcript ?? [])])).toEqual([
      ['A point.', 'Said.'],
      ['', '说。'],
    ]);
  });
});

describe('what is broken', () => {
  it('is not in the corpus, and everything else is', async () => {
    const { corpus } = await loadFixture(
      'broken-exchange',
      {},
      { 'interviews/talk/030-more.md': exchange(), 'interviews/talk/030-more.zh.md': '---\nkey: true\n---\n' },
    );
    expect(corpus.exchanges.map(({ id, text }) => [id, Object.keys(text)])).toEqual([['more', ['en']]]);
    expect(corpus.broken.at(-1)).toEqual({
      file: 'interviews/talk/030-more.zh.md',
      kind: 'exchange',
      lang: 'zh',
      id: 'more',
      interview: 'talk',
      tags: ['energy'],
      permission: { draft: false, embargo: null, attribution: 'readable' },
    });
  });

  it('takes the exchanges of a broken interview along, without naming them', async () => {
    const { corpus } = await loadFixture('broken-interview', {}, { 'interviews/talk/030-more.md': exchange() });
    expect(corpus.exchanges).toEqual([]);
    expect(corpus.broken.map(({ file }) => file)).toEqual(['interviews/talk/index.md']);
  });

  it('tells the tags of an exchange whose front matter cannot be parsed, where they stand in lines of their own', async () => {
    const files = {
      'interviews/talk/030-flow.md': '---\nquestion: a: b\ntags: [ energy , "data" ] # both\n---\n',
      'interviews/talk/040-block.md': '---\nquestion: a: b\ntags:\n  - energy\n  - data # too\nkey: true\n---\n',
      'interviews/talk/050-none.md': '---\nquestion: a: b\n---\n',
      'interviews/talk/060-missing.md': '---\nquestion: 1\n---\n',
      'interviews/talk/070-odd.md': '---\nquestion: 1\ntags: energy, data\n---\n',
    };
    const { corpus } = await loadFixture('good', {}, files);
    expect(corpus.broken.map(({ tags }) => tags)).toEqual([['energy', 'data'], ['energy', 'data'], null, [], ['energy', 'data']]);
  });
});
