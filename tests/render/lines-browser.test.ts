/** Holds the planner's lines against the browser's: the same text, the theme's own fonts and sizes, line by line. */
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { type Face, inLanguage } from '../../scripts/model/outputs/metrics.ts';
import { breakRuns, inlineRuns } from '../../scripts/model/text/lines.ts';
import type { Block, Inline } from '../../scripts/model/text/text.ts';
import type { TextRun } from '../../scripts/model/text/text-pieces.ts';
import { tailStart } from '../../scripts/model/text/text-pieces.ts';
import { blocksToHtml, textToHtml } from '../../scripts/render/engine.ts';
import { loadMetrics } from '../../scripts/render/fonts/load-metrics.ts';
import { loadLocales } from '../../scripts/render/load-templates.ts';
import { openTypePage, type Setting, type TypePage } from './type-page.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { geometry, width } = await loadMetrics(path.join(root, 'templates/theme'));
const { frame, headline, question, text: styles, figure, glossary, quote, sources, related, cover } = geometry;

interface Case extends Setting {
  runs: TextRun[];
  tail: boolean;
}

/** Greedy lines: `pretty` and `balance` move words between lines, which would hide what is compared here. */
const greedy = 'text-wrap: wrap';

const plain = (text: string, lang: string, face: Face, size: number, column: number): Case => {
  return { html: textToHtml(text), lang, face, size, column, css: greedy, runs: [{ text, face }], tail: false };
};
const rich = (children: Inline[], lang: string, size: number, column: number): Case => {
  const html = blocksToHtml([{ type: 'paragraph', children }], () => '').replace(/^<p[^>]*>|<\/p>$/g, '');
  return { html, lang, face: 'sans', size, column, css: greedy, runs: inlineRuns(children), tail: true };
};

function paragraphs(blocks: readonly Block[]): Inline[][] {
  return blocks.flatMap((block) => {
    if (block.type === 'paragraph') return [block.children];
    if (block.type === 'list') return block.items.flatMap(paragraphs);
    return block.type === 'quote' ? paragraphs(block.children) : [];
  });
}

async function contentCases(): Promise<Case[]> {
  const locales = [...(await loadLocales(path.join(root, 'templates'))).keys()];
  const { corpus } = await loadCorpus(path.join(root, 'content'), { locales });
  return corpus.languages.flatMap((lang) => [
    ...corpus.exchanges.flatMap(({ text }) => {
      const own = text[lang];
      if (own === undefined) return [];
      const title = own.takeaway ?? own.question;
      return [
        plain(title, lang, 'serif-bold', headline.large.size, frame.width),
        plain(own.question, lang, 'sans', question.size, frame.width),
        plain(title, lang, 'sans', sources.size, sources.textWidth),
        plain(title, lang, 'sans', related.size, related.columnWidth),
        ...paragraphs(own.body).flatMap((inline) => [
          rich(inline, lang, styles.normal.size, frame.width - styles.normal.indent),
          rich(inline, lang, styles.beside.size, figure.textWidth - styles.beside.indent),
        ]),
        ...paragraphs([...own.notes, ...own.transcript]).map((inline) => rich(inline, lang, styles.compact.size, quote.width)),
      ];
    }),
    ...corpus.terms.flatMap(({ text }) => [
      plain(text[lang]?.term ?? '', lang, 'sans-bold', glossary.term, glossary.columnWidth),
      ...paragraphs(text[lang]?.definition ?? []).map((inline) => rich(inline, lang, glossary.size, glossary.columnWidth)),
    ]),
    ...corpus.themes.flatMap(({ text }) =>
      paragraphs(text[lang]?.summary ?? []).map((inline) => rich(inline, lang, cover.size, cover.width)),
    ),
  ]);
}

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

const columns = (text: string): Case[] =>
  ['en', 'zh'].flatMap((lang) => [
    plain(text, lang, 'sans', styles.normal.size, 403),
    plain(text, lang, 'serif', quote.normal.size, quote.width),
    plain(text, lang, 'sans-bold', glossary.size, glossary.columnWidth),
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

const tidy = (lines: readonly string[]) => lines.map((line) => line.replace(/[\s\u200b]+/g, ' ').trim());
const linesOf = ({ runs, lang, ...column }: Case) => tidy(breakRuns(runs, column, inLanguage(width, lang)));

let page: TypePage;
let content: Case[];
beforeAll(async () => {
  content = await contentCases();
  page = await openTypePage();
});
afterAll(() => page.close());

/** What the browser sets otherwise than the planner, with both. */
async function differences(cases: readonly Case[]) {
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

describe('finer line breaking', () => {
  it('never changes the number of lines', async () => {
    for (const css of ['text-wrap: pretty', 'text-wrap: balance']) {
      const set = await page.set(content.map((each) => ({ ...each, css })));
      expect(content.filter((each, index) => set[index]?.length !== linesOf(each).length).map(({ html }) => html)).toEqual([]);
    }
  });

  it('leaves no Chinese character alone on a last line', async () => {
    const cases = content.filter(({ lang }) => lang === 'zh');
    const set = await page.set(cases.map((each) => ({ ...each, css: each.tail ? '' : 'text-wrap: balance' })));
    const lonely = set.map(tidy).filter((lines) => {
      const last = lines.at(-1) ?? '';
      // What ends with a Latin word that is too long for a tail has that word on its last line.
      return lines.length > 1 && (last.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < 4 && tailStart(lines.join('')) !== null;
    });
    expect(lonely).toEqual([]);
  });
});

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
