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
