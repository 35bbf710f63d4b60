/** Renders a planned deck as Slidev Markdown, and reads the result back with Slidev's own parser. */
import { parseSlide, parseSync } from '@slidev/parser/core';
import Handlebars from 'handlebars';
import type { Deck, DeckPerson, FigureSlide, Slide, SourceInterview } from '../model/outputs/deck.ts';
import type { Locale } from '../model/outputs/locale.ts';
import { inLanguage } from '../model/outputs/metrics.ts';
import type { FrontMatter, SlideMemory } from '../model/outputs/slide-memory.ts';
import { isolate, shorten } from '../model/text/text.ts';
import { deckAddress } from '../shared/addresses.ts';
import { ExpectedError } from '../shared/errors.ts';
import type { RenderContext } from './engine.ts';
import { drawFigure } from './figures/draw.ts';
import { figureContext, type Templates } from './load-templates.ts';
import { protect } from './printable.ts';

export interface DeckPlaces {
  /** Path from the folder of the decks to the theme, with forward slashes. */
  theme: string;
  /** Path from the folder of the decks to the content folder, with forward slashes. */
  content: string;
}

/**
 * Returns the complete text of the deck's file. Throws ExpectedError when a template names a missing field, and when Slidev's parser does
 * not read the planned deck from the result (text was then not escaped).
 */
export function renderDeck(deck: Deck, templates: Templates, places: DeckPlaces, memory: SlideMemory | null = null): string {
  const locale = templates.locales.get(deck.lang);
  if (locale === undefined)
    throw new ExpectedError(`there is no locale for "${deck.lang}"`, { hint: `add locales/${deck.lang}.json to the templates` });
  const footer = planFooter(deck.title, deck.lang, templates);
  const context = { ...renderContext(locale, deck.steps, templates, places), footer };
  const rendered = deck.slides.map((slide) => {
    const render = () => `${templates.slides[slide.kind](protect({ ...slideView(slide), words: slide.words ?? null }), context).trim()}\n`;
    return memory?.renderOnce(slide, `${locale.code} ${deck.steps} ${footer.room}`, render) ?? render();
  });
  const [first = '', ...rest] = rendered;
  const head = {
    ...protect({
      theme: places.theme,
      title: deck.title,
      footerTitle: footer.title === deck.title ? null : footer.title,
      subtitle: deck.subtitle,
      author: authorOf(deck.people),
      languageTag: locale.languageTag,
      lang: deck.lang,
      accent: deck.accent,
      order: deck.order,
      id: deck.theme,
      newest: deck.date,
      notes: deck.notes,
    }),
    // The first slide shares the deck's front matter, so its opening fence is removed.
    first: new Handlebars.SafeString(first.replace(/^---\n/, '')),
    rest: rest.map((slide) => new Handlebars.SafeString(slide)),
  };
  const markdown = templates.deck(head, context);
  verifyDeck(markdown, deck, templates.keys, memory);
  return markdown;
}

/** Returns the deck's title for the footers, and the width that is left between title and page number, in CSS pixels. */
export function planFooter(deckTitle: string, lang: string, { geometry, width: widthIn }: Templates) {
  const { size, deckWidth, gap } = geometry.footer;
  const width = inLanguage(widthIn, lang);
  const title = shorten(deckTitle, deckWidth, (text) => width(text, 'sans-bold', size));
  const taken = width(title, 'sans-bold', size) + width(LONGEST_PAGE, 'sans', size) + 2 * gap;
  // The label of a draft has a border and padding.
  return { title, room: Math.floor(geometry.frame.width - taken) - 1, gap: gap + 14, widthOf: (text: string) => width(text, 'sans', size) };
}

const LONGEST_PAGE = '9999 / 9999';

/** Returns the author of a document: the names of the interviewees. */
export function authorOf(people: readonly DeckPerson[]): string {
  return people.flatMap(({ role, name }) => (role === 'interviewee' && name !== null ? [isolate(name)] : [])).join(', ');
}

function renderContext(locale: Locale, steps: boolean, templates: Templates, places: DeckPlaces): Omit<RenderContext, 'footer'> {
  return {
    locale,
    steps,
    image: (src) => deckAddress(`${places.content}/${src}`),
    figure: (data) => {
      // The template passes on the figure and the room of a planned slide, which were wrapped for printing.
      const { figure, room, foreign } = data as FigureSlide;
      return drawFigure(figure, room, figureContext(templates, foreign ?? locale.code)).svg();
    },
  };
}

/** Returns the fields of a slide for its template: the planned slide, and values computed from it. */
function slideView(slide: Slide): object {
  switch (slide.kind) {
    case 'figure':
    case 'number':
      return { ...slide, blocks: emptyToNull(slide.blocks) };
    case 'glossary': {
      const terms = slide.columns.flat();
      return { ...slide, from: terms[0]?.term ?? null, to: terms.at(-1)?.term ?? null };
    }
    case 'sources': {
      const entries = slide.columns.flat();
      const interviews = slide.interviews.map(publishedView);
      return { ...slide, interviews, from: entries[0]?.locator.number ?? null, to: entries.at(-1)?.locator.number ?? null };
    }
    default:
      return slide;
  }
}

function publishedView({ source, ...interview }: SourceInterview): object {
  const published = source === null ? null : [source.title, source.publisher].flatMap((part) => (part === null ? [] : [isolate(part)]));
  return {
    ...interview,
    published: published?.join(' · ') ?? null,
    url: source?.url ?? null,
    media: source?.media ?? null,
    accessed: source?.accessed ?? null,
    sourceNote: source?.note ?? null,
  };
}

function emptyToNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}

// Verification: Slidev's own parser must read exactly what was planned.

/** Throws ExpectedError when slides were split, joined or dropped, or when front matter differs from the plan. */
function verifyDeck(markdown: string, deck: Deck, keys: Templates['keys'], memory: SlideMemory | null = null): void {
  // How a deck is split into slides depends on the whole text. A slide's front matter depends only on that slide's text, so it can be
  // remembered.
  const { slides } = parseSync(markdown, `${deck.name}.md`, { noParseYAML: true });
  if (slides.length !== deck.slides.length) {
    throw broken(deck, `it has ${slides.length} slides for Slidev, but ${deck.slides.length} were planned`);
  }
  const texts = slides.map(({ raw }) => raw);
  const read = memory?.readOnce(deck.name, texts, readFrontMatter) ?? texts.map(readFrontMatter);
  for (const [index, { layout, slideId, keys: found }] of read.entries()) {
    const planned = deck.slides[index];
    if (planned === undefined || layout !== planned.kind || slideId !== planned.id) {
      throw broken(
        deck,
        `slide ${index + 1} is ${String(layout)} "${String(slideId)}" for Slidev, but ${planned?.kind} "${planned?.id}" was planned`,
      );
    }
    const known = keys[planned.kind];
    const unexpected = found.filter((key) => !known.has(key) && !(index === 0 && keys.deck.has(key)));
    if (unexpected.length > 0) throw broken(deck, `slide ${index + 1} has front matter that no template wrote: ${unexpected.join(', ')}`);
  }
  const ids = new Set<string>();
  for (const { id } of deck.slides) {
    if (ids.has(id)) throw broken(deck, `two slides have the id "${id}"`);
    ids.add(id);
  }
}

function readFrontMatter(text: string): FrontMatter {
  const { frontmatter } = parseSlide(text);
  return { layout: frontmatter.layout, slideId: frontmatter.slideId, keys: Object.keys(frontmatter) };
}

function broken(deck: Deck, what: string): ExpectedError {
  return new ExpectedError(`the generated deck ${deck.name} is not what was planned: ${what}`, {
    hint: 'a template prints text in a place it was not made for; the last good deck is kept',
  });
}
