/** Widths of text as the browser sets it: every word shaped by its font, with kerning and ligatures. */
import type { Face, TextWidth } from '../../model/outputs/metrics.ts';
import type { Shaper, ShaperOf } from './load-font-stack.ts';

type Widths = (text: string, lang: string | undefined) => number;

/** Widths of words that somebody else remembers, as shares of the font size, by face, language and word. */
export interface KnownWidths {
  get(key: string): number | undefined;
  set(key: string, width: number): void;
}

/** The width of text in any of the faces, in CSS pixels. Words are remembered, so a text costs what is new in it. */
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

/** Widths of words repeat; so many are kept for a face and a language before all are forgotten. */
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
      // Some Latin fonts also kern letters with the space beside them.
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

/** The planner asks for words, most of the time. */
const LONGEST_REMEMBERED = 24;

/** A single ideograph, or a stretch of other characters without a space, or a space. */
const PARTS = /\p{Script=Han}|[^\s\p{Script=Han}]+|\s/gu;

/** Up to the end of the Cyrillic letters, which the Latin fonts have too. */
const isKerned = (letter: string) => letter <= '\u052f';

/** As a share of the font size. Neighbours from the same font file are shaped together. */
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

/** Between the digits of a French number. The Latin fonts lack it: HarfBuzz sets half a space in its place. */
const NARROW_SPACE = '\u202f';

const withNarrowSpace =
  (measure: Widths): Widths =>
  (text, lang) =>
    text === NARROW_SPACE ? measure(' ', lang) / 2 : measure(text, lang);

/** What one font shows together, letters in the form that browsers show: composed. */
function clustersIn(text: string): string[] {
  if (!JOINED.test(text)) return [...text];
  return [...graphemes.segment(text.normalize().replaceAll('\ufe0f', ''))].map(({ segment }) => segment);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const JOINED = /[\p{M}\p{Emoji_Modifier}\p{Regional_Indicator}\u200c\u200d]/u;
const JOINERS = /^[\u200c\u200d]+$/;

/** In the Chinese fonts ideographs and full-width forms are one em wide: none of their hundred files has to be opened for them. */
const SQUARE = /^[\p{Unified_Ideograph}\u3000-\u3003\u3005-\u3011\u3014-\u301b\uff01-\uff5e]$/u;
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Cc}]+$/u;

/** Of a theme without a font for all characters: a font of the machine's has it, or none. */
const NOWHERE = 1;
