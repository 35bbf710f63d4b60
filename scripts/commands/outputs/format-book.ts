/** Books as PDF: the briefings of all themes of a language in one document. */
import type { PaperJob } from '../../export/run/export-job.ts';
import { pickText, textsOf } from '../../model/text/text.ts';
import { bookName } from '../../plan/context.ts';
import { planBook } from '../../plan/plan-book.ts';
import { renderBook } from '../../render/documents/document-pages.ts';
import { tagOf } from '../../render/load-templates.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { type DeckOutcome, type DeckVerdict, whyNotReady } from '../decks/deck-outcome.ts';
import type { Workspace } from '../workspace.ts';
import { asPassages, DOCUMENT, documentJob, passagesOf, templatesOf } from './document-job.ts';
import type { ContentOutput, Making, Prepared } from './output.ts';
import { prepared } from './prepare-job.ts';

export const book: ContentOutput = {
  ...DOCUMENT,
  name: 'book',
  per: 'language',
  suffix: null,
  status: { key: 'book', label: 'book' },
  subjects: (judged, workspace) =>
    workspace.languages.map((lang) => {
      // In the order of the themes.
      const chapters = judged.filter((each) => each.lang === lang && each.state !== 'empty');
      return {
        name: bookName(lang, workspace.corpus.baseLanguage),
        isEmpty: chapters.length === 0,
        lack: lackOf(chapters),
        prepare: (making) => prepareBook(lang, chapters, workspace, making),
      };
    }),
};

type Chapters = readonly (DeckOutcome | DeckVerdict)[];

function lackOf(chapters: Chapters): string | null {
  const lacking = chapters.flatMap((chapter) => {
    const why = whyNotReady(chapter);
    return why === null ? [] : [`${chapter.theme} (${why})`];
  });
  return lacking.length === 0 ? null : `it would lack ${lacking.join(', ')}`;
}

/** Plans and renders the book of a language. Fails when one of its themes cannot be made, because a missing chapter would go unnoticed. */
function prepareBook(
  lang: string,
  decks: Chapters,
  workspace: Workspace,
  making: Pick<Making, 'paper' | 'settings'>,
): Promise<Prepared<PaperJob>> {
  return prepared(async () => {
    const lack = lackOf(decks);
    if (lack !== null) throw new ExpectedError(lack, { hint: 'correct these themes; the other PDFs are made without them' });
    const { corpus, templates, earlier } = workspace;
    const themes = corpus.themes.filter(({ id }) => decks.some(({ theme }) => theme === id));
    const today = making.settings.now.toISOString().slice(0, 10);
    const plan = planBook(themes, { corpus, lang, today, earlier, measure: templates });
    const { chapters, exchanges, glossary, interviews } = plan;
    const paper = renderBook(plan, templates, await templatesOf(workspace, 'book'), making.paper);
    const text = {
      title: templates.locales.get(lang)?.labels.book ?? '',
      subject: interviews.map(({ title }) => title).join(' · '),
      keywords: themes.map(({ text }) => pickText(text, lang, corpus.baseLanguage).value.title),
      passages: chapters.flatMap(({ title, subtitle, summary, sections: parts }) => [
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
      exchanges,
      others: { chapters: chapters.map(({ sections: _, ...chapter }) => chapter), glossary, interviews },
    };
    return documentJob(book, plan, paper, text, workspace, making);
  });
}
