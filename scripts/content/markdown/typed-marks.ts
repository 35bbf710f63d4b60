/**
 * Reports marks that slides show as typed, such as HTML or syntax of other Markdown dialects. Each kind is reported once per text, at its
 * first place.
 */
import type { Nodes, Root } from 'mdast';
import type { TypedMark } from '../../model/problems/problem-text.ts';
import type { Findings } from '../findings.ts';
import type { PageMatter } from '../kinds/page-matter.ts';
import { isRecord, type KeyPath } from '../kinds/yaml.ts';
import type { MarkdownContext } from './markdown-inline.ts';
import { type Definitions, isReference, linkAddress } from './markdown-inline.ts';

/** Reports the marks in a Markdown text. Marks in a transcript are not reported, because they record what was said. */
export function reportTypedMarks(
  root: Root,
  context: Pick<MarkdownContext, 'source' | 'file' | 'line' | 'definitions' | 'findings'>,
): void {
  const { source, file, line, definitions, findings } = context;
  const seen = new Set<string>();
  const report = (mark: TypedMark | 'html', text: string, offset: number) => {
    const kind = mark === 'html' ? `<${tagOf(text)}` : mark;
    if (seen.has(kind)) return;
    seen.add(kind);
    const before = source.slice(0, offset).split('\n');
    const place = { file, line: line + before.length - 1, column: (before.at(-1) ?? '').length + 1 };
    const shown = (text.split('\n')[0] ?? '').slice(0, MOST_SHOWN);
    if (mark === 'html') findings.add('raw-html', place, { html: shown });
    else findings.add('typed-mark', place, { mark, text: shown });
  };
  const look = (node: Nodes, parent: Nodes) => {
    const offset = node.position?.start.offset ?? 0;
    const own = markOf(node, parent, definitions);
    if (own !== null) report(own, textOf(node, source), offset);
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      for (const { mark, text, index } of marksIn(withoutNodes(node, source))) report(mark, text, offset + index);
    }
    if ('children' in node) for (const child of node.children) look(child, node);
  };
  for (const node of root.children) {
    if (node.type === 'heading' && node.depth === 2 && /^##\s+transcript\s*#*$/i.test(textOf(node, source))) return;
    look(node, root);
  }
}

/** Returns the kind of mark that a whole node is, or null. */
function markOf(node: Nodes, parent: Nodes, definitions: Definitions): TypedMark | 'html' | null {
  switch (node.type) {
    case 'html':
      return 'html';
    case 'thematicBreak':
      return 'rule';
    case 'definition':
      if (definitions.isUsed(node)) return null;
      if (!isReference(node.label)) return 'footnote';
      // `[Ana]: Hello` is a speaker's label, not a link definition.
      return /[./:]/.test(node.url) ? 'link' : null;
    case 'image':
      return parent.type === 'paragraph' ? null : 'image-inside';
    case 'link':
      return linkAddress(node.url) === null ? 'link' : null;
    default:
      return null;
  }
}

/** Reports marks in the values of front matter, which are plain text. Each kind is reported once per file. */
export function reportPlainMarks(matter: PageMatter, findings: Findings): void {
  const seen = new Set<string>();
  for (const { path, text } of shownTexts(matter.data)) {
    const found = marksIn(text).find(({ mark }) => mark !== 'address') ?? plainMarkIn(text);
    if (found === null || seen.has(found.mark)) continue;
    seen.add(found.mark);
    findings.add('typed-mark', matter.at(path), { mark: 'plain', text: found.text.slice(0, MOST_SHOWN) });
  }
}

const MOST_SHOWN = 60;

interface Found {
  mark: TypedMark;
  text: string;
  index: number;
}

/** A mark after a backslash is intended as text. */
const MARKS: readonly [TypedMark, RegExp][] = [
  ['footnote', /(?<!\\)\[\^[^\]\s]{1,100}\]/],
  ['strike', /(?<![\\~])~~(?=[^\s~])[^\n]{0,300}?~~/],
  ['task', /^\[[ xX]\](?=\s)/],
  ['callout', /^\[![A-Z]+\]/],
  ['container', /^:::.*/],
  ['highlight', /(?<![\\=])==(?=[^\s=])[^\n=]{1,300}?(?<=[^\s=])==(?!=)/],
  ['wiki-link', /(?<!\\)!?\[\[[^\]\n]{1,300}\]\]/],
  ['formula', /(?<![\\$\w])\$\$?(?=[^\s$])(?:[^$\n]|\\\$){0,300}?(?<=[^\s\\$])\$\$?(?![\d\w])/],
  ['image', /(?<!\\)!\[[^\]\n]{0,300}\]\([^)\n]{0,300}\.(?:png|jpe?g|webp|gif|svg)[^)\n]{0,100}\)/i],
  ['link', /(?<![\\!\]])\[[^\]\n]{1,300}\]\((?!\s)[^()\s]{0,300}\)/],
  ['address', /(?<![\w/(<.@-])(?:https?:\/\/|www\.)[^\s<>)\]]+/i],
];

function marksIn(text: string): Found[] {
  return MARKS.flatMap(([mark, pattern]) => {
    const found = pattern.exec(text);
    if (found === null || (mark === 'formula' && !isFormula(found[0]))) return [];
    return [{ mark, text: found[0], index: found.index }];
  });
}

/** Dollar signs stand before amounts of money far more often than around formulas. */
const isFormula = (text: string) => text.startsWith('$$') || /^\$[^\d]/.test(text) || /[\\^_=]/.test(text);

/** Returns the first emphasis, code or tag, which have no meaning in plain text, or null. */
function plainMarkIn(text: string): Found | null {
  for (const pattern of PLAIN) {
    const found = pattern.exec(text);
    if (found !== null) return { mark: 'plain', text: found[0], index: found.index };
  }
  return null;
}

const PLAIN: readonly RegExp[] = [
  /(?<![\w*])(\*{1,3})(?=[^\s*])[^*\n]{1,300}(?<=[^\s*])\1(?![\w*])/,
  /(?<![\w_])(_{1,3})(?=[^\s_])[^_\n]{1,300}(?<=[^\s_])\1(?![\w_])/,
  /(?<!`)`[^`\n]{1,300}`(?!`)/,
  /<\/?(?:b|i|u|s|em|strong|br|sub|sup|mark|span|del|a|p|font|code)(?:\s[^<>]{0,300})?\/?>/i,
];

/** Returns the source of a node with code, links, images and tags replaced by spaces, so that offsets stay the same. */
function withoutNodes(node: Extract<Nodes, { children: unknown }>, source: string): string {
  const from = node.position?.start.offset ?? 0;
  let text = textOf(node, source);
  const blank = (child: Nodes) => {
    if (['inlineCode', 'link', 'linkReference', 'image', 'imageReference', 'html'].includes(child.type)) {
      if (child.type === 'linkReference' && child.label?.startsWith('^')) return;
      const [start, end] = [(child.position?.start.offset ?? 0) - from, (child.position?.end.offset ?? 0) - from];
      text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
    } else if ('children' in child) child.children.forEach(blank);
  };
  node.children.forEach(blank);
  return text;
}

function textOf(node: Nodes, source: string): string {
  return source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
}

const tagOf = (html: string) => /^<(?:!--|\/?([\w-]+))/.exec(html)?.[1]?.toLowerCase() ?? '!';

interface ShownText {
  path: KeyPath;
  /** The last key on the path that is a name. */
  key: string;
  text: string;
}

/** The keys of front matter whose values are shown as they are. */
const SHOWN_KEYS = new Set([
  ...['question', 'takeaway', 'title', 'subtitle', 'label', 'text', 'when', 'value', 'unit', 'term', 'aliases'],
  ...['name', 'affiliation', 'publisher', 'note', 'answer', 'open', 'say'],
]);

/** Returns the texts of front matter that are shown. */
export function shownTexts(value: unknown, path: KeyPath = []): ShownText[] {
  if (typeof value === 'string') {
    const key = path.findLast((step) => typeof step === 'string') ?? '';
    return SHOWN_KEYS.has(key) ? [{ path, key, text: value }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => shownTexts(item, [...path, index]));
  return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => shownTexts(item, [...path, key])) : [];
}
