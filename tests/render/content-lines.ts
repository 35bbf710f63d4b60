/** The sentences of the content as slides set them, and the lines that the planner counts with. */
import path from 'node:path';
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { type Face, inLanguage } from '../../scripts/model/outputs/metrics.ts';
import { breakRuns, inlineRuns } from '../../scripts/model/text/lines.ts';
import type { Block, Inline } from '../../scripts/model/text/text.ts';
import type { TextRun } from '../../scripts/model/text/text-pieces.ts';
import { paragraphWords, titleWords } from '../../scripts/plan/measure/measure.ts';
import { blocksToHtml, textToHtml } from '../../scripts/render/engine.ts';
import { loadMetrics } from '../../scripts/render/fonts/load-metrics.ts';
import { loadLocales } from '../../scripts/render/load-templates.ts';
import type { Setting } from './type-page.ts';

const root = path.resolve(import.meta.dirname, '../..');
export const { geometry, width, words } = await loadMetrics(path.join(root, 'templates/theme'));
const inChinese = { geometry, width: inLanguage(width, 'zh'), words, figureSize: () => ({ width: 0, height: 0, scale: 1 }), lang: 'zh' };
const { frame, headline, question, text: styles, figure, glossary, quote, sources, related, cover, summary } = geometry;

export interface LineCase extends Setting {
  runs: TextRun[];
  tail: boolean;
  /** Whether Chinese words are kept whole. */
  words?: 'kept';
}

/** Greedy lines: `pretty` and `balance` move words between lines, which would hide what is compared here. */
const greedy = 'text-wrap: wrap';

export const plain = (text: string, lang: string, face: Face, size: number, column: number): LineCase => {
  return { html: textToHtml(text), lang, face, size, column, css: greedy, runs: [{ text, face }], tail: false };
};
const rich = (children: Inline[], lang: string, size: number, column: number): LineCase => {
  const html = blocksToHtml([{ type: 'paragraph', children }], () => '').replace(/^<p[^>]*>|<\/p>$/g, '');
  return { html, lang, face: 'sans', size, column, css: greedy, runs: inlineRuns(children), tail: true };
};

/** Chinese text with the words that the planner keeps whole, and no others. */
const keptTitle = (text: string, face: Face, size: number, column: number): LineCase => {
  const html = textToHtml(text, titleWords(text, face, size, column, '', inChinese));
  return { ...plain(text, 'zh', face, size, column), html, words: 'kept' };
};
const keptParagraph = (children: Inline[], size: number, column: number): LineCase => {
  const kept = paragraphWords(children, { size }, column, inChinese);
  const html = blocksToHtml([{ type: 'paragraph', children, kept }], () => '').replace(/^<p[^>]*>|<\/p>$/g, '');
  return { ...rich(children, 'zh', size, column), html, words: 'kept' };
};

/** The Chinese titles and points of the content, in narrow and wide columns, with their words kept whole. */
export async function wordCases(): Promise<LineCase[]> {
  const { corpus } = await loadCorpus(path.join(root, 'content'), { locales: ['en', 'zh'] });
  return corpus.exchanges.flatMap(({ text: { zh } }) => {
    if (zh === undefined) return [];
    const title = zh.takeaway ?? zh.question;
    return [
      keptTitle(title, 'serif-bold', headline.large.size, frame.width),
      keptTitle(title, 'serif-bold', cover.claims[0] ?? 0, cover.claimWidth),
      keptTitle(title, 'sans', related.size, related.columnWidth),
      keptTitle(title, 'sans', 20, 171),
      ...paragraphs(zh.body).flatMap((inline) => [
        keptParagraph(inline, styles.normal.size, frame.width - styles.normal.indent),
        keptParagraph(inline, styles.beside.size, frame.width - figure.gap - (figure.widths[0] ?? 0) - styles.beside.indent),
        keptParagraph(inline, styles.compact.size, 203),
      ]),
    ];
  });
}

function paragraphs(blocks: readonly Block[]): Inline[][] {
  return blocks.flatMap((block) => {
    if (block.type === 'paragraph') return [block.children];
    if (block.type === 'list') return block.items.flatMap(paragraphs);
    return block.type === 'quote' ? paragraphs(block.children) : [];
  });
}

/** All sentences of the content, where and as slides have them. */
export async function contentCases(): Promise<LineCase[]> {
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
        ...sources.sizes.map(({ size }) => plain(title, lang, 'sans', size, sources.textWidth)),
        plain(title, lang, 'sans', related.size, related.columnWidth),
        ...paragraphs(own.body).flatMap((inline) => [
          rich(inline, lang, styles.normal.size, frame.width - styles.normal.indent),
          rich(inline, lang, styles.beside.size, frame.width - figure.gap - (figure.widths[0] ?? 0) - styles.beside.indent),
        ]),
        ...paragraphs([...own.notes, ...own.transcript]).map((inline) => rich(inline, lang, styles.compact.size, quote.width)),
      ];
    }),
    ...corpus.terms.flatMap(({ text }) => [
      ...glossary.sizes.flatMap(({ term, size }) => [
        plain(text[lang]?.term ?? '', lang, 'sans-bold', term, glossary.columnWidth),
        ...paragraphs(text[lang]?.definition ?? []).map((inline) => rich(inline, lang, size, glossary.columnWidth)),
      ]),
    ]),
    ...corpus.themes.flatMap(({ text }) => {
      const own = text[lang];
      if (own === undefined) return [];
      return [
        ...cover.claims.map((size) => plain(own.answer ?? own.title, lang, 'serif-bold', size, cover.claimWidth)),
        ...own.story.flatMap(({ say }) => (say === undefined ? [] : [plain(say, lang, 'sans-bold', summary.large.size, summary.width)])),
      ];
    }),
  ]);
}

export const tidy = (lines: readonly string[]) => lines.map((line) => line.replace(/[\s\u200b]+/g, ' ').trim());
/** The lines that the planner counts with. */
export const linesOf = ({ runs, lang, words: kept, ...column }: LineCase) =>
  tidy(breakRuns(runs, { ...column, words: kept === 'kept' ? words : null }, inLanguage(width, lang)));
