import { describe, expect, it } from 'vitest';
import { planStory } from '../../scripts/plan/plan-story.ts';
import { type Files, loadFiles } from '../content/folder.ts';

const people = 'people: [{ id: ana, name: Ana, role: interviewee }]';
const number = 'figures: [{ kind: number, value: "40%", label: less, alt: Less }]\n';
const exchange = (takeaway: string, { more = '', body = '- A point.' } = {}) =>
  `---\nquestion: Why?\ntags: [energy]\nspeaker: ana\ntakeaway: ${takeaway}\n${more}---\n\n${body}\n`;

const files = (theme: string, more: Files = {}): Files => ({
  'interviews/talk/index.md': `---\ntitle: Talk\ndate: "2024"\nlang: en\n${people}\n---\n`,
  'interviews/talk/010-plain.md': exchange('Plain'),
  'interviews/talk/020-counted.md': exchange('Counted', { more: number }),
  'interviews/talk/030-quoted.md': exchange('Quoted', { body: '> As she said.' }),
  'interviews/talk/040-draft.md': exchange('Draft', { more: 'draft: true\n' }),
  'themes/energy.md': `---\ntitle: Energy\n${theme}---\n`,
  ...more,
});

async function storyOf(theme: string, more: Files = {}, lang = 'en') {
  const { corpus, list } = await loadFiles(files(theme, more), { languages: ['en'] });
  const [first] = corpus.themes;
  if (first === undefined) throw new Error(list.join('\n'));
  return planStory(first, { corpus, lang, today: '2024-06-01' });
}

/** `headline: exchanges, exhibit`, one for each step. */
const lines = ({ steps }: Awaited<ReturnType<typeof storyOf>>) =>
  steps.map(
    ({ headline, shown, exhibit }) => `${headline}: ${shown.map((each) => each.exchange.id).join(' and ')}, ${exhibit?.kind ?? 'nothing'}`,
  );

describe('a written story', () => {
  const written = `answer: It is so
open: Who pays
story:
  - { role: situation, show: quoted }
  - { role: evidence, show: draft }
  - { role: answer, show: [talk/counted, plain], say: Said here }
certainty:
  states: [{ text: Known, show: plain }, { text: Not out yet, show: draft }]
  open: [{ text: Who pays }]
`;

  it('has its steps in order, without what may not be published', async () => {
    const story = await storyOf(written);
    expect(lines(story)).toEqual(['Quoted: quoted, quote', 'Said here: counted and plain, numbers']);
    expect(story.steps.map(({ role }) => role)).toEqual(['situation', 'answer']);
    expect(story).toMatchObject({ answer: 'It is so', open: 'Who pays', origin: 'written' });
    expect(story.certainty).toEqual({
      states: [{ text: 'Known', show: ['plain'] }],
      expects: [],
      open: [{ text: 'Who pays', show: [] }],
    });
  });

  it('says nothing of several exchanges of which one may not be published', async () => {
    const story = await storyOf(`answer: It is so
story: [{ role: answer, show: [counted, draft], say: Counted and drafted }]
certainty: { states: [{ text: Counted and drafted, show: [plain, draft] }] }
`);
    expect(lines(story)).toEqual(['Counted: counted, numbers']);
    expect(story.certainty?.states).toEqual([]);
  });

  it('is told in the words of a translation, by position; a step without words has the translated takeaway', async () => {
    const translated = {
      'themes/energy.zh.md':
        '---\nanswer: 就是这样\nstory: [{}, {}, { say: 这里说 }]\ncertainty: { states: [{ text: 已知 }, { text: 未出 }] }\n---\n',
      'interviews/talk/030-quoted.zh.md': '---\ntakeaway: 引用\n---\n',
    };
    const story = await storyOf(written, translated, 'zh');
    expect(story.steps.map(({ headline, foreign }) => [headline, foreign])).toEqual([
      ['引用', null],
      ['这里说', null],
    ]);
    expect(story.answer).toBe('就是这样');
    expect(story.certainty?.states).toEqual([{ text: '已知', show: ['plain'] }]);
    expect(story.certainty?.open).toEqual([{ text: 'Who pays', show: [] }]);
  });

  it('of another length in a translation is a problem with its place', async () => {
    const { list } = await loadFiles(files(written, { 'themes/energy.zh.md': '---\nstory: [{ say: 一 }]\n---\n' }));
    expect(list.filter((line) => line.includes('mismatch'))).toEqual(['themes/energy.zh.md:2:1 translation-mismatch']);
  });
});

describe('without a story', () => {
  it('exchanges with a figure or a quote come before the others, in the order of the deck', async () => {
    expect(lines(await storyOf(''))).toEqual(['Plain: plain, nothing', 'Counted: counted, numbers', 'Quoted: quoted, quote']);
    const many = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`interviews/talk/1${index}0-more-${index}.md`, exchange(`More ${index}`, { more: number })]),
    );
    const story = await storyOf('', many);
    expect(story.steps).toHaveLength(7);
    expect(lines(story)[0]).toBe('Counted: counted, numbers');
  });

  it('the key exchanges are taken, if there are any', async () => {
    const key = { 'interviews/talk/010-plain.md': exchange('Plain', { more: 'key: true\n' }) };
    expect(lines(await storyOf('', key))).toEqual(['Plain: plain, nothing']);
  });
});
