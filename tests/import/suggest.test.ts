/** Tags by keywords: which words count, in which language, and what is shown for them. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { BASE, type KnownTheme } from '../../scripts/import/merge/known.ts';
import { readThemes } from '../../scripts/import/tags/read-themes.ts';
import { tagSuggester } from '../../scripts/import/tags/suggest-tags.ts';
import { blocksToPlain } from '../../scripts/model/text/text.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';

const theme = (keywords: KnownTheme['keywords'], id = 'water', tag: string | null = id): KnownTheme => ({ id, titles: [], tag, keywords });
const tagsOf = (keywords: string[], answer: string, lang = 'en', question = '') =>
  tagSuggester([theme({ [BASE]: keywords })], lang)({ question, answer: [answer] }).map(({ tag }) => tag);

describe('a tag is suggested', () => {
  it.each([
    ['for a word said three times', ['river'], 'The river is low. A river like this one needs rain. So do all rivers.', ['water']],
    ['not for a word in passing', ['river'], 'The river is low.', []],
    [
      'for three words of which each is said once',
      ['river', 'fish', 'rain'],
      'The river is low, fish die, and there is no rain.',
      ['water'],
    ],
    ['by its stem', ['scaling', 'flooding'], 'It scales. It scaled. It flooded.', ['water']],
    [
      'for words in a row, not for each of them',
      ['flood wall'],
      'A flood came. The wall fell. A wall of flood. Another flood, another wall.',
      [],
    ],
    ['whatever stands between them', ['flood wall'], 'The flood-wall, two flood walls, and that flood wall.', ['water']],
    ['not for a part of a word', ['rain'], 'Train, brain and drain; trains, brains and drains.', []],
    ['whatever the case and the width of letters', ['GPU'], 'gpu, GPU and ＧＰＵ.', ['water']],
  ])('%s', (_, keywords, answer, tags) => {
    expect(tagsOf(keywords, answer)).toEqual(tags);
  });

  it('a question weighs twice', () => {
    expect(tagsOf(['river', 'fish'], 'A fish.', 'en', 'What of the river?')).toEqual(['water']);
    expect(tagsOf(['river', 'fish'], 'A fish. What of the river?')).toEqual([]);
  });

  it('not for a few words in a long speech', () => {
    const speech = 'People came and went, and nobody knew what they had been told to do about it. '.repeat(40);
    expect(tagsOf(['river', 'fish', 'rain'], `River, fish, rain. ${speech}`)).toEqual([]);
  });
});

describe('Chinese', () => {
  it('words are whole words: "数据" is in "大量数据", not in "变数据说"', () => {
    expect(tagsOf(['数据', '模型'], '大量数据训练模型。数据越多，模型越好。', 'zh')).toEqual(['water']);
    expect(tagsOf(['研究'], '研究生院里的研究生说，研究生很忙。', 'zh')).toEqual([]);
    expect(tagsOf(['研究'], '他研究河流，研究鱼，也研究雨。', 'zh')).toEqual(['water']);
  });

  it('words in Latin letters count in it too', () => {
    expect(tagsOf(['scaling law'], '人们说 Scaling Law 有效，scaling laws 是经验，Scaling law 不会停。', 'zh')).toEqual(['water']);
  });

  it("each language has its own keywords, the theme's own serve the others", () => {
    const suggest = (lang: string) =>
      tagSuggester(
        [theme({ [BASE]: ['river'], zh: ['河流'] })],
        lang,
      )({ question: 'river river', answer: ['河流。河流。河流。'] }).map(({ because }) => because.map(({ keyword }) => keyword));
    expect(suggest('zh')).toEqual([['河流']]);
    expect(suggest('en')).toEqual([['river']]);
    expect(suggest('ja')).toEqual([['river']]);
  });
});

it('the tag is that which the query of the theme asks for; a theme that asks for several at once suggests none', () => {
  const text = { question: 'river river', answer: ['river'] };
  const suggested = tagSuggester([theme({ [BASE]: ['river'] }, 'money', 'price'), theme({ [BASE]: ['river'] }, 'both', null)], 'en')(text);
  expect(suggested).toEqual([{ tag: 'price', theme: 'money', because: [{ keyword: 'river', times: 3, sentence: 'river river' }] }]);
});

it.each(['en', 'zh'])(
  'the keywords that ship, in %s: most of what they suggest is so, and most of what is so is suggested',
  async (lang) => {
    const content = path.join(projectRoot, 'content');
    const { corpus } = await loadCorpus(content, { locales: ['en', 'zh'] });
    const themes = await readThemes(content);
    const suggest = tagSuggester(themes, lang);
    let [right, suggested, real] = [0, 0, 0];
    for (const { text, tags } of corpus.exchanges) {
      const { question, takeaway, body, notes } = text[lang] ?? { question: '', takeaway: null, body: [], notes: [] };
      const found = suggest({ question, answer: [takeaway ?? '', ...[...body, ...notes].map((block) => blocksToPlain([block]))] }).map(
        ({ tag }) => tag,
      );
      suggested += found.length;
      right += found.filter((tag) => tags.includes(tag)).length;
      real += tags.filter((tag) => themes.some(({ id }) => id === tag)).length;
    }
    expect(right / suggested).toBeGreaterThan(0.75);
    expect(right / real).toBeGreaterThan(0.7);
  },
);
