/** Measures text as the browser sets it: every word is shaped by its font, with kerning and ligatures. */
import type { Face, TextWidth } from '../../model/outputs/metrics.ts';
import type { Shaper, ShaperOf } from './load-font-stack.ts';

type Widths = (text: string, lang: string | undefined) => number;

/** Widths of words stored elsewhere, as shares of the font size, by face, language and word. */
export interface KnownWidths {
  get(key: string): number | undefined;
  set(key: string, width: number): void;
}

/** Returns a function that measures text in any face, in CSS pixels. Widths of words are remembered, so only new words cost time. */
export function textWidths(fonts: ReadonlyMap<Face, ShaperOf>, known: KnownWidths): TextWidth {
  const faces = new Map(
    [...fonts].map(([face, shaperOf]) => {
      const measure = withNarrowSpace(shapedWidth(shaperOf));
      return [face, rememberWords((word, lang) => recall(known, `${face} ${lang ?? ''} ${word}`, () => measure(word, lang)))];
    }),
  );
  return (text, face, size, lang) => {
    const widths = faces.get(face);
    if (widths === undefined) throw new TypeError('a face without widths');
    return widths(text, lang) * size;
  };
}

function recall(known: KnownWidths, key: string, measure: () => number): number {
  const earlier = known.get(key);
  if (earlier !== undefined) return earlier;
  const width = measure();
  known.set(key, width);
  return width;
}

/** The number of word widths kept for a face and a language. All are dropped when there are more. */
const MOST_WORDS = 200_000;

function rememberWords(measure: Widths): Widths {
  const languages = new Map<string | undefined, Map<string, number>>();
  return (text, lang) => {
    let known = languages.get(lang);
    if (known === undefined || known.size > MOST_WORDS) {
      known = new Map();
      languages.set(lang, known);
    }
    const words = known;
    const widthOf = (part: string): number => {
      let width = words.get(part);
      if (width === undefined) {
        width = measure(part, lang);
        words.set(part, width);
      }
      return width;
    };
    const whole = words.get(text);
    if (whole !== undefined) return whole;
    let sum = 0;
    let before = '';
    for (const [part] of text.matchAll(PARTS)) {
      sum += widthOf(part);
      // Some Latin fonts also kern a letter with the space next to it.
      if (before !== '' && (before === ' ' || part === ' ')) {
        const [last, first] = [before.slice(-1), part.slice(0, 1)];
        sum += isKerned(last) && isKerned(first) ? widthOf(last + first) - widthOf(last) - widthOf(first) : 0;
      }
      before = /\p{Script=Han}/u.test(part) ? '' : part;
    }
    if (text.length <= LONGEST_REMEMBERED) words.set(text, sum);
    return sum;
  };
}

/** Longer texts are not remembered; the planner mostly measures words. */
const LONGEST_REMEMBERED = 24;

/** A single ideograph, a run of other characters without a space, or a space. */
const PARTS = /\p{Script=Han}|[^\s\p{Script=Han}]+|\s/gu;

/** Up to the end of the Cyrillic letters, which the Latin fonts include. */
const isKerned = (letter: string) => letter <= '\u052f';

/** Returns widths as shares of the font size. Neighbouring characters from the same font file are shaped together. */
function shapedWidth(shaperOf: ShaperOf): Widths {
  return (text, lang) => {
    let sum = 0;
    let shaper: Shaper | null = null;
    let run = '';
    const close = () => {
      if (shaper !== null) sum += shaper(run);
      run = '';
    };
    const add = (cluster: string, own: Shaper | null) => {
      if (own === null) sum += NOWHERE;
      if (own !== shaper) close();
      shaper = own;
      run += cluster;
    };
    for (const cluster of clustersIn(text)) {
      if (SQUARE.test(cluster)) sum += 1;
      else if (JOINERS.test(cluster)) run += cluster;
      else if (!INVISIBLE.test(cluster)) {
        const own = shaperOf(/\s/.test(cluster) ? ' ' : cluster, lang);
        add(cluster, own);
      }
    }
    close();
    return sum;
  };
}

/** Between the digits of a French number. The Latin fonts lack it, and HarfBuzz uses half a space instead. */
const NARROW_SPACE = '\u202f';

const withNarrowSpace =
  (measure: Widths): Widths =>
  (text, lang) =>
    text === NARROW_SPACE ? measure(' ', lang) / 2 : measure(text, lang);

/** Splits text into units that one font must show together, with letters composed as browsers do. */
function clustersIn(text: string): string[] {
  if (!JOINED.test(text)) return [...text];
  return [...graphemes.segment(text.normalize().replaceAll('\ufe0f', ''))].map(({ segment }) => segment);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const JOINED = /[\p{M}\p{Emoji_Modifier}\p{Regional_Indicator}\u200c\u200d]/u;
const JOINERS = /^[\u200c\u200d]+$/;

/** Ideographs and full-width forms are one em wide in the Chinese fonts, so none of their hundred files has to be opened for them. */
const SQUARE = /^[\p{Unified_Ideograph}\u3000-\u3003\u3005-\u3011\u3014-\u301b\uff01-\uff5e]$/u;
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Cc}]+$/u;

/** Width of a character that no font of the theme has. The machine may have a font for it, or none. */
const NOWHERE = 1;
