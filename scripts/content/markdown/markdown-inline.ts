import { posix } from 'node:path';
import type { Definition, Image, ImageReference, Nodes, PhrasingContent, Root } from 'mdast';
import type { Block, Inline } from '../../model/text/text.ts';
import { decodePath } from '../../shared/addresses.ts';
import type { Findings } from '../findings.ts';

/** The input of converting one text, and the collectors that it fills. */
export interface MarkdownContext {
  source: string;
  file: string;
  /** The line of the file at which the text begins. */
  line: number;
  definitions: Definitions;
  findings: Findings;
  images: ImageUse[];
  /** Whether the node is inside a block quote, whose `>` marks are not part of the text. */
  quoted: boolean;
}

/** Splits a paragraph at its images: returns text blocks and image blocks in order. */
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

/** Converts inline nodes that are on the allow-list and joins neighbouring texts. Line ends inside a paragraph become spaces. */
export function inlinesOf(nodes: readonly PhrasingContent[], context: MarkdownContext): Inline[] {
  return join(nodes.flatMap((node) => convert(node, context)));
}

/** Returns the source of a node as visible text. */
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

/** Returns null for a reference without a definition, which is shown as text. */
function imageBlock(node: Image | ImageReference, context: MarkdownContext): Block | null {
  const src = node.type === 'image' ? node.url : isReference(node.label) ? context.definitions.addressOf(node.identifier) : null;
  if (src === null) return null;
  const start = node.position?.start;
  const place = { file: context.file, line: context.line + (start?.line ?? 1) - 1, column: start?.column ?? 1 };
  const resolved = resolveImage(context.file, src);
  if (resolved.ok) context.images.push({ ...place, src, path: resolved.path, typed: resolved.typed });
  // An address can contain a whole embedded picture.
  else if (resolved.code === 'unsafe-path') context.findings.add(resolved.code, place, { path: src.slice(0, 200) });
  else context.findings.add(resolved.code, place, { src: src.slice(0, 200) });
  return { type: 'image', src: resolved.ok ? resolved.path : src, alt: node.alt ?? '' };
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** Joins lines with spaces, or without one between characters of scripts that are written without spaces. */
export function unwrap(text: string): string {
  if (!text.includes('\n')) return text;
  return text.replace(/[ \t]*\n[ \t]*/g, (found: string, offset: number) => {
    const before = [...text.slice(Math.max(0, offset - 2), offset)].at(-1) ?? '';
    const after = [...text.slice(offset + found.length, offset + found.length + 2)][0] ?? '';
    return WIDE.test(before) && WIDE.test(after) ? '' : ' ';
  });
}

/** Keeps line ends as line breaks. */
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

/** Removes white space at both ends, which remains where an image was cut out. */
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

/** An image that a text names, and the place where it is named. */
export interface ImageUse {
  file: string;
  line: number;
  column: number;
  /** The address as written. */
  src: string;
  /** The path of the decoded address, relative to the content folder. */
  path: string;
  /** The path of the address without decoding, when it differs: a file may really be named `map%201.png`. */
  typed: string | null;
}

type ImagePath = { ok: true; path: string; typed: string | null } | { ok: false; code: 'unsafe-path' | 'far-image' | 'image-without-name' };

/**
 * Resolves an image address against the file that names it; both are relative to the content folder. Looks only at the text:
 * whether the file exists, its format, and where links lead are checked on the disk later.
 */
function resolveImage(file: string, src: string): ImagePath {
  const path = decodePath(src).replaceAll('\\', '/');
  if (path.trim() === '') return { ok: false, code: 'image-without-name' };
  if (/^file:/i.test(path) || /^[a-z]:/i.test(path) || path.startsWith('/')) return { ok: false, code: 'unsafe-path' };
  // Addresses with a scheme (https:, data:) name no file of the content folder.
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return { ok: false, code: 'far-image' };
  const seenFrom = (name: string) => posix.normalize(posix.join(posix.dirname(file), name));
  const resolved = seenFrom(path);
  if (resolved.startsWith('../') || resolved === '..') return { ok: false, code: 'unsafe-path' };
  const typed = seenFrom(src.replaceAll('\\', '/'));
  return { ok: true, path: resolved, typed: typed === resolved || typed.startsWith('../') ? null : typed };
}

/** The link definitions (`[label]: address`) of a text. */
export interface Definitions {
  /** The address that a label stands for, or null. */
  addressOf(identifier: string): string | null;
  /** Whether a definition is used, so that it is not shown as text. */
  isUsed(node: Definition): boolean;
}

/**
 * Returns the address when it may become a link, else null. Allows http, https and mailto, but no user part, which hides the real host
 * (`https://good@evil`).
 */
export function linkAddress(url: string): string | null {
  if (!/^(?:https?:\/\/|mailto:)[^\s]/i.test(url) || !URL.canParse(url) || new URL(url).username !== '') return null;
  // Keep the address as written when it is plain ASCII; percent-encode it otherwise.
  return /^[\x21-\x7e]+$/.test(url) && !/["<>`\\^{|}]/.test(url) ? url : new URL(url).href;
}

/** Whether a reference may be resolved. References that look like footnotes stay text. */
export function isReference(label: string | null | undefined): boolean {
  return !(label ?? '').startsWith('^');
}

/** Collects the definitions of a text. Of two with the same label the first one counts. */
export function collectDefinitions(root: Root): Definitions {
  const byIdentifier = new Map<string, Definition>();
  const used = new Set<Definition>();
  visit(root, null, (node) => {
    if (node.type === 'definition' && !byIdentifier.has(node.identifier)) byIdentifier.set(node.identifier, node);
  });
  if (byIdentifier.size > 0) {
    visit(root, null, (node, parent) => {
      if (node.type !== 'linkReference' && node.type !== 'imageReference') return;
      const definition = byIdentifier.get(node.identifier);
      if (definition === undefined || !isReference(node.label)) return;
      // The same conditions under which a reference is shown: a link needs a valid address, an image must be in a paragraph.
      const shown = node.type === 'linkReference' ? linkAddress(definition.url) !== null : parent?.type === 'paragraph';
      if (shown) used.add(definition);
    });
  }
  return { addressOf: (identifier) => byIdentifier.get(identifier)?.url ?? null, isUsed: (node) => used.has(node) };
}

function visit(node: Nodes, parent: Nodes | null, see: (node: Nodes, parent: Nodes | null) => void): void {
  see(node, parent);
  if ('children' in node) for (const child of node.children) visit(child, node, see);
}
