/** A deck as data for the stage: front matter, and the HTML of each slot. */
// Vue's parser, which Slidev also uses for slides: it decides what is text, an element or a component.
import {
  type DirectiveNode,
  type ElementNode,
  ElementTypes,
  Namespaces,
  NodeTypes,
  parse,
  parserOptions,
  type RootNode,
  type TemplateChildNode,
} from '@vue/compiler-dom';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { NotOnStage } from '../server/site.ts';
import type { SlidevDeck } from '../slidev/slidev-deck.ts';

/** Only JSON, because it is sent to the page. */
export interface DeckData {
  /** Slidev's settings of the deck. */
  configs: Record<string, unknown>;
  slides: SlideData[];
}

export interface SlideData {
  layout: string;
  frontmatter: Record<string, unknown>;
  title: string | null;
  level: number | null;
  /** HTML by the name of the slot. No slot is empty. */
  slots: Record<string, string>;
}

/** Returns the address of a picture from its path in the deck. */
type PictureAt = (source: string) => string;

/**
 * Converts a deck to data as Slidev's compiler would show it. Throws NotOnStage when a slide is not plain HTML: when it contains Markdown,
 * components, expressions, scripts or styles. Throws what `pictureAt` throws.
 */
export function deckData({ data }: SlidevDeck, pictureAt: PictureAt): DeckData {
  const { config, headmatter } = data;
  const defaults = typeof headmatter.defaults === 'object' && headmatter.defaults !== null ? headmatter.defaults : {};
  const slides = data.slides.map((slide, index): SlideData => {
    const frontmatter = { ...defaults, ...slide.frontmatter };
    const { layout } = frontmatter as { layout?: unknown };
    const name = typeof layout === 'string' ? layout : index === 0 ? 'cover' : 'default';
    const where = `slide ${index + 1}`;
    const slots = Object.entries(slotsOf(slide.content, where)).map(([slot, html]) => [slot, staticHtml(html, where, pictureAt)] as const);
    const { title = null, level = null } = slide;
    return { layout: name, frontmatter, title, level, slots: Object.fromEntries(slots.filter(([, html]) => html !== '')) };
  });
  // The title is plain text already (slidev-deck.ts). `info` is not shown, and Slidev would render it as Markdown.
  const slidesTitle = config.titleTemplate.replace('%s', () => config.title);
  return { configs: { ...config, info: false, slidesTitle }, slides };
}

/** `::name::` on its own line begins a slot. */
const SLOT = /^::\s*([\w.\-:]+)\s*::\s*$/;

/** Returns the HTML of each slot. Throws NotOnStage for Markdown. */
function slotsOf(content: string, where: string): Record<string, string> {
  const slots: Record<string, string> = { default: '' };
  let current = 'default';
  for (const { type, position } of fromMarkdown(content).children) {
    const source = content.slice(position?.start.offset, position?.end.offset);
    const marker = SLOT.exec(source)?.[1];
    if (type === 'html') slots[current] += `${source}\n`;
    else if (type === 'paragraph' && marker !== undefined) {
      current = marker;
      slots[current] ??= '';
    } else throw new NotOnStage(`${where} has Markdown in it`);
  }
  return slots;
}

/**
 * Returns the same HTML without Vue's directives, and with the addresses of pictures. Elements that appear in steps are all included: an
 * exported page shows the last step.
 */
function staticHtml(html: string, where: string, pictureAt: PictureAt): string {
  let result = html;
  for (const { start, end, text } of editsIn(parsed(html, where).children, where, pictureAt).reverse())
    result = result.slice(0, start) + text + result.slice(end);
  return result.trim();
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Returns the edits in the order of the text. Throws NotOnStage for anything that is not static. */
function editsIn(nodes: readonly TemplateChildNode[], where: string, pictureAt: PictureAt): Edit[] {
  return nodes.flatMap((node) => {
    if (node.type === NodeTypes.INTERPOLATION) throw new NotOnStage(`${where} has an expression in its text`);
    if (node.type !== NodeTypes.ELEMENT) return [];
    const reason = whyLive(node);
    if (reason !== null) throw new NotOnStage(`${where} has ${reason}`);
    const own = node.props.flatMap((prop): Edit[] => {
      const { start, end } = prop.loc;
      if (prop.type === NodeTypes.DIRECTIVE) {
        if (!isStep(prop)) throw new NotOnStage(`${where} has the directive ${prop.rawName ?? prop.name}`);
        return [{ start: start.offset, end: end.offset, text: '' }];
      }
      if (/^on/i.test(prop.name)) throw new NotOnStage(`${where} has the attribute ${prop.name}`);
      const source = prop.value?.content ?? '';
      // The compiler replaces only paths that begin like this.
      if (!FILE.test(prop.name) || node.tag === 'a' || !/^[.~@]/.test(source)) return [];
      if (node.tag !== 'img' || prop.name !== 'src' || !source.startsWith('.'))
        throw new NotOnStage(`${where} has a file in <${node.tag} ${prop.name}>`);
      return [{ start: start.offset, end: end.offset, text: `src="${pictureAt(source)}"` }];
    });
    return [...own, ...editsIn(node.children, where, pictureAt)];
  });
}

/** Returns why an element is not static. Null when it is. */
function whyLive({ tag, tagType, isSelfClosing, ns }: ElementNode): string | null {
  if (tagType !== ElementTypes.ELEMENT) return `the component <${tag}>`;
  if (LIVE.test(tag)) return `the element <${tag}>`;
  // HTML ignores the closing slash, and would take the following text as content.
  return isSelfClosing === true && ns === Namespaces.HTML && !VOID.test(tag) ? `<${tag}/>, which HTML does not know` : null;
}

/** `v-click`, with or without a number. */
function isStep({ name, arg, modifiers, exp }: DirectiveNode): boolean {
  return name === 'click' && arg === undefined && modifiers.length === 0 && (exp === undefined || /^\s*\d+\s*$/.test(exp.loc.source));
}

const LIVE = /^(?:script|style|template|slot|iframe|object|embed|base|link|meta|form|portal|frame|frameset|noscript)$/i;
const VOID = /^(?:area|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;
/** Attributes whose value is the address of a file. */
const FILE = /^(?:src|srcset|href|xlink:href|poster)$/i;

function parsed(html: string, where: string): RootNode {
  return parse(html, {
    ...parserOptions,
    onError(error) {
      throw new NotOnStage(`${where} has HTML that cannot be read: ${error.message}`);
    },
  });
}
