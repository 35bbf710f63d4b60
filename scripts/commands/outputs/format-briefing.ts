/** Briefings as PDF, planned from the content like the decks to which they belong. */
import type { PaperJob } from '../../export/run/export-job.ts';
import { textsOf } from '../../model/text/text.ts';
import { outputName } from '../../plan/context.ts';
import { planBriefing } from '../../plan/plan-briefing.ts';
import { renderBriefing } from '../../render/documents/document-pages.ts';
import { tagOf } from '../../render/load-templates.ts';
import { type DeckOutcome, type DeckVerdict, whyNotReady } from '../decks/deck-outcome.ts';
import type { Workspace } from '../workspace.ts';
import { asPassages, DOCUMENT, documentJob, passagesOf, templatesOf } from './document-job.ts';
import type { ContentOutput, Making, Prepared } from './output.ts';
import { prepared } from './prepare-job.ts';

export const briefing: ContentOutput = {
  ...DOCUMENT,
  name: 'briefing',
  per: 'deck',
  suffix: 'briefing',
  status: { key: 'briefing', label: 'briefing' },
  subjects: (judged, workspace) =>
    judged.map((outcome) => ({
      name: outputName(outcome.name, 'briefing'),
      isEmpty: outcome.state === 'empty',
      lack: whyNotReady(outcome),
      prepare: (making) => prepareBriefing(outcome, workspace, making),
    })),
};

/** Plans and renders the briefing of a deck that can be made. */
export function prepareBriefing(
  { theme: id, lang }: DeckOutcome | DeckVerdict,
  workspace: Workspace,
  making: Pick<Making, 'paper' | 'settings'>,
): Promise<Prepared<PaperJob>> {
  return prepared(async () => {
    const { corpus, templates, earlier } = workspace;
    const theme = corpus.themes.find((each) => each.id === id);
    if (theme === undefined) throw new TypeError(`a deck of a theme "${id}" that is not there`);
    const today = making.settings.now.toISOString().slice(0, 10);
    const plan = planBriefing(theme, { corpus, lang, today, earlier, measure: templates });
    const { sections, ...others } = plan;
    const { title, subtitle, summary } = plan;
    const paper = renderBriefing(plan, templates, await templatesOf(workspace, 'briefing'), making.paper);
    const text = {
      title: `${title} · ${templates.locales.get(lang)?.labels.briefing ?? ''}`,
      subject: subtitle ?? '',
      keywords: [id],
      passages: [
        ...asPassages([title, subtitle ?? '', ...textsOf(summary)], null),
        ...sections.flatMap((section) => [
          ...asPassages(sections.length > 1 ? [section.title ?? ''] : [], null),
          ...section.exchanges.flatMap((exchange) => passagesOf(exchange, tagOf(exchange.foreign ?? lang, templates.locales))),
        ]),
      ],
      exchanges: sections.flatMap((section) => section.exchanges),
      others,
    };
    return documentJob(briefing, plan, paper, text, workspace, making);
  });
}
