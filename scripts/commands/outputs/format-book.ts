/** Books as PDF: the briefings of all themes of a language in one document. */
import type { PaperJob } from '../../export/outputs/paper-job.ts';
import { readImages } from '../../export/outputs/paper-job.ts';
import type { Book } from '../../model/outputs/book.ts';
import type { PaperSize } from '../../model/outputs/paper.ts';
import { pickText, textsOf } from '../../model/text/text.ts';
import { bookName } from '../../plan/context.ts';
import { planBook } from '../../plan/plan-book.ts';
import { authorOf } from '../../render/deck-markdown.ts';
import { renderBook } from '../../render/documents/book-page.ts';
import { tagOf } from '../../render/load-templates.ts';
import { hashPackages } from '../../shared/cache/program-version.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { projectRoot } from '../../shared/paths.ts';
import { type DeckOutcome, type DeckVerdict, whyNotReady } from '../decks/deck-outcome.ts';
import { refuseNameOfDeck } from '../decks/deck-place.ts';
import type { Settings } from '../settings.ts';
import type { Workspace } from '../workspace.ts';
import {
  asPassages,
  hashPaper,
  partOf,
  passagesOf,
  passagesOfTerms,
  refuseNames,
  templatesOf,
  unsureInDocument,
} from './format-briefing.ts';
import type { OutputRequest } from './outputs.ts';
import { documentDate } from './prepare-job.ts';

type Judged = DeckOutcome | DeckVerdict;

/** Returns requests for the books, one for each language with publishable content. `judged` are all decks. */
export function bookRequests(
  judged: readonly Judged[],
  workspace: Workspace,
  size: PaperSize,
  settings: Settings,
): { requests: OutputRequest[]; notTried: Record<string, null> } {
  const wanted = workspace.languages.filter((lang) => chaptersIn(lang, judged).length > 0);
  const others = workspace.languages.filter((lang) => !wanted.includes(lang)).map((lang) => [`${nameIn(lang, workspace)}.pdf`, null]);
  const requests = wanted.map((lang) => ({
    format: 'book' as const,
    name: nameIn(lang, workspace),
    prepare: () => prepareBook(lang, judged, workspace, size, settings),
  }));
  return { requests, notTried: Object.fromEntries(others) };
}

/** Plans and renders the book of a language. Fails when one of its themes cannot be made, because a missing chapter would go unnoticed. */
export async function prepareBook(
  lang: string,
  judged: readonly Judged[],
  workspace: Workspace,
  size: PaperSize,
  settings: Settings,
): Promise<{ job: PaperJob } | { error: ExpectedError }> {
  try {
    const book = planOf(chaptersIn(lang, judged), lang, workspace, settings);
    await refuseNameOfDeck(book.name, settings);
    const paper = renderBook(book, workspace.templates, await templatesOf(workspace, 'book'), size);
    refuseNames(paper, book.sources, workspace);
    return { job: await jobOf(book, paper, size, workspace, settings) };
  } catch (error) {
    if (error instanceof ExpectedError) return { error };
    throw error;
  }
}

const nameIn = (lang: string, { corpus }: Workspace) => bookName(lang, corpus.baseLanguage);

/** Returns the themes with publishable content, in order. */
function chaptersIn(language: string, judged: readonly Judged[]): Judged[] {
  return judged.filter(({ lang, state }) => lang === language && state !== 'empty');
}

function planOf(chapters: readonly Judged[], lang: string, { corpus, templates, earlier }: Workspace, { now }: Settings): Book {
  const lacking = chapters.flatMap((chapter) => {
    const why = whyNotReady(chapter);
    return why === null ? [] : [`${chapter.theme} (${why})`];
  });
  if (lacking.length > 0)
    throw new ExpectedError(`it would lack ${lacking.join(', ')}`, { hint: 'correct these themes; the other PDFs are made without them' });
  const themes = corpus.themes.filter(({ id }) => chapters.some(({ theme }) => theme === id));
  return planBook(themes, { corpus, lang, today: now.toISOString().slice(0, 10), earlier, measure: templates });
}

type Paper = ReturnType<typeof renderBook>;

async function jobOf(book: Book, paper: Paper, size: PaperSize, { templates, corpus }: Workspace, settings: Settings): Promise<PaperJob> {
  const { lang, name, date, people, chapters, exchanges, interviews, sources } = book;
  const locale = templates.locales.get(lang);
  const images = await readImages(paper.images, settings.folders.content);
  const { glossary } = book;
  return {
    format: 'book',
    name,
    paper,
    size,
    images,
    languageTag: locale?.languageTag ?? lang,
    inputs: { ...hashPaper(paper, images), packages: await hashPackages(projectRoot) },
    date: documentDate(name, date, settings.env.SOURCE_DATE_EPOCH),
    metadata: {
      title: locale?.labels.book ?? '',
      author: authorOf(people),
      subject: interviews.map(({ title }) => title).join(' · '),
      keywords: corpus.themes
        .filter(({ id }) => chapters.some(({ theme }) => theme === id))
        .map(({ text }) => pickText(text, lang, corpus.baseLanguage).value.title),
    },
    passages: [
      ...chapters.flatMap(({ title, subtitle, summary, sections: parts }) => [
        ...asPassages([title, subtitle ?? '', ...textsOf(summary)], null),
        ...parts.flatMap(({ title: part, exchanges: shown }) => [
          ...asPassages([part ?? ''], null),
          ...shown.flatMap((each) =>
            each.kind === 'told'
              ? passagesOf(each.exchange, tagOf(each.exchange.foreign ?? lang, templates.locales))
              : asPassages([each.headline], each.id),
          ),
        ]),
      ]),
      ...passagesOfTerms(glossary),
    ],
    exchanges: exchanges.map(partOf),
    sources,
    unsure: unsureInDocument(
      exchanges,
      { chapters: chapters.map(({ sections: _, ...chapter }) => chapter), glossary, interviews },
      templates.hasGlyph,
    ),
  };
}
