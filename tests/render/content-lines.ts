/** The sentences of the content as slides set them, and the lines that the planner counts with. */
import path from 'node:path';
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { type Face, inLanguage } from '../../scripts/model/outputs/metrics.ts';
import { breakRuns, inlineRuns } from '../../scripts/model/text/lines.ts';
import type { Block, Inline } from '../../scripts/model/text/text.ts';
import type { TextRun } from '../../scripts/model/text/text-pieces.ts';
import { blocksToHtml, textToHtml } from '../../scripts/render/engine.ts';
import { loadMetrics } from '../../scripts/render/fonts/load-metrics.ts';
import { loadLocales } from '../../scripts/render/load-templates.ts';
import type { Setting } from './type-page.ts';

const root = path.resolve(import.meta.dirname, '../..');
export const { geometry, width } = await loadMetrics(path.join(root, 'templates/theme'));
const { frame, headline, question, text: styles, figure, glossary, quote, sources, related, cover, summary } = geometry;

export interface LineCase extends Setting {
  runs: TextRun[];
  tail: boolean;
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
export const linesOf = ({ runs, lang, ...column }: LineCase) => tidy(breakRuns(runs, column, inLanguage(width, lang)));
