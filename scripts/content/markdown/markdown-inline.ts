import type { Image, ImageReference, Nodes, PhrasingContent } from 'mdast';
import type { Block, Inline } from '../../model/text/text.ts';
import type { Findings } from '../findings.ts';
import { type ImageUse, resolveImage } from '../images/image-path.ts';
import { type Definitions, isReference, linkAddress } from './markdown-definitions.ts';

/** What the conversion of one text needs to know and collects. */
export interface MarkdownContext {
  source: string;
  file: string;
  /** The line of the file at which the text begins. */
  line: number;
  definitions: Definitions;
  findings: Findings;
  images: ImageUse[];
  /** Whether the node stands in a block quote, whose marks are no part of what its author wrote. */
  quoted: boolean;
}

/** A paragraph as blocks: its text, cut where images stand, and the images. */
export function paragraphBlocks(children: readonly PhrasingContent[], context: MarkdownContext): Block[] {
  const blocks: Block[] = [];
  let text: PhrasingContent[] = [];
  const flush = () => {
    const inlines = trim(inlinesOf(text, context));
    if (inlines.length > 0) blocks.push({ type: 'paragraph', children: inlines });
    text = [];
  };
  for (const child of children) {
    const image = child.type === 'image' || child.type === 'imageReference' ? imageBlock(child, context) : null;
    if (image === null) {
      text.push(child);
      continue;
    }
    flush();
    blocks.push(image);
  }
  flush();
  return blocks;
}

/** Inline nodes after the allow-list, neighbouring texts joined. Line ends inside a paragraph become spaces. */
export function inlinesOf(nodes: readonly PhrasingContent[], context: MarkdownContext): Inline[] {
  return join(nodes.flatMap((node) => convert(node, context)));
}

/** The characters of the source that a node was read from, as visible text. */
export function literal(node: Nodes, context: MarkdownContext): Inline[] {
  const source = context.source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
  return lines(context.quoted ? source.replace(/\n[\s>]*/g, '\n') : source);
}

function convert(node: PhrasingContent, context: MarkdownContext): Inline[] {
  switch (node.type) {
    case 'text':
      return [{ type: 'text', value: unwrap(node.value) }];
    case 'strong':
    case 'emphasis':
      return [{ type: node.type, children: inlinesOf(node.children, context) }];
    case 'inlineCode':
      return [{ type: 'code', value: node.value.replace(/\s*\n\s*/g, ' ') }];
    case 'break':
      return [{ type: 'break' }];
    case 'link':
      return link(node, linkAddress(node.url), context);
    case 'linkReference': {
      const url = isReference(node.label) ? context.definitions.addressOf(node.identifier) : null;
      return link(node, url === null ? null : linkAddress(url), context);
    }
    case 'html':
      return lines(node.value);
    default:
      return literal(node, context);
  }
}

function link(node: Nodes & { children: PhrasingContent[] }, href: string | null, context: MarkdownContext): Inline[] {
  if (href === null) return literal(node, context);
  const children = inlinesOf(node.children, context);
  return [{ type: 'link', href, children: children.length > 0 ? children : [{ type: 'text', value: href }] }];
}

/** Null for a reference that leads nowhere: then it is text. */
function imageBlock(node: Image | ImageReference, context: MarkdownContext): Block | null {
  const src = node.type === 'image' ? node.url : isReference(node.label) ? context.definitions.addressOf(node.identifier) : null;
  if (src === null) return null;
  const start = node.position?.start;
  const place = { file: context.file, line: context.line + (start?.line ?? 1) - 1, column: start?.column ?? 1 };
  const resolved = resolveImage(context.file, src);
  if (resolved.ok) context.images.push({ ...place, src, path: resolved.path, typed: resolved.typed });
  // Addresses can be as long as an embedded picture.
  else if (resolved.code === 'unsafe-path') context.findings.add(resolved.code, place, { path: src.slice(0, 200) });
  else context.findings.add(resolved.code, place, { src: src.slice(0, 200) });
  return { type: 'image', src: resolved.ok ? resolved.path : src, alt: node.alt ?? '' };
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** Makes one line of several: with a space, but none between characters of scripts that are written without spaces. */
export function unwrap(text: string): string {
  if (!text.includes('\n')) return text;
  return text.replace(/[ \t]*\n[ \t]*/g, (found: string, offset: number) => {
    const before = [...text.slice(Math.max(0, offset - 2), offset)].at(-1) ?? '';
    const after = [...text.slice(offset + found.length, offset + found.length + 2)][0] ?? '';
    return WIDE.test(before) && WIDE.test(after) ? '' : ' ';
  });
}

/** Text whose line ends are meant. */
function lines(text: string): Inline[] {
  return text.split('\n').flatMap((line, index): Inline[] => {
    const value: Inline = { type: 'text', value: line.trimEnd() };
    return index === 0 ? [value] : [{ type: 'break' }, { ...value, value: value.value.trimStart() }];
  });
}

function join(inlines: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.type === 'text' && last?.type === 'text') joined[joined.length - 1] = { type: 'text', value: last.value + inline.value };
    else if (inline.type !== 'text' || inline.value !== '') joined.push(inline);
  }
  return joined;
}

/** Without white space at either end, as is left where an image was cut out. */
export function trim(inlines: readonly Inline[]): Inline[] {
  const first = inlines.findIndex((inline) => !isSpace(inline));
  const last = inlines.findLastIndex((inline) => !isSpace(inline));
  const kept = first === -1 ? [] : inlines.slice(first, last + 1);
  return kept.map((inline, index) => {
    if (inline.type !== 'text') return inline;
    const value = index === 0 ? inline.value.trimStart() : inline.value;
    return { type: 'text', value: index === kept.length - 1 ? value.trimEnd() : value };
  });
}

function isSpace(inline: Inline): boolean {
  return inline.type === 'break' || (inline.type === 'text' && inline.value.trim() === '');
}
