/** Rich text after parsing: the only shape in which content text travels. Anything not in these unions was turned into visible text. */

export type Inline =
  | { type: 'text'; value: string }
  | { type: 'strong'; children: Inline[] }
  | { type: 'emphasis'; children: Inline[] }
  | { type: 'code'; value: string }
  | { type: 'link'; href: string; children: Inline[] }
  | { type: 'break' };

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  /** `resumes`: the first item goes on from the slide before, so it has no mark of its own. */
  | { type: 'list'; ordered: boolean; start: number; items: Block[][]; resumes?: true }
  | { type: 'quote'; children: Block[] }
  /**
   * `shares`: widths of the columns in per cent, once they are planned; `scale`: of the type, where it is set smaller to have room;
   * `excess`: by how many CSS pixels it is wider than its column even so, for no word in it is broken.
   */
  | { type: 'table'; align: Alignment[]; head: Inline[][]; rows: Inline[][][]; shares?: number[]; scale?: number; excess?: number }
  | { type: 'code'; value: string }
  | { type: 'image'; src: string; alt: string };

/** How many digits the longest number of a list has, for which it needs room; 1 where it has dashes. */
export function listDigits({ ordered, start, items }: Extract<Block, { type: 'list' }>): number {
  return ordered ? String(start + items.length - 1).length : 1;
}

export type Alignment = 'left' | 'right' | 'center' | null;

/** A text in several languages; the base language is always present. */
export type Localized<T> = Readonly<Record<string, T>>;

/** The text for `lang`, or the base text when there is no translation, with the language it is really in. */
export function pickText<T>(text: Localized<T>, lang: string, base: string): { value: T; lang: string } {
  const translated = Object.hasOwn(text, lang) ? text[lang] : undefined;
  if (translated !== undefined) return { value: translated, lang };
  const value = text[base];
  if (value === undefined) throw new TypeError(`A localized text lacks its base language "${base}"`);
  return { value, lang: base };
}

/** The words of inline text, without its marks. */
export function inlineToPlain(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      switch (node.type) {
        case 'text':
        case 'code':
          return node.value;
        case 'break':
          return '\n';
        default:
          return inlineToPlain(node.children);
      }
    })
    .join('');
}

/** The words of blocks, one line per paragraph, list item or table row. */
export function blocksToPlain(blocks: readonly Block[]): string {
  return blocks.map(blockToPlain).join('\n');
}

function blockToPlain(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return inlineToPlain(block.children);
    case 'list':
      return block.items.map(blocksToPlain).join('\n');
    case 'quote':
      return blocksToPlain(block.children);
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(inlineToPlain).join('\t')).join('\n');
    case 'code':
      return block.value;
    case 'image':
      return block.alt;
  }
}

/** Where the links of blocks lead and where their images lie. */
export function addressesIn(blocks: readonly Block[]): string[] {
  return blocks.flatMap(addressesInBlock);
}

function addressesInBlock(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
      return linksIn(block.children);
    case 'list':
      return block.items.flatMap(addressesIn);
    case 'quote':
      return addressesIn(block.children);
    case 'table':
      return [block.head, ...block.rows].flatMap((row) => row.flatMap(linksIn));
    case 'image':
      return [block.src];
    case 'code':
      return [];
  }
}

function linksIn(nodes: readonly Inline[]): string[] {
  return nodes.flatMap((node) => ('children' in node ? [...(node.type === 'link' ? [node.href] : []), ...linksIn(node.children)] : []));
}

/** The nodes between two offsets of the plain text. */
export function sliceInline(children: readonly Inline[], from: number, to: number): Inline[] {
  let offset = 0;
  return children.flatMap((node): Inline[] => {
    const start = offset;
    const length = inlineToPlain([node]).length;
    offset += length;
    if (offset <= from || start >= to) return [];
    if (from <= start && offset <= to) return [node];
    if (node.type === 'text' || node.type === 'code') return [{ ...node, value: node.value.slice(Math.max(0, from - start), to - start) }];
    if (node.type === 'break') return [node];
    return [{ ...node, children: sliceInline(node.children, from - start, to - start) }];
  });
}

// Texts cut to a width, with an ellipsis: for footers, which only say where one is. What stands in the body of a slide is never cut.

/** Width of a text in CSS pixels. */
type WidthOf = (text: string) => number;

/** Returns the text, or as much of its beginning as fits with an ellipsis behind it. `room` in CSS pixels. */
export function shorten(text: string, room: number, widthOf: WidthOf): string {
  if (widthOf(text) <= room) return text;
  const ends = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ index, segment }) => index + segment.length);
  const cut = (count: number) => `${text.slice(0, ends[count - 1] ?? 0).replace(/[\s\p{P}]+$/u, '')}…`;
  let [fits, tooMany] = [0, ends.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (widthOf(cut(middle)) <= room) fits = middle;
    else tooMany = middle;
  }
  return cut(fits);
}

/** Returns texts that take no more than `room` CSS pixels together: the longest are shortened, to the same width, and short ones stay whole. */
export function shortenAll(texts: readonly string[], room: number, widthOf: WidthOf): string[] {
  const widths = texts.map(widthOf);
  const taken = (level: number) => widths.reduce((sum, width) => sum + Math.min(width, level), 0);
  let level = Math.max(0, ...widths);
  if (taken(level) <= room) return [...texts];
  for (let step = level / 2; step > 0.5; step /= 2) level += taken(level) > room ? -step : step;
  while (level > 0 && taken(level) > room) level -= 1;
  return texts.map((text) => shorten(text, level, widthOf));
}

/**
 * Words as a reader counts them. Two ideographs count as one word: a rule that needs no dictionary, so that every version of ICU gives the same slides.
 */
export function countWords(text: string): number {
  const ideographs = text.match(IDEOGRAPH)?.length ?? 0;
  return (text.replace(IDEOGRAPH, ' ').match(WORD)?.length ?? 0) + ideographs / 2;
}

const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,\-–]*/gu;

// What a presenter says, as plain text: each item, row and broken line stands on a line of its own, as its author has set it.

/** A text for each block, with line feeds between its lines. Items have their number or a dash, what stands in them is indented by no-break spaces. */
export function noteParagraphs(blocks: readonly Block[]): string[] {
  return blocks.map((block) => linesOf(block).join('\n'));
}

const INDENT = '\u00a0\u00a0\u00a0';

function linesOf(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
      return inlineLines(block.children);
    case 'list':
      return block.items.flatMap((item, index) => {
        const number = block.resumes === true && index === 0 ? '' : block.ordered ? `${block.start + index}. ` : '– ';
        const [first = '', ...rest] = item.flatMap(linesOf);
        return [`${number}${first}`, ...rest.map((line) => `${INDENT}${line}`)];
      });
    case 'quote':
      return block.children.flatMap(linesOf);
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map((cell) => cellText(inlineLines(cell).join(' '))).join(' | '));
    case 'code':
      return block.value
        .split(/\r\n?|\n/)
        .map((line) => line.replace(/^[ \t]+/, (space) => space.replaceAll('\t', '    ').replaceAll(' ', '\u00a0')));
    case 'image':
      return [block.alt];
  }
}

/** A cell whose marks of direction end with it. One without any is left alone: a row of Hebrew cells is read from right to left. */
function cellText(text: string): string {
  return MARKS.test(text) ? isolate(text) : text;
}

const MARKS = /[\u202a-\u202e\u2066-\u2069]/;

/** A line feed in a text is a space; only a break begins a line. */
function inlineLines(nodes: readonly Inline[]): string[] {
  return textOf(nodes).split(BREAK);
}

/** Stands in no text: content drops control characters (escape.ts). */
const BREAK = '\u0000';

function textOf(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      switch (node.type) {
        case 'text':
        case 'code':
          return node.value.replace(/[ \t]*\n[ \t\n]*/g, ' ').replaceAll(BREAK, '');
        case 'break':
          return BREAK;
        default:
          return textOf(node.children);
      }
    })
    .join('');
}

// The quotes (`>`) in rich text.

export type Quote = Extract<Block, { type: 'quote' }>;

/** The quotes among blocks, however deep in lists; a quote inside a quote is part of it. */
export function quotesIn(blocks: readonly Block[]): Quote[] {
  return blocks.flatMap((block) => {
    if (block.type === 'quote') return [block];
    return block.type === 'list' ? block.items.flatMap(quotesIn) : [];
  });
}

/** The texts of blocks, each of which is set in one piece: paragraphs, cells of tables, code. What an image says instead of itself is none. */
export function textsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap(textsIn);
}

function textsIn(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
      return [inlineToPlain(block.children)];
    case 'list':
      return block.items.flatMap(textsOf);
    case 'quote':
      return textsOf(block.children);
    case 'table':
      return [block.head, ...block.rows].flat().map(inlineToPlain);
    case 'code':
      return [block.value];
    case 'image':
      return [];
  }
}

// Marks that turn the direction of text, kept from turning anything but the text they stand in (Unicode Standard Annex 9).

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const OPENING = /[\u2066-\u2068]/;

/** Marks of direction, and letters of scripts that are written from right to left. */
const TURNING = /[\u061c\u200f\u202a-\u202e\u2066-\u2069\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A text to be joined with others on one line, so that its direction ends with it. Text without anything that turns directions comes back as it is; a
 * closing mark that closes nothing would end the isolation, and is left out.
 */
export function isolate(text: string): string {
  if (!TURNING.test(text)) return text;
  let open = 0;
  let balanced = '';
  for (const character of text) {
    if (character === POP_ISOLATE && open === 0) continue;
    if (OPENING.test(character)) open += 1;
    else if (character === POP_ISOLATE) open -= 1;
    balanced += character;
  }
  return `${FIRST_STRONG_ISOLATE}${balanced}${POP_ISOLATE.repeat(open + 1)}`;
}

const STRONG = /\p{L}/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The direction of a paragraph: that of its first letter (UAX 9, P2 and P3); null for text without letters. */
export function directionOf(text: string): 'ltr' | 'rtl' | null {
  const letter = STRONG.exec(text)?.[0];
  if (letter === undefined) return null;
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}
