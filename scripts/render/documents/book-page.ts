/** Renders a planned book as an HTML page, with its template and those of briefings. */
import type { Book, BookChapter, BookExchange } from '../../model/outputs/book.ts';
import type { Paper, PaperSize } from '../../model/outputs/paper.ts';
import type { Templates } from '../load-templates.ts';
import { protect } from '../printable.ts';
import { emptyToNull, exchangeView, interviewView, localeOf, renderContext } from './briefing-page.ts';
import type { BriefingTemplates } from './load-documents.ts';

/** Returns the book, ready to be printed. Throws ExpectedError when a template names a missing field, or when the language has no locale. */
export function renderBook(book: Book, templates: Templates, own: BriefingTemplates, size: PaperSize): Paper {
  const locale = localeOf(book.lang, templates);
  const images = new Map<string, string>();
  const html = own.page(protect({ ...viewOf(book), languageTag: locale.languageTag, size }), renderContext(locale, templates, images));
  return { html, ...own.looks[size], images };
}

/** Returns the data for the template: the plan, and values computed from it. */
function viewOf(book: Book): object {
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
