/** The words that a planned slide is to show, in the order in which they stand on it. */

import type { Deck, DeckPerson, Slide, SourceInterview } from '../../scripts/model/outputs/deck.ts';
import type { Locale } from '../../scripts/model/outputs/locale.ts';
import { type Block, type Inline, inlineToPlain, isolate, shortenAll } from '../../scripts/model/text/text.ts';
import { planFooter } from '../../scripts/render/deck-markdown.ts';
import type { Templates } from '../../scripts/render/load-templates.ts';

export interface Words {
  headline: string;
  /** As Slidev knows the slide. */
  title: string;
  /** Of the header besides the headline, the content and the footer: one text for each piece. */
  pieces: string[];
  /** Nothing of the slide is hidden. */
  isVisible: boolean;
  links: string[];
  /** What is said of pictures to those who cannot see them. */
  alts: string[];
  notes: string[];
}

export function plannedWords(deck: Deck, locale: Locale, templates: Templates): Words[] {
  const footerRoom = planFooter(deck.title, deck.lang, templates);
  const label: Label = (key, values = {}) =>
    (locale.labels[key] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => isolate(String(values[name])));
  const pageOf = (id: string) => String(deck.slides.findIndex((slide) => slide.id === id) + 1);

  return deck.slides.map((slide, index) => {
    const { headline, pieces, links = [], alts = [], notes = [] } = wordsOf(slide, label, pageOf);
    const continued = continuedLabel(slide, label);
    const title = continued.length === 0 ? headline : join(' ', headline, ...continued);
    // The number stays on the line of the last word.
    const whole = [headline, ...continued].join('\u00a0');
    if (slide.kind === 'cover') return { headline: whole, title: deck.title, isVisible: true, pieces, links, alts, notes };
    // A Chinese headline of two lines is broken where its sentence is.
    const breakAt = 'breakAt' in slide ? (slide.breakAt ?? 0) : 0;
    const lines = [whole.slice(0, breakAt), whole.slice(breakAt)];
    const header = ['questionLine' in slide ? (slide.questionLine ?? '') : '', ...lines];
    const footer = [footerRoom.title, ...('locator' in slide ? footerOf(slide) : []), `${index + 1}`];
    return { headline: whole, title, isVisible: true, pieces: [...header, ...pieces, ...footer], links, alts, notes };
  });

  /** What is too long for the footer is shortened there. */
  function shortened(texts: readonly (string | null)[], beside: readonly string[]): string[] {
    const { room, gap, widthOf } = footerRoom;
    const parts = texts.filter((text) => text !== null);
    const taken = beside.reduce((sum, text) => sum + widthOf(text) + gap, 0);
    return shortenAll(parts, room - taken - widthOf(' · ') * (parts.length - 1), widthOf);
  }

  function footerOf({ part, locator, draft, more, elsewhere, terms }: FromExchange): string[] {
    const badges = [...(draft ? [label('draftPoints')] : []), ...(more.length > 0 ? [label('more')] : [])];
    const other = elsewhere.length === 0 ? [] : [[label(part === 'short' ? 'evidence' : 'inShort'), ...elsewhere.map(pageOf)].join(' ')];
    const number = label('number', { number: locator.number });
    const beside = [...badges, ...(elsewhere.length === 0 ? [] : [`${label('inShort')} 9999`])];
    const source = part === 'short' ? [] : [join(' · ', ...shortened([locator.speaker, locator.start ?? locator.section, number], beside))];
    const listed = terms.length === 0 ? [] : [`${label('terms')} ${terms.map(({ text }) => text).join(label('listSeparator'))}`];
    return [...badges, ...source, ...other, ...listed];
  }
}

type Label = (key: string, values?: Record<string, string | number>) => string;
type FromExchange = Extract<Slide, { locator: unknown }>;
/** What a slide has besides its frame. */
type Content = Partial<Words> & Pick<Words, 'headline' | 'pieces'>;

/** A slide of the reference is continued from something to something; any other has its number. */
function continuedLabel(slide: Slide, label: Label): string[] {
  const { index, count } = slide.continued;
  if (count === 1) return [];
  const range = (all: readonly (string | number)[]) => [label('range', { from: all[0] ?? '', to: all.at(-1) ?? '' })];
  if (slide.kind === 'glossary') return range(slide.columns.flat().map(({ term }) => term));
  if (slide.kind === 'sources') return range(slide.columns.flat().map(({ locator }) => locator.number));
  return [label('part', { index, count })];
}

function wordsOf(slide: Slide, label: Label, pageOf: (id: string) => string): Content {
  switch (slide.kind) {
    case 'cover':
      return coverWords(slide, label);
    case 'summary':
      return {
        headline: slide.headline ?? label('summary'),
        pieces: slide.rows.flatMap(({ slide: to, text, role, number }) => [
          role === null ? String(number) : label(`story.${role}`),
          text,
          pageOf(to),
        ]),
      };
    case 'certainty':
      return {
        headline: label('certainty'),
        pieces: slide.columns.flatMap(({ certainty, statements }) => [
          label(`certainty.${certainty}`),
          ...statements.map(({ text, slide: to }) => (to === null ? text : `${text}\u00a0${pageOf(to)}`)),
        ]),
      };
    case 'map':
      return {
        headline: label('map'),
        pieces: [
          slide.claim,
          ...slide.supports.map(({ text }) => text),
          ...(slide.open === null ? [] : [`${label('leftOpen')} ${slide.open}`]),
        ],
      };
    case 'glossary':
      return {
        headline: label('glossary'),
        pieces: slide.columns
          .flat()
          .flatMap(({ term, definition, continued }) => [
            continued.count > 1 ? `${term} ${label('part', { ...continued })}` : term,
            ...linesOf(definition),
          ]),
      };
    case 'related':
      return {
        headline: label('related'),
        pieces: slide.themes.flatMap(({ title, subtitle, exchanges, shared }) => [
          title,
          subtitle ?? '',
          exchanges > 1 ? label('sharedExchanges', { count: exchanges }) : label('oneSharedExchange'),
          ...shared.map(({ text }) => text),
        ]),
      };
    case 'sources':
      return {
        headline: label('sources'),
        pieces: [
          ...slide.interviews.flatMap((interview) => interviewWords(interview, label)),
          ...slide.columns
            .flat()
            .flatMap(({ section, headline, locator }) => [section ?? '', String(locator.number), headline, locator.start ?? '']),
        ],
        links: [
          ...slide.interviews.flatMap(({ source }) => source?.url ?? []),
          ...slide.columns.flat().flatMap(({ locator }) => (locator.start === null ? [] : (locator.href ?? []))),
        ],
      };
    case 'changes':
      throw new TypeError('the round trip makes no slide of changes');
    default:
      return exchangeWords(slide, label);
  }
}

function nameOf({ name, role }: DeckPerson, label: Label): string {
  return name ?? label(`role.${role}`);
}

function coverWords(slide: Extract<Slide, { kind: 'cover' }>, label: Label): Content {
  const { claim, title, subtitle, people, interviews, sourceNote, summary } = slide;
  const detailOf = (person: DeckPerson) => {
    const role = label(`role.${person.role}`);
    return [nameOf(person, label) === role ? '' : role, person.affiliation ?? []].flat().join(' · ');
  };
  return {
    headline: claim,
    pieces: [
      title ?? '',
      claim,
      subtitle ?? '',
      ...people.flatMap((person) => [nameOf(person, label), detailOf(person)]),
      ...interviews.map((interview) => `${interview.title} · ${join(' · ', interview.date, interview.publisher)}`),
      sourceNote ?? '',
    ],
    notes: noteLines(summary),
  };
}

function interviewWords({ title, people, date, source }: SourceInterview, label: Label): string[] {
  const named = (person: DeckPerson) => {
    const name = nameOf(person, label);
    return isolate(person.affiliation === null ? name : label('affiliation', { name, affiliation: person.affiliation }));
  };
  const publishedIn = (published: NonNullable<SourceInterview['source']>) =>
    [join(' · ', published.title, published.publisher), published.accessed === null ? [] : label('accessed', { date: published.accessed })]
      .flat()
      .join(' · ');
  return [
    `${title} · ${people.map(named).join(label('listSeparator'))} · ${date}`,
    source === null ? '' : publishedIn(source),
    source?.note ?? '',
  ];
}

function exchangeWords(slide: FromExchange, label: Label): Content {
  const { speaker, section, start, interview, date, href, number } = slide.locator;
  const content = linesOf(slide.blocks);
  const numbers = slide.kind === 'number' ? slide.numbers.flatMap(({ value, label: words }) => [value, words]) : [];
  const drawn = slide.kind === 'figure' ? drawnWords(slide.figure) : [];
  const isFirst = slide.kind === 'figure' && slide.arrangement !== 'beside';
  return {
    headline: slide.headline,
    pieces: [
      ...(isFirst ? [...drawn, ...content] : [...numbers, ...content, ...drawn]),
      ...(slide.kind === 'quote' && slide.by !== null ? [`— ${slide.by}`] : []),
    ],
    alts: [
      ...(slide.kind === 'number' ? slide.numbers.map(({ alt }) => alt) : []),
      ...(slide.kind === 'figure' ? [slide.figure.alt] : []),
      ...altsOf(slide.blocks),
    ],
    links: [...linksOf(slide.blocks), ...(href === null || slide.part === 'short' ? [] : [href])],
    notes: [
      ...noteLines(slide.notes),
      ...(slide.more.length === 0 ? [] : [label('more'), ...noteLines(slide.more)]),
      ...(slide.question === null ? [] : [label('noteQuestion', { text: slide.question })]),
      label('noteSource', { text: join(' · ', speaker, interview, date, section, label('number', { number }), start) }),
      label('noteFile', { text: slide.file }),
    ],
  };
}

function join(separator: string, ...texts: (string | null)[]): string {
  return texts.flatMap((text) => (text === null ? [] : [isolate(text)])).join(separator);
}

function drawnWords(figure: Extract<Slide, { kind: 'figure' }>['figure']): string[] {
  switch (figure.kind) {
    case 'bars':
      return figure.items.flatMap(({ label, value, text }) => [
        label,
        text ?? [value, figure.unit].filter((part) => part !== undefined).join(' '),
      ]);
    case 'timeline':
      return figure.items.flatMap(({ when, label }) => [when, label]);
    case 'diagram':
      return [...figure.edges.flatMap(({ label }) => label ?? []), ...figure.nodes.map(({ label }) => label)];
    case 'comparison':
      return figure.columns.flatMap(({ label, text, items }) => [label, ...(text === undefined ? [] : [text]), ...items]);
    case 'opposites':
      return [figure.sides.less, figure.sides.more, ...figure.items.flatMap(({ label, value, text }) => [label, text ?? value])];
    case 'ladder':
      return [figure.limit, figure.margin ?? '', ...figure.steps];
    case 'quadrants':
      return [...[figure.y, figure.x].flatMap(({ label, high, low }) => [label, high, low]), ...figure.cells.map(({ label }) => label)];
    case 'horizon':
      throw new TypeError('the round trip makes no horizon, whose ticks depend on the width of its words');
  }
}

/** One text for each line that the author made. */
function linesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap(linesOfBlock);
}

function linesOfBlock(block: Block): string[] {
  switch (block.type) {
    case 'paragraph':
      return inlineToPlain(block.children.map(breakAsMark)).split(BREAK);
    case 'list':
      return block.items.flatMap(linesOf);
    case 'quote':
      return linesOf(block.children);
    case 'table':
      return [block.head, ...block.rows].flat().flatMap((cell) => inlineToPlain(cell.map(breakAsMark)).split(BREAK));
    case 'code':
      return block.value.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
    case 'image':
      return [];
  }
}

/** Notes are one line for each item, with its number or a dash, and for each row. */
function noteLines(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.type === 'list') {
      return block.items.flatMap((item, index) => {
        const [first = '', ...rest] = noteLines(item);
        return [`${block.ordered ? `${block.start + index}.` : '–'} ${first}`, ...rest];
      });
    }
    if (block.type === 'table')
      return [block.head, ...block.rows].map((row) =>
        row.map((cell) => linesOf([{ type: 'paragraph', children: cell }]).join(' ')).join(' | '),
      );
    return block.type === 'quote' ? noteLines(block.children) : linesOf([block]);
  });
}

const BREAK = '\u0000break\u0000';

function breakAsMark(node: Inline): Inline {
  if (node.type === 'break') return { type: 'text', value: BREAK };
  return 'children' in node ? { ...node, children: node.children.map(breakAsMark) } : node;
}

function altsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block): string[] => {
    if (block.type === 'image') return [block.alt];
    if (block.type === 'list') return block.items.flatMap(altsOf);
    return block.type === 'quote' ? altsOf(block.children) : [];
  });
}

function linksOf(blocks: readonly Block[]): string[] {
  const inline = (nodes: readonly Inline[]): string[] =>
    nodes.flatMap((node) => (node.type === 'link' ? [node.href] : 'children' in node ? inline(node.children) : []));
  return blocks.flatMap((block): string[] => {
    switch (block.type) {
      case 'paragraph':
        return inline(block.children);
      case 'list':
        return block.items.flatMap(linksOf);
      case 'quote':
        return linksOf(block.children);
      case 'table':
        return [block.head, ...block.rows].flat().flatMap(inline);
      default:
        return [];
    }
  });
}
