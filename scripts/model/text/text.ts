/** Rich text after parsing, the only form of content text from here on. Everything else in the Markdown has become visible text. */

export type Inline =
  | { type: 'text'; value: string }
  | { type: 'strong'; children: Inline[] }
  | { type: 'emphasis'; children: Inline[] }
  | { type: 'code'; value: string }
  | { type: 'link'; href: string; children: Inline[] }
  | { type: 'break' };

/** A range of a text, in UTF-16 units. */
export type Stretch = readonly [from: number, to: number];

export type Block =
  /** `kept`: stretches of its plain text that stay on one line, once planned. None crosses the border of a node. */
  | { type: 'paragraph'; children: Inline[]; kept?: Stretch[] }
  /** `resumes`: the first item continues one of the previous slide, so it has no bullet or number. */
  | { type: 'list'; ordered: boolean; start: number; items: Block[][]; resumes?: true }
  | { type: 'quote'; children: Block[] }
  /**
   * `shares`: column widths in per cent, once planned. `scale`: of the font size, when the table is set smaller to fit. `excess`: by how
   * many CSS pixels it is still too wide, because words in it are not broken.
   */
  | { type: 'table'; align: Alignment[]; head: Inline[][]; rows: Inline[][][]; shares?: number[]; scale?: number; excess?: number }
  | { type: 'code'; value: string }
  | { type: 'image'; src: string; alt: string };

/** Returns the number of digits of a list's longest number, which takes room; 1 for a list with dashes. */
export function listDigits({ ordered, start, items }: Extract<Block, { type: 'list' }>): number {
  return ordered ? String(start + items.length - 1).length : 1;
}

export type Alignment = 'left' | 'right' | 'center' | null;

/** A text in several languages; the base language is always present. */
export type Localized<T> = Readonly<Record<string, T>>;

/** Returns the text for `lang`, or the base text when there is no translation, with its actual language. */
export function pickText<T>(text: Localized<T>, lang: string, base: string): { value: T; lang: string } {
  const translated = Object.hasOwn(text, lang) ? text[lang] : undefined;
  if (translated !== undefined) return { value: translated, lang };
  const value = text[base];
  if (value === undefined) throw new TypeError(`A localized text lacks its base language "${base}"`);
  return { value, lang: base };
}

/** Returns the words of inline text without marks. */
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

/** Returns the words of blocks, one line for each paragraph, list item or table row. */
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

/** Returns the addresses of all links and images in blocks. */
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

/** Returns the nodes between two offsets of the plain text. */
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

// Shortening with an ellipsis, for footers, which only help with orientation. Text in the body of a slide is never shortened

/** Width of a text in CSS pixels. */
type WidthOf = (text: string) => number;

/** Returns the text, or as much of its beginning as fits followed by an ellipsis. `room` in CSS pixels. */
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

/** Shortens texts so that they take at most `room` CSS pixels together. The longest are cut to the same width; short ones stay whole. */
export function shortenAll(texts: readonly string[], room: number, widthOf: WidthOf): string[] {
  const widths = texts.map(widthOf);
  const taken = (level: number) => widths.reduce((sum, width) => sum + Math.min(width, level), 0);
  let level = Math.max(0, ...widths);
  if (taken(level) <= room) return [...texts];
  for (let step = level / 2; step > 0.5; step /= 2) level += taken(level) > room ? -step : step;
  while (level > 0 && taken(level) > room) level -= 1;
  return texts.map((text) => shorten(text, level, widthOf));
}

/** Counts words. Two ideographs count as one word. The rule needs no dictionary, so the slides do not depend on the version of ICU. */
export function countWords(text: string): number {
  const ideographs = text.match(IDEOGRAPH)?.length ?? 0;
  return (text.replace(IDEOGRAPH, ' ').match(WORD)?.length ?? 0) + ideographs / 2;
}

const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,\-–]*/gu;

// Presenter's notes as plain text. Every item, table row and line break starts a new line

/**
 * Returns one text for each block, with line feeds between lines. Items have a number or dash; their contents are indented by no-break
 * spaces.
 */
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

/**
 * Isolates a cell that contains direction marks, so that they end with it. Other cells stay as they are: a row of Hebrew cells is read
 * from right to left.
 */
function cellText(text: string): string {
  return MARKS.test(text) ? isolate(text) : text;
}

const MARKS = /[\u202a-\u202e\u2066-\u2069]/;

/** Splits inline text into lines. Line feeds in a text are spaces; only breaks start a new line. */
function inlineLines(nodes: readonly Inline[]): string[] {
  return textOf(nodes).split(BREAK);
}

/** Occurs in no text, because content drops control characters (escape.ts). */
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

// Quotes (`>`) in rich text

export type Quote = Extract<Block, { type: 'quote' }>;

/** Returns the quotes among blocks, including those in lists. A quote inside a quote is part of it. */
export function quotesIn(blocks: readonly Block[]): Quote[] {
  return blocks.flatMap((block) => {
    if (block.type === 'quote') return [block];
    return block.type === 'list' ? block.items.flatMap(quotesIn) : [];
  });
}

/** Returns the texts of blocks that are set in one piece: paragraphs, table cells, code. Excludes alternative texts of images. */
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

// Isolation of text direction (Unicode Standard Annex 9), so that marks do not affect the text around them

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const OPENING = /[\u2066-\u2068]/;

/** Direction marks, and letters of scripts that are written from right to left. */
const TURNING = /[\u061c\u200f\u202a-\u202e\u2066-\u2069\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Isolates a text that is joined with others on one line, so that its direction ends with it. Text that changes no direction is returned
 * unchanged. Unmatched closing marks are removed, because they would end the isolation.
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

/** Returns the direction of a paragraph, from its first letter (UAX 9, P2 and P3). Null for text without letters. */
export function directionOf(text: string): 'ltr' | 'rtl' | null {
  const letter = STRONG.exec(text)?.[0];
  if (letter === undefined) return null;
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}
