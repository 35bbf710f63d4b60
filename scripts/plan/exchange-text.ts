/** The words of an exchange on its slides. */
import type { SlideLink } from '../model/outputs/deck.ts';
import { type Block, blocksToPlain, countWords, type Inline, inlineToPlain, pickText } from '../model/text/text.ts';
import type { Measure } from './measure/measure.ts';
import { splitSentences } from './measure/split-words.ts';
import type { SelectedExchange } from './select.ts';

/** Returns the headline of an exchange: its takeaway, or its question when there is no takeaway yet. */
export function headlineOf({ exchange, interview }: SelectedExchange, lang: string): string {
  const { value } = pickText(exchange.text, lang, interview.lang);
  return value.takeaway ?? value.question;
}

/** Returns a link to an exchange, with its headline as text. */
export function linkTo(selected: SelectedExchange, slide: string, lang: string): SlideLink {
  const { lang: textLang } = pickText(selected.exchange.text, lang, selected.interview.lang);
  return { slide, text: headlineOf(selected, lang), foreign: textLang === lang ? null : textLang };
}

/** Returns the terms that fit into one line. The glossary has all of them. */
export function termsThatFit(terms: readonly SlideLink[], { geometry, width }: Measure): SlideLink[] {
  const { size, termsWidth } = geometry.footer;
  let used = width('Terms: ', 'sans', size);
  return terms.filter(({ text }) => {
    used += width(`${text}, `, 'sans', size);
    return used <= termsWidth;
  });
}

/**
 * Returns points for an exchange without written points: the first sentences of the answer, enough for about one slide. When several
 * people speak in the transcript, each after a bold `Name:`, only the words of the speaker are used.
 */
export function draftPoints(transcript: readonly Block[], voices: Voices, lang: string, measure: Measure): Block[] {
  const limit = measure.geometry.draft.words;
  const items: Block[][] = [];
  let words = 0;
  for (const paragraph of answerOf(transcript, voices)) {
    for (const children of splitSentences(paragraph, lang)) {
      words += countWords(blocksToPlain([{ type: 'paragraph', children }]));
      if (items.length > 0 && words > limit) return [{ type: 'list', ordered: false, start: 1, items }];
      items.push([{ type: 'paragraph', children }]);
    }
  }
  return items.length === 0 ? [] : [{ type: 'list', ordered: false, start: 1, items }];
}

/** The names of an interview's people, and of the speaker and question of an exchange. */
export interface Voices {
  names: readonly string[];
  speaker: string | null;
  question: string;
}

/** Returns the voices of an exchange in a language. */
export function voicesOf({ exchange, interview }: SelectedExchange, lang: string): Voices {
  const { people } = pickText(interview.text, lang, interview.lang).value;
  return {
    names: people.map(({ name }) => name),
    speaker: people.find(({ id }) => id === exchange.speaker)?.name ?? null,
    question: pickText(exchange.text, lang, interview.lang).value.question,
  };
}

/**
 * Returns the paragraphs of the speaker without the name, starting at the question if the transcript contains it. Returns all paragraphs
 * when the speaker's name does not occur.
 */
function answerOf(transcript: readonly Block[], { names, speaker, question }: Voices): Inline[][] {
  let name: string | null = null;
  const paragraphs = transcript.flatMap((block) => {
    if (block.type !== 'paragraph') return [];
    const [first, ...rest] = block.children;
    const label = first?.type === 'strong' ? (/^(.+?)\s*[:：]$/.exec(inlineToPlain([first]))?.[1] ?? '') : '';
    const isName = names.includes(label);
    if (isName) name = label;
    return [{ name, children: isName ? trimStart(rest) : block.children }];
  });
  const asked = paragraphs.findIndex(
    ({ name: who, children }) => who !== null && who !== speaker && inlineToPlain(children).includes(question),
  );
  const theirs = paragraphs.filter((paragraph, index) => index > asked && (paragraph.name === null || paragraph.name === speaker));
  return (theirs.length > 0 ? theirs : paragraphs).map(({ children }) => children).filter((children) => children.length > 0);
}

function trimStart([first, ...rest]: readonly Inline[]): Inline[] {
  if (first === undefined) return [];
  if (first.type !== 'text') return [first, ...rest];
  const value = first.value.trimStart();
  return value === '' ? rest : [{ type: 'text', value }, ...rest];
}
