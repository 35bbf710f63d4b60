/** Extracts the words of an HTML page by blocks, as a reader of the page would see its lines. */
import { Parser } from 'htmlparser2'; // Tolerant, fast and maintained; unlike a browser's parser, it builds no tree.
import { ExpectedError } from '../../../shared/errors.ts';
import { type OpenRow, spokenRow } from './html-rows.ts';

export interface HtmlBlock {
  type: 'words' | 'heading' | 'cite' | 'time';
  text: string;
  /** Of a heading: 1 to 6. */
  level: number;
  /** The line in the source, counted from 1. */
  line: number;
}

export interface HtmlText {
  /** Paragraphs are separated by a blank block. Lines separated only by `<br>` are not. */
  blocks: HtmlBlock[];
  title: string | null;
  lang: string | null;
}

/** Throws ExpectedError when elements are nested deeper than in any real page, because the parser takes quadratic time in the depth. */
export function readHtmlBlocks(html: string, file: string): HtmlText {
  const page: HtmlText = { blocks: [], title: null, lang: null };
  const open: OpenBlock = { text: [], type: 'words', level: 0, line: 1 };
  const lineAt = lineCounter(html);
  const rows: OpenRow[] = [];
  let depth = 0;
  let silent = 0;
  let inTitle = false;
  const end = (isParagraph: boolean) => endBlock(page.blocks, open, isParagraph);
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (depth > DEEPEST) throw new ExpectedError(`${file}: the page nests more than ${DEEPEST} elements in each other; it is refused`);
      if (SILENT.has(name)) silent += 1;
      if (name === 'html' && attributes.lang !== undefined) page.lang = attributes.lang.slice(0, 2).toLowerCase();
      if (name === 'title') inTitle = true;
      if (name === 'br') end(false);
      else if (isBlock(name)) {
        end(BLOCK.has(name));
        openRow(rows, name, page.blocks.length);
        Object.assign(open, { type: typeOf(name), level: /^h\d$/.test(name) ? Number(name[1]) : 0 });
      }
    },
    ontext(text) {
      if (silent > 0) return;
      if (inTitle) page.title = `${page.title ?? ''}${text}`;
      else {
        if (open.text.length === 0) open.line = lineAt(parser.startIndex);
        open.text.push(text);
      }
    },
    onclosetag(name) {
      depth -= 1;
      if (SILENT.has(name)) silent = Math.max(0, silent - 1);
      if (name === 'title') inTitle = false;
      if (!isBlock(name)) return;
      end(BLOCK.has(name));
      open.type = 'words';
      const row = name === 'tr' ? rows.pop() : undefined;
      if (row?.isInnermost !== true) return;
      for (const block of spokenRow(page.blocks.splice(row.from), row)) page.blocks.push(block);
    },
  });
  parser.write(html);
  parser.end();
  end(true);
  page.title = page.title?.replace(/\s+/g, ' ').trim() || null;
  return page;
}

/** Opens a row or cell. A row that contains others is page layout; only inner rows can be part of a transcript. */
function openRow(rows: OpenRow[], name: string, from: number): void {
  const around = rows.at(-1);
  if (name === 'td' || name === 'th') around?.cells.push(from);
  if (name !== 'tr') return;
  if (around !== undefined) around.isInnermost = false;
  rows.push({ from, cells: [], isInnermost: true });
}

const DEEPEST = 2000;

interface OpenBlock {
  text: string[];
  type: HtmlBlock['type'];
  level: number;
  line: number;
}

const SILENT = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object']);
const BLOCK = new Set(
  'address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead title tr ul'.split(
    ' ',
  ),
);

function isBlock(name: string): boolean {
  return BLOCK.has(name) || name === 'cite' || name === 'time';
}

function typeOf(name: string): HtmlBlock['type'] {
  if (/^h[1-6]$/.test(name)) return 'heading';
  return name === 'cite' || name === 'time' ? name : 'words';
}

function endBlock(blocks: HtmlBlock[], open: OpenBlock, isParagraph: boolean): void {
  const text = open.text.join('').replace(/\s+/g, ' ').trim();
  const { line } = open;
  open.text = [];
  if (text !== '') blocks.push({ type: open.type, text, level: open.type === 'heading' ? open.level : 0, line });
  if (isParagraph && blocks.length > 0 && blocks.at(-1)?.text !== '') blocks.push({ type: 'words', text: '', level: 0, line });
}

/** Returns a function from an index to its line. Indexes must grow, so every line end is counted once. */
function lineCounter(text: string): (index: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (index) => {
    for (; next !== -1 && next < index; next = text.indexOf('\n', next + 1)) line += 1;
    return line;
  };
}
