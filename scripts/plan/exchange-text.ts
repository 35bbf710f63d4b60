/** The words of an exchange as its slides show them. */
import type { SlideLink } from '../model/deck.ts';
import { type Block, blocksToPlain, pickText } from '../model/text.ts';
import type { Measure } from './measure.ts';
import type { SelectedExchange } from './select.ts';
import { countWords, splitSentences } from './words.ts';

/** The headline of an exchange: its takeaway, or its question when nobody has written one yet. */
export function headlineOf({ exchange, interview }: SelectedExchange, lang: string): string {
  const { value } = pickText(exchange.text, lang, interview.lang);
  return value.takeaway ?? value.question;
}

/** A link to an exchange by its headline. */
export function linkTo(selected: SelectedExchange, slide: string, lang: string): SlideLink {
  const { lang: textLang } = pickText(selected.exchange.text, lang, selected.interview.lang);
  return { slide, text: headlineOf(selected, lang), foreign: textLang === lang ? null : textLang };
}

/** The terms line is one line: it names the terms that fit; the glossary has them all. */
export function termsThatFit(terms: readonly SlideLink[], { geometry, width }: Measure): SlideLink[] {
  const { size, termsWidth } = geometry.footer;
  let used = width('Terms: ', 'sans', size);
  return terms.filter(({ text }) => {
    used += width(`${text}, `, 'sans', size);
    return used <= termsWidth;
  });
}

/** The leading sentences of the answer, as points, until about a slide is full: what is shown before anybody has written points. */
export function draftPoints(transcript: readonly Block[], lang: string, measure: Measure): Block[] {
  const limit = measure.geometry.words.alone;
  const items: Block[][] = [];
  let words = 0;
  for (const block of transcript) {
    if (block.type !== 'paragraph') continue;
    for (const children of splitSentences(block.children, lang)) {
      words += countWords(blocksToPlain([{ type: 'paragraph', children }]));
      if (items.length > 0 && words > limit) return [{ type: 'list', ordered: false, start: 1, items }];
      items.push([{ type: 'paragraph', children }]);
    }
  }
  return items.length === 0 ? [] : [{ type: 'list', ordered: false, start: 1, items }];
}
