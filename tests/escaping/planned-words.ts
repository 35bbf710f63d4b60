/** The words that a planned slide is to show, in the order in which they stand on it. */

import type { Deck, DeckPerson, Slide } from '../../scripts/model/outputs/deck.ts';
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
  const label = (key: string, values: Record<string, string | number> = {}) =>
    (locale.labels[key] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => isolate(String(values[name])));
  const partOf = ({ part }: Slide) => (part.count > 1 ? [label('part', { ...part })] : []);
  const pageOf = (id: string) => String(deck.slides.findIndex((slide) => slide.id === id) + 1);
  const nameOf = ({ name, role }: DeckPerson) => name ?? label(`role.${role}`);

  const wordsOf = (slide: Slide): Partial<Words> & Pick<Words, 'headline' | 'pieces'> => {
    switch (slide.kind) {
      case 'cover':
        return {
          headline: slide.title,
          pieces: [
            label('briefing'),
            slide.title,
            slide.subtitle ?? '',
            ...slide.people.flatMap((person) => [
              nameOf(person),
              [nameOf(person) === label(`role.${person.role}`) ? '' : label(`role.${person.role}`), person.affiliation ?? []]
                .flat()
                .join(' · '),
            ]),
            ...linesOf(slide.shown),
            ...slide.interviews.flatMap(({ title, date, publisher }) => [title, join(' · ', date, publisher)]),
          ],
          notes: noteLines(slide.summary),
        };
      case 'bottom-line':
        return { headline: label('bottomLine'), pieces: slide.takeaways.flatMap(({ slide: to, text }) => [text, pageOf(to)]) };
      case 'agenda':
        return {
          headline: label('agenda'),
          pieces: slide.sections.flatMap(({ slide: to, title, interview, exchanges }) => [
            title ?? label('otherSection'),
            interview ?? '',
            exchanges > 1 ? label('exchanges', { count: exchanges }) : label('oneExchange'),
            pageOf(to),
          ]),
        };
      case 'section': {
        const headline = slide.title ?? label('otherSection');
        return {
          headline,
          pieces: [
            label('sectionOf', { index: slide.index, count: slide.count }),
            headline,
            slide.interview ?? '',
            slide.exchanges > 1 ? label('exchanges', { count: slide.exchanges }) : label('oneExchange'),
            ...slide.listed.flatMap(({ slide: to, text }) => [text, pageOf(to)]),
          ],
        };
      }
      case 'glossary':
        return {
          headline: label('glossary'),
          pieces: slide.columns
            .flat()
            .flatMap(({ term, definition, part }) => [
              part.count > 1 ? `${term} ${label('part', { ...part })}` : term,
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
      case 'sources': {
        const sources = slide.interviews.flatMap(({ source }) => source?.url ?? []);
        return {
          headline: label('sources'),
          pieces: [
            ...slide.interviews.flatMap(({ title, people, date, source }) => [
              `${title} · ${people.map((person) => isolate(person.affiliation === null ? nameOf(person) : label('affiliation', { name: nameOf(person), affiliation: person.affiliation }))).join(label('listSeparator'))} · ${date}`,
              source === null
                ? ''
                : [
                    join(' · ', source.title, source.publisher),
                    source.accessed === null ? [] : label('accessed', { date: source.accessed }),
                  ]
                    .flat()
                    .join(' · '),
            ]),
            ...slide.exchanges.flatMap(({ headline, locator }) => [
              String(locator.number),
              headline,
              join(' · ', locator.section, locator.start),
            ]),
          ],
          links: [...sources, ...slide.exchanges.flatMap(({ locator }) => locator.href ?? [])],
        };
      }
      case 'changes':
        throw new TypeError('the round trip makes no slide of changes');
      default: {
        const number = label('number', { number: slide.locator.number });
        const { speaker, section, start, interview, date, href } = slide.locator;
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
          links: [...linksOf(slide.blocks), ...(href === null ? [] : [href])],
          notes: [
            ...noteLines(slide.notes),
            ...(slide.question === null ? [] : [label('noteQuestion', { text: slide.question })]),
            label('noteSource', { text: join(' · ', speaker, interview, date, section, number, start) }),
            label('noteFile', { text: slide.file }),
          ],
        };
      }
    }
  };

  return deck.slides.map((slide, index) => {
    const { headline, pieces, links = [], alts = [], notes = [] } = wordsOf(slide);
    const part = partOf(slide);
    const title = part.length === 0 ? headline : join(' ', headline, ...part);
    // The number stays on the line of the last word.
    const whole = [headline, ...part].join('\u00a0');
    if (slide.kind === 'cover') return { headline: whole, title, isVisible: true, pieces, links, alts, notes };
    // A Chinese headline of two lines is broken where its sentence is.
    const breakAt = 'breakAt' in slide ? (slide.breakAt ?? 0) : 0;
    const lines = [whole.slice(0, breakAt), whole.slice(breakAt)];
    const header = slide.kind === 'section' ? [] : ['questionLine' in slide ? (slide.questionLine ?? '') : '', ...lines];
    const footer = [footerRoom.title, ...('locator' in slide ? footerOf(slide) : []), `${index + 1} / ${deck.slides.length}`];
    return { headline: whole, title, isVisible: true, pieces: [...header, ...pieces, ...footer], links, alts, notes };
  });

  /** What is too long for the footer is shortened there. */
  function shortened(texts: readonly (string | null)[], draft: boolean): string[] {
    const { room, gap, widthOf } = footerRoom;
    const parts = texts.filter((text) => text !== null);
    const beside = draft ? widthOf(label('draftPoints')) + gap : 0;
    return shortenAll(parts, room - beside - widthOf(' · ') * (parts.length - 1), widthOf);
  }

  function footerOf({ locator, draft, terms }: Extract<Slide, { kind: 'exchange' | 'figure' | 'number' | 'quote' }>): string[] {
    const number = label('number', { number: locator.number });
    return [
      draft ? label('draftPoints') : '',
      join(' · ', ...shortened([locator.speaker, locator.start ?? locator.section, number], draft)),
      terms.length === 0 ? '' : `${label('terms')} ${terms.map(({ text }) => text).join(label('listSeparator'))}`,
    ];
  }
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
