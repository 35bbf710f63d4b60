/** Renders planned documents as HTML pages: briefings, books and handouts, by their templates. */
import type { Book, BookChapter, BookExchange } from '../../model/outputs/book.ts';
import type { Briefing, BriefingExchange, BriefingInterview } from '../../model/outputs/briefing.ts';
import type { DrawnFigure } from '../../model/outputs/deck.ts';
import type { Handout, HandoutPage } from '../../model/outputs/handout.ts';
import type { Locale } from '../../model/outputs/locale.ts';
import type { Paper, PaperSize } from '../../model/outputs/paper.ts';
import { isolate } from '../../model/text/text.ts';
import { encodePath } from '../../shared/addresses.ts';
import { ExpectedError } from '../../shared/errors.ts';
import type { RenderContext } from '../engine.ts';
import { drawFigure } from '../figures/draw.ts';
import { figureContext, type Templates } from '../load-templates.ts';
import { protect } from '../printable.ts';
import type { BriefingTemplates, HandoutTemplates } from './load-documents.ts';

/**
 * Returns the briefing, ready to be printed. Throws ExpectedError when a template names a missing field, or when the language has no
 * locale.
 */
export function renderBriefing(briefing: Briefing, templates: Templates, own: BriefingTemplates, size: PaperSize): Paper {
  const locale = localeOf(briefing.lang, templates);
  const images = new Map<string, string>();
  const context = renderContext(locale, templates, images);
  const html = own.page(protect({ ...briefingView(briefing), languageTag: locale.languageTag, size }), context);
  return { html, ...own.looks[size], images };
}

/** Returns the book, ready to be printed. Throws ExpectedError when a template names a missing field, or when the language has no locale. */
export function renderBook(book: Book, templates: Templates, own: BriefingTemplates, size: PaperSize): Paper {
  const locale = localeOf(book.lang, templates);
  const images = new Map<string, string>();
  const html = own.page(protect({ ...bookView(book), languageTag: locale.languageTag, size }), renderContext(locale, templates, images));
  return { html, ...own.looks[size], images };
}

/** Returns the handout with placeholders for its slides. Throws ExpectedError when a template names a missing field. */
export function renderHandout(handout: Handout, locale: Locale, { page, styles }: HandoutTemplates, size: PaperSize): HandoutPage {
  const view = {
    ...handout,
    entries: handout.entries.map((entry) => ({ ...entry, notes: entry.notes.length === 0 ? null : entry.notes })),
  };
  const context = { locale, steps: false, footer: null, closed: '' as const, image: refuseDrawing, figure: refuseDrawing };
  return { html: page(protect(view), context), style: styles[size], size };
}

/** Returns the locale of a language. Throws ExpectedError when there is none. */
function localeOf(lang: string, { locales }: Templates): Locale {
  const locale = locales.get(lang);
  if (locale !== undefined) return locale;
  throw new ExpectedError(`there is no locale for "${lang}"`, { hint: `add locales/${lang}.json to the templates` });
}

/** Returns the data for the template: the plan, and values computed from it. */
function briefingView(briefing: Briefing): object {
  const { sections, interviews, changes } = briefing;
  const views = sections.map((section, index) => ({
    ...section,
    index: index + 1,
    count: sections.length,
    exchanges: section.exchanges.map(exchangeView),
  }));
  return {
    ...briefing,
    summary: emptyToNull(briefing.summary),
    only: interviews.length === 1 ? interviewView(interviews[0] as BriefingInterview) : null,
    interviews: interviews.map(interviewView),
    changes: changes === null ? null : { ...changes, nothing: changes.rows.length === 0 && changes.gone === 0 },
    several: sections.length > 1,
    sections: views,
    exchanges: views.flatMap(({ exchanges }) => exchanges),
  };
}

/** Returns an exchange as its template reads it. */
function exchangeView(exchange: BriefingExchange): object {
  const { notes, figures, numbers, terms, locator } = exchange;
  const foreign = { foreign: exchange.foreign };
  return {
    ...exchange,
    within: joined([locator.section, locator.whichInterview]),
    numbers: emptyToNull(numbers),
    // The words of a figure are in the language of its exchange.
    figures: figures.map((figure) => ({ figure, ...foreign })),
    notes: emptyToNull(notes),
    terms: emptyToNull(terms),
  };
}

/** Returns an interview as the templates read it. */
function interviewView({ source, ...interview }: BriefingInterview): object {
  return {
    ...interview,
    published: source === null ? null : joined([source.title, source.publisher]),
    url: source?.url ?? null,
    media: source?.media ?? null,
    accessed: source?.accessed ?? null,
  };
}

/** Returns what helpers need for a document. They add the images that it shows to `images`, by address. */
function renderContext(locale: Locale, templates: Templates, images: Map<string, string>): RenderContext {
  return {
    locale,
    steps: false,
    closed: '',
    footer: null,
    image: (src) => {
      const address = `content/${encodePath(src)}`;
      images.set(address, src);
      return address;
    },
    figure: (data) => {
      const { figure, foreign } = data as { figure: DrawnFigure; foreign: string | null };
      return drawFigure(figure, ROOM, figureContext(templates, foreign ?? locale.code)).svg();
    },
  };
}

/**
 * The room of a figure on paper, in CSS pixels before the style sheet scales it down (`--figure` in templates/briefing/briefing.css): the
 * text column and most of a page's height. Figures are drawn larger first, because their words have the size that slides need.
 */
const ROOM = { width: 712, height: 900 };

/** Returns null when there is nothing to join. */
function joined(parts: readonly (string | null)[]): string | null {
  const there = parts.flatMap((part) => (part === null ? [] : [isolate(part)]));
  return there.length === 0 ? null : there.join(' · ');
}

/** Templates test for null to find out whether a list has entries. */
function emptyToNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}

// The view of a book

/** Returns the data for the template: the plan, and values computed from it. */
function bookView(book: Book): object {
  const { chapters, interviews, exchanges, glossary } = book;
  const [only] = interviews;
  return {
    ...book,
    // The pages before the first chapter and after the last belong to no theme, so they take the first chapter's colour.
    accent: chapters[0]?.accent ?? '#16181d',
    only: only === undefined || interviews.length > 1 ? null : interviewView(only),
    interviews: interviews.map(interviewView),
    glossary: emptyToNull(glossary),
    // Not in the lists at the end, which are those of a briefing; chapters have their own.
    related: null,
    exchanges: exchanges.map(exchangeView),
    chapters: chapters.map((chapter, index) => ({ ...chapterView(chapter), index: index + 1, count: chapters.length })),
  };
}

function chapterView(chapter: BookChapter): object {
  const { sections, summary, bottomLine, related } = chapter;
  return {
    ...chapter,
    summary: emptyToNull(summary),
    bottomLine: emptyToNull(bottomLine),
    related: emptyToNull(related),
    told: emptyToNull(sections.flatMap(({ exchanges }) => exchanges.flatMap((each) => (each.kind === 'told' ? each.exchange : [])))),
    sections: sections.map((section, index) => ({
      ...section,
      index: index + 1,
      count: sections.length,
      exchanges: section.exchanges.map(exchangeInChapter),
    })),
  };
}

function exchangeInChapter(exchange: BookExchange): object {
  return exchange.kind === 'told' ? { kind: 'told', ...exchangeView(exchange.exchange) } : exchange;
}

/** Images and figures are on the slides. */
function refuseDrawing(): never {
  throw new TypeError('a handout has no images or figures of its own');
}
