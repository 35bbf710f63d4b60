/**
 * Handlebars in strict mode: a template that names a missing field fails with its place, and text can only be printed by helpers that
 * escape it.
 */
import path from 'node:path';
import Handlebars from 'handlebars';
import type { DeckPerson } from '../model/outputs/deck.ts';
import type { Locale } from '../model/outputs/locale.ts';
import {
  type Block,
  blocksToPlain,
  directionOf,
  type Inline,
  inlineToPlain,
  isolate,
  listDigits,
  noteParagraphs,
  type Stretch,
  shortenAll,
} from '../model/text/text.ts';
import { cutTail, shift, splitAtRanges, splitAtStretches } from '../model/text/text-pieces.ts';
import { ExpectedError } from '../shared/errors.ts';
import { escapeAttribute, escapeCode, escapeCss, escapeHtml, escapeNoteLines, escapeNotes, escapeTitle, escapeYaml } from './escape.ts';
import { MissingField, Printable, unprotect } from './printable.ts';

/** The context of a rendering that helpers need besides their arguments. */
export interface RenderContext {
  locale: Locale;
  /** Whether points appear one by one while presenting. */
  steps: boolean;
  /** The attribute that stops Vue from compiling rich text. Defaults to that of decks. */
  closed?: Closed;
  image: (src: string) => string;
  /** Returns the SVG of a slide's figure, drawn for its room. */
  figure: (slide: unknown) => string;
  /** The room for a line in the footers of slides and the width of text there, in CSS pixels. Null for documents without slides. */
  footer: { room: number; gap: number; widthOf: (text: string) => number } | null;
}

export type CompiledTemplate = (view: object, context: RenderContext) => string;

/** A template's text and its file. */
export interface TemplateSource {
  file: string;
  source: string;
}

/**
 * Creates an engine with partials, known by their file names. Compiled templates throw ExpectedError with file, line and column when they
 * name a missing field.
 */
export function createEngine(partials: readonly TemplateSource[]): { compile(template: TemplateSource): CompiledTemplate } {
  const handlebars = Handlebars.create();
  // The built-in helpers `lookup` and `with` would bypass the checks on fields. No template needs them.
  handlebars.unregisterHelper('lookup');
  handlebars.unregisterHelper('with');
  handlebars.unregisterHelper('log');
  for (const { file, source } of partials) handlebars.registerPartial(path.basename(file, '.hbs'), source);
  handlebars.registerHelper(helpers);
  return {
    compile(own) {
      const options = { strict: true, knownHelpersOnly: true, knownHelpers, noEscape: false, preventIndent: true };
      const template = handlebars.compile<object>(own.source, options);
      return (view, context) => {
        try {
          return template(view, { data: { context }, allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
        } catch (error) {
          throw explain(error, [own, ...partials]);
        }
      };
    },
  };
}

type Options = { data?: { context?: RenderContext }; hash: Record<string, unknown> };
const contextOf = (options: Options): RenderContext => {
  if (options.data?.context === undefined) throw new TypeError('templates are rendered with a context');
  return options.data.context;
};
const textOf = (value: unknown): string => {
  const plain = value instanceof Printable ? Printable.read(value) : value;
  if (typeof plain === 'string' || typeof plain === 'number') return String(plain);
  throw new TypeError(`a helper for text was given ${plain === null ? 'null' : typeof plain}; test it with {{#if}} first`);
};
const safe = (html: string) => new Handlebars.SafeString(html);

const helpers = {
  /** A front matter value: text, number, true, false or null. */
  yaml: (value: unknown) =>
    safe(
      value === null || typeof value === 'boolean' ? String(value) : typeof value === 'number' ? String(value) : escapeYaml(textOf(value)),
    ),
  html: (value: unknown) => safe(escapeHtml(textOf(value))),
  /** Text of a slide. Ranges of numbers are kept on one line. */
  text: (value: unknown) => safe(textToHtml(textOf(value))),
  /** Like `text`, keeping line breaks. */
  lines: (value: unknown) =>
    safe(
      textOf(value)
        .split('\n')
        .map((line) => textToHtml(line))
        .join('<br>'),
    ),
  attribute: (value: unknown) => safe(escapeAttribute(textOf(value))),
  /** A string of a style sheet, in double quotes. */
  css: (value: unknown) => safe(`"${escapeCss(textOf(value))}"`),
  title: (value: unknown) => safe(JSON.stringify(escapeTitle(textOf(value))).replace(/-{2,}/g, (dashes) => '\\x2d'.repeat(dashes.length))),
  notes: (value: unknown) => safe(escapeNotes(textOf(value))),
  /** Rich text as notes: plain paragraphs, with one line for every item, row and line of text. */
  notesBlocks: (value: unknown) =>
    safe(
      noteParagraphs(unprotect(value) as Block[])
        .map(escapeNoteLines)
        .join('\n\n'),
    ),
  blocks: (value: unknown, options: Options) => {
    const { image, closed } = contextOf(options);
    return safe(blocksToHtml(unprotect(value) as Block[], image, closed));
  },
  /** The points of a slide: rich text. When the theme asks for steps, the points appear one by one. */
  points: (value: unknown, options: Options) => {
    const { image, steps } = contextOf(options);
    const blocks = unprotect(value) as Block[];
    return safe(steps ? steppedToHtml(blocks, image) : blocksToHtml(blocks, image));
  },
  inline: (value: unknown) => safe(inlineToHtml(unprotect(value) as Inline[])),
  /** The figure of a slide: `{{figure this}}`. */
  figure: (value: unknown, options: Options) => safe(contextOf(options).figure(unprotect(value))),
  /**
   * A label of the locale, to pass to another helper: `{{yaml (label "sources")}}`. `{name}` in a label is replaced by the value of that
   * name.
   */
  label: (key: string, options: Options) => {
    const { labels } = contextOf(options).locale;
    const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (label === undefined) throw new TypeError(`the locale ${contextOf(options).locale.code}.json lacks the label "${key}"`);
    return new Printable(label.replace(/\{(\w+)\}/g, (_, name: string) => isolate(textOf(options.hash[name]))));
  },
  /** A date in the locale's format, as precise as in the content. */
  date: (value: unknown, options: Options) => new Printable(formatDate(textOf(value), contextOf(options).locale.languageTag)),
  /** The label of a value such as a person's role: `{{html (labelOf "role" role)}}`. */
  labelOf: (group: string, value: unknown, options: Options) => helpers.label(`${group}.${textOf(value)}`, options),
  /** Joins the texts that exist with a separator, each with its own text direction: `{{yaml (join " · " speaker section)}}`. */
  join: (separator: string, ...rest: unknown[]) =>
    new Printable(
      rest
        .slice(0, -1)
        .filter((part) => part !== null && part !== false)
        .map((part) => isolate(textOf(part)))
        .join(separator),
    ),
  /** Like `join`, for a line in the footer: shortens text that is too long. `draft`, `more` and `elsewhere` leave room for what stands beside it. */
  footerLine: (separator: string, ...rest: unknown[]) => {
    const options = rest.at(-1) as Options;
    const { footer, locale } = contextOf(options);
    const parts = rest.slice(0, -1).flatMap((part) => (part === null || part === false ? [] : [textOf(part)]));
    if (footer === null) return helpers.join(separator, ...parts, options);
    const { room, gap, widthOf } = footer;
    const { draft, more, elsewhere } = options.hash;
    const besides = [
      ...(draft === true ? [locale.labels.draftPoints ?? ''] : []),
      ...(isFilled(more) ? [locale.labels.more ?? ''] : []),
      ...(isFilled(elsewhere) ? [`${locale.labels.inShort ?? ''} 9999`] : []),
    ];
    const taken = besides.reduce((sum, text) => sum + widthOf(text) + gap, 0);
    return helpers.join(separator, ...shortenAll(parts, room - taken - widthOf(separator) * (parts.length - 1), widthOf), options);
  },
  /** Names with affiliations, joined as a list of the locale. The role replaces a withheld name. */
  joinPeople: (value: unknown, options: Options) => {
    const people = unprotect(value) as DeckPerson[];
    const texts = people.map(({ name, role, affiliation }) => {
      const shown = name ?? Printable.read(helpers.label(`role.${role}`, options));
      const labelled: Options = { ...options, hash: { name: shown, affiliation } };
      return affiliation === null ? shown : Printable.read(helpers.label('affiliation', labelled));
    });
    return new Printable(texts.map(isolate).join(Printable.read(helpers.label('listSeparator', options))));
  },
  is: (a: unknown, b: unknown) => unprotect(a) === b,
  more: (a: unknown, b: unknown) => Number(a) > Number(b),
};
const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));

const isFilled = (list: unknown) => Array.isArray(list) && list.length > 0;

/** Formats `2023-08-21` as "21 August 2023" or 2023年8月21日. A date that is only a month or a year stays one. */
function formatDate(date: string, languageTag: string): string {
  const [year, month, day] = date.split('-').map(Number);
  if (year === undefined || Number.isNaN(year)) return date;
  const options: Intl.DateTimeFormatOptions = {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month ? { month: 'long' } : {}),
    ...(day ? { day: 'numeric' } : {}),
  };
  return formatterFor(languageTag, options).format(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
}

/** Creating a formatter costs a hundred times as much as using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(languageTag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${languageTag} ${JSON.stringify(options)}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(languageTag, options);
  formatters.set(key, formatter);
  return formatter;
}

/** Turns an error in a template into an ExpectedError, with its place as exactly as Handlebars gives it. */
function explain(error: unknown, sources: readonly TemplateSource[]): unknown {
  if (!(error instanceof Error)) return error;
  const file = sources[0]?.file ?? '';
  if (error instanceof MissingField) {
    return new ExpectedError(`${placeOf(error.field, sources)}: the template names "${error.field}", which is not there`, {
      hint: 'README.md lists the fields of every slide kind',
      cause: error,
    });
  }
  const parse = /^Parse error on line (\d+):/.exec(error.message);
  if (parse !== null) {
    const broken = sources.find(({ source }) => !canParse(source)) ?? { file };
    return new ExpectedError(`${broken.file}:${parse[1]}:1: the template cannot be read: ${error.message.split('\n').slice(-1)[0]}`, {
      hint: 'check its braces',
      cause: error,
    });
  }
  const helper = /You specified knownHelpersOnly, but used the unknown helper (\S+) - (\d+):(\d+)/.exec(error.message);
  if (helper !== null) {
    const hint = `known: ${Object.keys(helpers).join(', ')}`;
    return new ExpectedError(`${file}:${helper[2]}:${Number(helper[3]) + 1}: there is no helper "${helper[1]}"`, { hint, cause: error });
  }
  return new ExpectedError(`${file}: ${error.message}`, { cause: error });
}

/** Returns where a field is named: in the template itself or in one of its partials. */
function placeOf(field: string, sources: readonly TemplateSource[]): string {
  for (const { file, source } of sources) {
    const finder = new FieldFinder(field);
    finder.accept(Handlebars.parse(source));
    if (finder.found !== null) return `${file}:${finder.found.line}:${finder.found.column + 1}`;
  }
  return sources[0]?.file ?? '';
}

class FieldFinder extends Handlebars.Visitor {
  found: { line: number; column: number } | null = null;
  readonly #field: string;
  constructor(field: string) {
    super();
    this.#field = field;
  }
  override PathExpression(expression: hbs.AST.PathExpression): void {
    if (expression.parts.includes(this.#field)) this.found ??= expression.loc.start;
  }
}

function canParse(source: string): boolean {
  try {
    Handlebars.parse(source);
    return true;
  } catch {
    return false;
  }
}

// Rich text as HTML, with every word escaped. It has no blank lines, because in a deck it is inside one HTML block.

/**
 * Returns blocks as HTML. Each block has `v-pre`, so that Vue does not compile it, except around images: Vue must see images, because their
 * addresses are resolved from the deck. `image` turns a path in the content folder into an address in the deck.
 */
export function blocksToHtml(blocks: readonly Block[], image: (src: string) => string, closed: Closed = ' v-pre'): string {
  return blocks.map((block) => (holdsImage(block) ? openToHtml(block, image, closed) : closedToHtml(block, closed))).join('\n');
}

/** The attribute that stops Vue from compiling text. Empty for pages that Vue does not process. */
type Closed = ' v-pre' | '';

/** Returns blocks as HTML in which the items of outermost lists appear one by one: Slidev's `v-click`, which `v-pre` would disable. */
function steppedToHtml(blocks: readonly Block[], image: (src: string) => string): string {
  return blocks.map((block) => (block.type === 'list' ? steppedList(block, image) : blocksToHtml([block], image))).join('\n');
}

function steppedList(list: Extract<Block, { type: 'list' }>, image: (src: string) => string): string {
  const [tag, attributes] = listTag(list);
  const items = list.items.map((item) => {
    const [first, ...rest] = item;
    if (first?.type !== 'paragraph') return `<li v-click class="bare">\n${blocksToHtml(item, image)}\n</li>`;
    return `<li v-click><span v-pre>${paragraphToHtml(first)}</span>\n${blocksToHtml(rest, image)}</li>`;
  });
  return `<${tag}${attributes}>\n${items.join('\n')}\n</${tag}>`;
}

/**
 * Returns inline text as HTML. Links lead out of the deck: they are marked as such and open in another tab. `kept`: stretches of the plain
 * text that stay on one line.
 */
function inlineToHtml(nodes: readonly Inline[], kept: readonly Stretch[] = []): string {
  let end = 0;
  return nodes
    .map((node): string => {
      const start = end;
      end += inlineToPlain([node]).length;
      const own = shift(
        kept.filter(([from, to]) => from >= start && to <= end),
        -start,
      );
      switch (node.type) {
        case 'text':
          return textToHtml(node.value, own);
        case 'strong':
          return `<strong>${inlineToHtml(node.children, own)}</strong>`;
        case 'emphasis':
          return `<em>${inlineToHtml(node.children, own)}</em>`;
        case 'code':
          return `<code>${escapeHtml(node.value)}</code>`;
        case 'link':
          return `<a href="${escapeAttribute(node.href)}" target="_blank" rel="noopener noreferrer">${inlineToHtml(node.children, own)}</a>`;
        default:
          return '<br>';
      }
    })
    .join('');
}

/** Returns text as HTML. Ranges of numbers are kept on one line, and so are the given stretches. */
export function textToHtml(text: string, kept: readonly Stretch[] = []): string {
  return splitAtStretches(text, kept)
    .map((part, index) => (index % 2 === 1 ? `<span class="word">${escapeHtml(part)}</span>` : withRanges(part)))
    .join('');
}

function withRanges(text: string): string {
  return splitAtRanges(text)
    .map((part) => (part.range ? `<span class="range">${escapeHtml(part.text)}</span>` : escapeHtml(part.text)))
    .join('');
}

/** Returns a paragraph whose last line does not consist of a single Chinese character. */
function paragraphToHtml({ children, kept = [] }: Extract<Block, { type: 'paragraph' }>): string {
  const [head, tail] = cutTail(children, kept);
  const lead = inlineToHtml(head, kept);
  // What the tail holds stays on one line with it.
  return tail.length === 0 ? lead : `${lead}<span class="tail">${inlineToHtml(tail)}</span>`;
}

/** Returns a block without images as HTML. Only the outermost element carries `closed`. */
function closedToHtml(block: Exclude<Block, { type: 'image' }>, closed: string): string {
  switch (block.type) {
    case 'paragraph':
      return `<p${closed}>${paragraphToHtml(block)}</p>`;
    case 'list': {
      const [tag, start] = listTag(block);
      return `<${tag}${start}${closed}>\n${block.items.map((item) => `<li${item[0]?.type === 'paragraph' ? '' : ' class="bare"'}>${itemToHtml(item)}</li>`).join('\n')}\n</${tag}>`;
    }
    case 'quote':
      return `<blockquote${turned(block)}${closed}>\n${block.children.map(inner).join('\n')}\n</blockquote>`;
    case 'table':
      return tableToHtml(block, closed);
    case 'code':
      return `<pre${closed}><code>${escapeCode(block.value)}</code></pre>`;
  }
}

function inner(block: Block): string {
  if (block.type === 'image') throw new TypeError('a block with an image is not closed');
  return closedToHtml(block, '');
}

/** Returns a block that is or contains an image as HTML. `closed` is on each piece of text in it. */
function openToHtml(block: Block, image: (src: string) => string, closed: Closed): string {
  switch (block.type) {
    case 'image':
      return `<img src="${escapeAttribute(image(block.src))}" alt="${escapeAttribute(block.alt)}">`;
    case 'list': {
      const [tag, start] = listTag(block);
      return `<${tag}${start}>\n${block.items.map((item) => `<li class="bare">\n${blocksToHtml(item, image, closed)}\n</li>`).join('\n')}\n</${tag}>`;
    }
    case 'quote':
      return `<blockquote${turned(block)}>\n${blocksToHtml(block.children, image, closed)}\n</blockquote>`;
    default:
      return closedToHtml(block, closed);
  }
}

function holdsImage(block: Block): block is Extract<Block, { type: 'image' | 'list' | 'quote' }> {
  if (block.type === 'list') return block.items.some((item) => item.some(holdsImage));
  return block.type === 'image' || (block.type === 'quote' && block.children.some(holdsImage));
}

function listTag(list: Extract<Block, { type: 'list' }>): [string, string] {
  const attributes = turned(list) + (list.resumes === true ? ' class="resumes"' : '');
  if (!list.ordered) return ['ul', attributes];
  const digits = listDigits(list);
  return ['ol', `${list.start === 1 ? '' : ` start="${list.start}"`}${digits === 1 ? '' : ` style="--digits: ${digits}"`}${attributes}`];
}

/**
 * Returns the `dir` attribute of a block. Text finds its direction by itself (styles/lines.css), but list markers, quote bars and table
 * columns need the attribute.
 */
function turned(block: Block): string {
  return directionOf(blocksToPlain([block])) === 'rtl' ? ' dir="rtl"' : '';
}

/** A single paragraph in an item is written without its own tag, as authors expect. */
function itemToHtml(item: readonly Block[]): string {
  const [first, ...rest] = item;
  if (first?.type !== 'paragraph') return item.map(inner).join('\n');
  return [paragraphToHtml(first), ...rest.map(inner)].join('\n');
}

function tableToHtml(table: Extract<Block, { type: 'table' }>, closed: string): string {
  const row = (cells: Inline[][], tag: 'th' | 'td') =>
    `<tr>${cells
      .map((cell, index) => {
        const align = table.align[index];
        const scope = tag === 'th' ? ' scope="col"' : '';
        return `<${tag}${scope}${align ? ` class="align-${align}"` : ''}>${inlineToHtml(cell)}</${tag}>`;
      })
      .join('')}</tr>`;
  const columns = (table.shares ?? []).map((share) => `<col style="width: ${share}%">`).join('');
  const wide = table.excess === undefined ? '' : `; width: calc(100% + ${table.excess}px)`;
  const small = table.scale === undefined ? '' : ` style="--scale: ${table.scale}${wide}"`;
  return `<table${turned(table)}${small}${closed}>\n<colgroup>${columns}</colgroup>\n<thead>${row(table.head, 'th')}</thead>\n<tbody>\n${table.rows.map((cells) => row(cells, 'td')).join('\n')}\n</tbody>\n</table>`;
}
