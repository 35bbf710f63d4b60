/** Holds the planner's lines against the browser's: the same text, the theme's own fonts and sizes, line by line. lines-browser.long.ts has finer breaking. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordsIn } from '../../scripts/model/text/text-pieces.ts';
import { contentCases, geometry, type LineCase, linesOf, plain, tidy, wordCases, words } from './content-lines.ts';
import { openTypePage, type TypePage } from './type-page.ts';

const { text: styles, headline, glossary, quote } = geometry;

const hard = [
  'https://www.example.org/a/very/long/path/to/some-file-name.html?query=one&other=two#fragment-of-the-page and/or more',
  'input/output, client/server; 1/2, 24/7, km/h – 100 km/h, $5.99–$7.50, €1,000.00, 50%–60%, −3 °C, ±0.5, 10^21 FLOPs',
  'well-known state-of-the-art GPT-4, Claude-2, 2014–2017; an em—dash—without—spaces, an en – dash, ellipsis… and three... dots',
  '“Curly quotes,” she said, ‘and single ones’ — «guillemets» and "straight ones" and it’s the 1990s’ (really?) [sic] {x} <y>',
  '他说：“规模定律（Scaling Law）就是‘越大越好’。”——真的吗？！也许……不过《The Bitter Lesson》里不是这么写的，对吧？',
  '2023年7月25日，AI监管会议；增长100%，约3.5亿—10亿美元／年，温度37℃，第（1）至（3）条，A/B测试、GPT-4、5～10倍。',
  '特德·姜、艾萨克·阿西莫夫·布里；“引文”“引文”，《书》、《书》；（括号）（括号），！？；：一二三',
  'Dvořák, Gödel, naïve, Łódź, São Paulo, Ελληνικά λέξεις, русские слова через дефис-так, AT&T, R&D, C++, C#, e-mail@example.org',
  'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen and pneumonoultramicroscopicsilicovolcanoconiosis in a narrow column',
  'No\u00a0break\u00a0spaces, non\u2011breaking\u2011hyphens, zero\u200bwidth\u200bspaces; a → b, x × y ≥ z ≠ w, 5 × 10²¹',
];

/** Scripts that no embedded font has, or (kana) that theirs kerns everywhere: their width is the machine's or an estimate, which may be too wide only. */
const otherScripts = [
  '한국어 문장은 띄어쓰기로 나뉘지만 글자 사이에서도 줄을 바꿀 수 있습니다, 그렇지요?',
  'ひらがなとカタカナ、ー長音、「っ」小さい文字ょ、々繰り返し。コンピューターサイエンス、じゅうようなこと。',
  '表情 😀 与 👩‍👩‍👧 和 🇨🇳 夹在文字中间 👍🏽，再加几个字凑成两三行，看看会怎样',
];

const columns = (text: string): LineCase[] =>
  ['en', 'zh'].flatMap((lang) => [
    plain(text, lang, 'sans', styles.normal.size, 389),
    plain(text, lang, 'serif', quote.normal.size, quote.width),
    ...glossary.sizes.map(({ size }) => plain(text, lang, 'sans-bold', size, glossary.columnWidth)),
    plain(text, lang, 'serif-bold', headline.large.size, 611),
    plain(text, lang, 'mono', 20, 307),
    plain(text, lang, 'sans-italic', 20, 219),
  ]);

/** Words and marks of both scripts in any order. */
const mixed = fc
  .array(
    fc.constantFrom(
      ...'规模定律模型数据能力中文一二三'.split(''),
      ...['，', '。', '、', '：', '；', '！', '？', '“', '”', '‘', '’', '（', '）', '《', '》', '——', '……', '·', '％', '～'],
      ...['AI', 'Claude', 'GPT-4', 'scaling', 'loss', 'Te', 'AV', 'it’s', 'e.g.', 'and/or', 'well-known', 'https://a.org/b-c?d=e'],
      ...['2023', '3.5', '10–20', '50%', '$5', '-1', '(x)', '[y]', '"q"', '–', '—', '…', '...', '/', '&', '+', '='],
      ...Array<string>(24).fill(' '),
    ),
    { minLength: 15, maxLength: 60 },
  )
  .map((parts) => `a${parts.join('')}中`);

let page: TypePage;
let content: LineCase[];
beforeAll(async () => {
  content = await contentCases();
  page = await openTypePage();
});
afterAll(() => page.close());

/** What the browser sets otherwise than the planner, with both. */
async function differences(cases: readonly LineCase[]) {
  const seen = (await page.set(cases)).map(tidy);
  return cases.flatMap((each, index) => {
    const [browser, planner] = [seen[index] ?? [], linesOf(each)];
    return browser.join('\n') === planner.join('\n') ? [] : [{ lang: each.lang, size: each.size, column: each.column, browser, planner }];
  });
}

describe('the lines that the planner counts with are those of the browser', () => {
  it('for all content, in its languages, faces, sizes and columns', async () => {
    expect(content.length).toBeGreaterThan(1000);
    expect(await differences(content)).toEqual([]);
  });

  it('for addresses, numbers, dashes, quotes and hyphens', async () => {
    expect(await differences(hard.flatMap(columns))).toEqual([]);
  });

  it('for other scripts, or they are more', async () => {
    const different = await differences(otherScripts.flatMap(columns));
    expect(different.filter(({ browser, planner }) => planner.length < browser.length)).toEqual([]);
  });

  it('for words and marks of both scripts in any order, 99 in 100', async () => {
    const samples = fc.sample(mixed, { numRuns: 300, seed: 11 });
    const cases = samples.flatMap((text) => ['en', 'zh'].map((lang) => plain(text, lang, 'sans', 20, 251)));
    const different = await differences(cases);
    expect(different.length, JSON.stringify(different, null, 1)).toBeLessThanOrEqual(cases.length / 100);
  });
});

describe('Chinese words', () => {
  it('are kept whole where the planner keeps them: the lines are the same', async () => {
    const cases = await wordCases();
    expect(cases.filter(({ html }) => html.includes('class="word"')).length).toBeGreaterThan(200);
    expect(await differences(cases)).toEqual([]);
    // Nothing stands between the letters.
    const read = (await page.set(cases)).map((lines) => lines.join('').replace(/\s/g, ''));
    expect(read).toEqual(cases.map(({ runs }) => withoutSpaces(runs)));
  });

  it.each(['pretty', 'balance'])('are whole, and lines as many, where the browser moves the ends of lines (%s)', async (wrap) => {
    const cases = await wordCases();
    const set = await page.set(cases.map((each) => ({ ...each, css: `text-wrap: ${wrap}` })));
    const off = cases.flatMap((each, index) => {
      const lines = tidy(set[index] ?? []);
      const broken = brokenWords(each, lines);
      return broken.length === 0 && lines.length === linesOf(each).length ? [] : [{ lines, broken, planned: linesOf(each) }];
    });
    expect(off).toEqual([]);
  });
});

const withoutSpaces = (runs: LineCase['runs']) => runs.map(({ text }) => text.replace(/\s/g, '')).join('');

/** Returns the words inside which a line ends. A word ends with its run. */
function brokenWords({ runs }: LineCase, lines: readonly string[]): string[] {
  let start = 0;
  const stretches = runs.flatMap(({ text, padding }) => {
    const from = start;
    const bare = text.replace(/\s/g, '');
    start += bare.length;
    return padding === undefined ? wordsIn(bare, words).map(([a, b]) => [a + from, b + from] as const) : [];
  });
  const text = withoutSpaces(runs);
  let end = 0;
  return lines.flatMap((line) => {
    end += line.replace(/\s/g, '').length;
    return stretches.filter(([from, to]) => from < end && end < to).map(([from, to]) => text.slice(from, to));
  });
}

describe('Chinese marks', () => {
  it('have the square of an ideograph, also those that Latin text has too', async () => {
    const marks = [...'“”‘’—…，。、；：！？（）《》'];
    for (const face of ['sans', 'sans-bold', 'serif-bold']) {
      await page.set(
        ['zh', 'en'].flatMap((lang) => marks.map((mark) => ({ html: `<b>中${mark}中</b>`, lang, face, size: 100, column: 900 }))),
      );
      const widths = await page.page.evaluate(() =>
        [...document.querySelectorAll('.slidev-layout b')].map((each) => Math.round(each.getBoundingClientRect().width)),
      );
      expect(widths.slice(0, marks.length)).toEqual(marks.map(() => 300));
      // In English text the first six are the Latin font's.
      expect(widths.slice(marks.length, marks.length + 4).every((each) => each < 260)).toBe(true);
    }
  });
});
