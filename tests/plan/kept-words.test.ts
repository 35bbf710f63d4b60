/** Which words planned slides keep on one line. */
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Deck, Slide } from '../../scripts/model/outputs/deck.ts';
import { type Block, inlineToPlain } from '../../scripts/model/text/text.ts';
import { paragraphWords, titleWords } from '../../scripts/plan/measure/measure.ts';
import { planDeck } from '../../scripts/plan/plan-deck.ts';
import { renderDeck } from '../../scripts/render/deck-markdown.ts';
import { loadTemplates } from '../../scripts/render/load-templates.ts';
import { loadFiles } from '../content/folder.ts';

const templates = await loadTemplates(path.resolve(import.meta.dirname, '../../templates'));

const claim = '对齐不大可能自行到来，要靠日积月累的实践；眼下最好的防范，是看进模型内部';
const point = '机制可解释性要弄懂的正是模型里面发生着什么，而不只是它说了什么；训练本质上是预测并理解世界，所管的是事实。';
const matter = (lines: string) => `---\n${lines}\n---\n`;
const files = {
  'interviews/talk/index.md': matter('title: Talk\ndate: "2024-05"\nlang: en\npeople: [{ id: ana, name: Ana Lee, role: interviewee }]'),
  'interviews/talk/010-one.md': `${matter('question: Why?\ntags: [water]\nspeaker: ana\ntakeaway: A claim')}\n- ${'A point of many words, '.repeat(8)}and no more.\n`,
  'interviews/talk/010-one.zh.md': `${matter(`question: 为什么？\ntakeaway: ${claim}`)}\n- ${point}\n- 一行。\n`,
  'themes/water.md': matter('title: Water\nanswer: An answer'),
  'themes/water.zh.md': matter(`title: 水\nanswer: ${claim}`),
};

/** Plans a deck with what was asked of the dictionary. */
async function plannedIn(lang: string): Promise<{ deck: Deck; asked: string[] }> {
  const { corpus } = await loadFiles(files);
  const [theme] = corpus.themes;
  if (theme === undefined) throw new Error('the theme cannot be read');
  const asked: string[] = [];
  const words = (text: string) => {
    asked.push(text);
    return templates.words(text);
  };
  const deck = planDeck(theme, { corpus, lang, today: '2024-06-01', earlier: null, measure: { ...templates, words } });
  return { deck, asked };
}

const evidence = ({ slides }: Deck) => slides.find((slide): slide is Extract<Slide, { kind: 'exchange' }> => slide.id === 'one');
const keptIn = (blocks: readonly Block[]): string[][] =>
  blocks.flatMap((block) => {
    if (block.type === 'list') return block.items.flatMap(keptIn);
    return block.type === 'paragraph' ? [(block.kept ?? []).map(([from, to]) => inlineToPlain(block.children).slice(from, to))] : [];
  });

it('a Chinese title of several lines is divided at the words where a line may end', async () => {
  const { deck } = await plannedIn('zh');
  const [cover] = deck.slides;
  const [parts = []] = cover?.words ?? [];
  expect(parts.join('')).toBe(claim);
  const words = parts.filter((_, index) => index % 2 === 1);
  expect(words).toEqual(expect.arrayContaining(['日积月累', '眼下', '最好']));
  // No line of so few can end at the first word or at the last.
  expect(words).not.toContain('对齐');
  expect(words).not.toContain('内部');
});

it('a Chinese point of several lines keeps its words, one of a single line needs none', async () => {
  const { deck } = await plannedIn('zh');
  const [long, short] = keptIn(evidence(deck)?.blocks ?? []);
  expect(long).toEqual(expect.arrayContaining(['事实']));
  expect(short).toEqual([]);
  const markdown = renderDeck(deck, templates, { theme: '../templates/theme', content: '../content' });
  expect(markdown).toContain('<span class="word">');
  const shown = markdown.replace(/<\/?span[^>]*>/g, '');
  expect(shown).toContain(point);
});

it('a word wider than its column is not kept: it has to be broken', () => {
  const measure = { ...templates, lang: 'zh' };
  const text = '中华人民共和国的对齐研究';
  const kept = (column: number, beside = '') =>
    titleWords(text, 'serif-bold', 36, column, beside, measure).map(([from, to]) => text.slice(from, to));
  expect(kept(300)).toContain('中华人民共和国');
  for (const beside of ['', '999']) {
    expect(kept(200, beside)).not.toContain('中华人民共和国');
    expect(kept(200, beside)).toContain('对齐');
  }
  const paragraph = [{ type: 'text' as const, value: text }];
  const words = paragraphWords(paragraph, { size: 36 }, 200, measure).map(([from, to]) => text.slice(from, to));
  expect(words).not.toContain('中华人民共和国');
  expect(words.length).toBeGreaterThan(0);
});

it('in English nothing is kept, and the dictionary is not asked', async () => {
  const { deck, asked } = await plannedIn('en');
  expect(asked).toEqual([]);
  expect(deck.slides.flatMap(({ words }) => words ?? [])).toEqual([]);
  expect(keptIn(evidence(deck)?.blocks ?? [])).toEqual([[]]);
  expect(renderDeck(deck, templates, { theme: '../templates/theme', content: '../content' })).not.toMatch(/^words:|class="word"/m);
});
