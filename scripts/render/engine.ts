/** Handlebars, strict: a template that names what is not there fails with its place, and text is printed by escaping helpers only. */
import path from 'node:path';
import Handlebars from 'handlebars';
import type { DeckPerson } from '../model/outputs/deck.ts';
import type { Locale } from '../model/outputs/locale.ts';
import { isolate } from '../model/text/bidi.ts';
import { noteParagraphs } from '../model/text/notes.ts';
import { shortenAll } from '../model/text/shorten.ts';
import type { Block, Inline } from '../model/text/text.ts';
import { ExpectedError } from '../shared/errors.ts';
import { escapeAttribute, escapeCss, escapeHtml, escapeNoteLines, escapeNotes, escapeTitle, escapeYaml } from './escape.ts';
import { blocksToHtml, type Closed, inlineToHtml, steppedToHtml, textToHtml } from './html.ts';
import { MissingField, Printable, unprotect } from './printable.ts';

/** What helpers need to know besides their arguments. */
export interface RenderContext {
  locale: Locale;
  /** Points come one by one while presenting. */
  steps: boolean;
  /** What closes rich text to Vue; as in decks when left out. */
  closed?: Closed;
  image: (src: string) => string;
  /** SVG of the figure of a slide, drawn for its room. */
  figure: (slide: unknown) => string;
  /** Room for a line in the footers of slides, in CSS pixels, and how wide text is there; null where there are no slides. */
  footer: { room: number; gap: number; widthOf: (text: string) => number } | null;
}

export type CompiledTemplate = (view: object, context: RenderContext) => string;

/** A template's text and where it stands. */
export interface TemplateSource {
  file: string;
  source: string;
}

/** An engine with partials, known by their file names. Compiled templates throw ExpectedError with file, line and column when they name a missing field. */
export function createEngine(partials: readonly TemplateSource[]): { compile(template: TemplateSource): CompiledTemplate } {
  const handlebars = Handlebars.create();
  // The default helper `lookup` and `with` would reach past the checks on fields; no template needs them.
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
  /** Text of a slide, in which a range of numbers stays on one line. */
  text: (value: unknown) => safe(textToHtml(textOf(value))),
  /** The same, with the breaks of its lines. */
  lines: (value: unknown) => safe(textOf(value).split('\n').map(textToHtml).join('<br>')),
  attribute: (value: unknown) => safe(escapeAttribute(textOf(value))),
  /** A string of a style sheet, in double quotes. */
  css: (value: unknown) => safe(`"${escapeCss(textOf(value))}"`),
  title: (value: unknown) => safe(JSON.stringify(escapeTitle(textOf(value))).replace(/-{2,}/g, (dashes) => '\\x2d'.repeat(dashes.length))),
  notes: (value: unknown) => safe(escapeNotes(textOf(value))),
  /** Rich text as notes: plain paragraphs, in which every item, row and broken line has a line of its own. */
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
  /** The points of a slide: rich text of which, where the theme wants it so, each comes with a step of its own. */
  points: (value: unknown, options: Options) => {
    const { image, steps } = contextOf(options);
    const blocks = unprotect(value) as Block[];
    return safe(steps ? steppedToHtml(blocks, image) : blocksToHtml(blocks, image));
  },
  inline: (value: unknown) => safe(inlineToHtml(unprotect(value) as Inline[])),
  /** The figure of a slide: `{{figure this}}`. */
  figure: (value: unknown, options: Options) => safe(contextOf(options).figure(unprotect(value))),
  /** A label of the locale as text to hand on to another helper: `{{yaml (label "sources")}}`; `{name}` in it takes the value of that name. */
  label: (key: string, options: Options) => {
    const { labels } = contextOf(options).locale;
    const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (label === undefined) throw new TypeError(`the locale ${contextOf(options).locale.code}.json lacks the label "${key}"`);
    return new Printable(label.replace(/\{(\w+)\}/g, (_, name: string) => isolate(textOf(options.hash[name]))));
  },
  /** A date as the locale writes it, as precise as content gives it. */
  date: (value: unknown, options: Options) => new Printable(formatDate(textOf(value), contextOf(options).locale.languageTag)),
  /** The label of a value such as a person's role: `{{html (labelOf "role" role)}}`. */
  labelOf: (group: string, value: unknown, options: Options) => helpers.label(`${group}.${textOf(value)}`, options),
  /** Several texts as one, each with its own direction, with a separator between those that are there: `{{yaml (join " · " speaker section)}}`. */
  join: (separator: string, ...rest: unknown[]) =>
    new Printable(
      rest
        .slice(0, -1)
        .filter((part) => part !== null && part !== false)
        .map((part) => isolate(textOf(part)))
        .join(separator),
    ),
  /** The same for a line in the footer: what is too long for it is shortened. With `draft` it leaves room for that label. */
  footerLine: (separator: string, ...rest: unknown[]) => {
    const options = rest.at(-1) as Options;
    const { footer, locale } = contextOf(options);
    const parts = rest.slice(0, -1).flatMap((part) => (part === null || part === false ? [] : [textOf(part)]));
    if (footer === null) return helpers.join(separator, ...parts, options);
    const { room, gap, widthOf } = footer;
    const beside = unprotect(options.hash.draft) === true ? widthOf(locale.labels.draftPoints ?? '') + gap : 0;
    return helpers.join(separator, ...shortenAll(parts, room - beside - widthOf(separator) * (parts.length - 1), widthOf), options);
  },
  /** Names with affiliations, joined as the locale joins a list; the role stands for a withheld name. */
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

/** `2023-08-21` as "21 August 2023" or 2023年8月21日; a month or year alone stays one. */
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

/** Making one costs a hundred times what using it does. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(languageTag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${languageTag} ${JSON.stringify(options)}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(languageTag, options);
  formatters.set(key, formatter);
  return formatter;
}

/** What is wrong with a template, with its place as exactly as Handlebars lets us know it. */
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

/** Where a field is named: in the template itself or in a partial of its. */
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
