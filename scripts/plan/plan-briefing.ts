/** Plans a theme in one language as a document for reading: selection, order and locators of the deck, but every exchange in full. */
import type { Theme } from '../model/corpus.ts';
import type { BottomLine, Briefing, BriefingExchange, BriefingPart } from '../model/outputs/briefing.ts';
import type { GlossaryTerm, SlideLink } from '../model/outputs/deck.ts';
import { type Block, pickText } from '../model/text/text.ts';
import { deckName, outputName, type PlanContext } from './context.ts';
import { draftPoints, headlineOf, linkTo, voicesOf } from './exchange-text.ts';
import { locatorOf, publishedInterview } from './locator.ts';
import { type Measure, measureIn } from './measure/measure.ts';
import { type PlannedStory, planStory, summaryOf } from './plan-story.ts';
import { type SelectedExchange, selectExchanges } from './select.ts';
import { planTables } from './slides/block-sizes.ts';
import { changesOf } from './slides/changes.ts';
import { withoutSpeaker } from './slides/exchange-slides.ts';
import { termsOf } from './slides/glossary.ts';
import { contentFiles, exchangeIds, groupBySection, newestDate, peopleOf } from './slides/groups.ts';
import { relatedThemes } from './slides/related.ts';

/** Plans the briefing of a theme. Deterministic: the same corpus, language and day give the same briefing. */
export function planBriefing(theme: Theme, context: PlanContext): Briefing {
  const { corpus, lang, today } = context;
  const selected = selectExchanges(corpus, theme, today);
  const idOf = exchangeIds(selected);
  const glossary = termsOf(selected, corpus, lang).map((term) => ({
    ...term,
    definition: paperTables(term.definition, measureIn(term.foreign ?? lang, context.measure)),
  }));
  const { value: text, lang: textLang } = pickText(theme.text, lang, corpus.baseLanguage);
  const interviews = [...new Set(selected.map(({ interview }) => interview))];
  const published = interviews.map((interview) => publishedInterview(interview, lang));
  const numbers = new Map(selected.map(({ exchange }, index) => [exchange, index + 1]));
  const numberOf = ({ exchange }: SelectedExchange) => {
    const number = numbers.get(exchange);
    if (number === undefined) throw new RangeError(`${exchange.interview}/${exchange.id} is not in the briefing`);
    return number;
  };
  const link = (each: SelectedExchange) => ({ ...linkTo(each, idOf(each), lang), source: numberOf(each) });
  return {
    theme: theme.id,
    lang,
    name: outputName(deckName(theme.id, lang, corpus.baseLanguage), 'briefing'),
    title: text.title,
    subtitle: text.subtitle,
    accent: theme.accent,
    foreign: textLang === lang ? null : textLang,
    people: peopleOf(published),
    date: newestDate(selected),
    summary: paperTables(text.summary, measureIn(textLang, context.measure)),
    interviews: published,
    answer: text.answer,
    open: text.open,
    bottomLine: bottomLineOf(planStory(theme, context), selected, link),
    changes: changesSince(theme, selected, link, context),
    sections: groupBySection(selected, lang).map(({ selected: members, ...section }) => ({
      ...section,
      exchanges: members.map((each) => {
        const place = { id: idOf(each), source: numberOf(each), several: interviews.length > 1 };
        return planExchange(each, place, { terms: termLinks(each, glossary), notes: theme.notes }, context);
      }),
    })),
    glossary,
    related: relatedThemes(theme, selected, idOf, context).map((related) => ({ ...related, name: outputName(related.name, 'briefing') })),
    sources: contentFiles(theme, selected, context),
  };
}

/** Returns the argument in a few lines, as in the short deck; for a theme without a story its key exchanges. */
function bottomLineOf(
  story: PlannedStory,
  selected: readonly SelectedExchange[],
  link: (each: SelectedExchange) => SlideLink & { source: number },
): BottomLine[] {
  if (story.origin === 'found')
    return selected
      .filter(({ exchange }) => exchange.key)
      .slice(0, MOST_KEY_TAKEAWAYS)
      .map((each) => ({ ...link(each), role: null }));
  return summaryOf(story).flatMap(({ role, headline, foreign, shown: [first] }) =>
    first === undefined ? [] : [{ ...link(first), text: headline, foreign, role }],
  );
}

const MOST_KEY_TAKEAWAYS = 5;

/** Plans the columns of tables for the text column of the page: `table` in the briefing's style sheet. */
function paperTables(blocks: readonly Block[], measure: Measure): Block[] {
  return planTables(
    blocks,
    { width: PAPER_COLUMN, style: { ...measure.geometry.text.compact, table: PAPER_TYPE, indent: PAPER_INDENT } },
    measure,
  );
}

/** In CSS pixels: 118 mm, 9 pt and 5 mm. */
const PAPER_COLUMN = 446;
const PAPER_TYPE = 12;
const PAPER_INDENT = 19;

function changesSince(
  theme: Theme,
  selected: readonly SelectedExchange[],
  link: (each: SelectedExchange) => SlideLink & { source: number },
  { corpus, lang, earlier }: PlanContext,
): Briefing['changes'] {
  if (earlier === null) return null;
  const { rows, gone } = changesOf(theme, selected, earlier, corpus, lang);
  return {
    since: earlier.since,
    rows: rows.map(({ selected: each, mark, earlier: then }) => ({ ...link(each), mark, earlier: then })),
    gone,
  };
}

function termLinks({ exchange }: SelectedExchange, glossary: readonly GlossaryTerm[]): SlideLink[] {
  return glossary
    .filter(({ id }) => exchange.terms.includes(id))
    .map(({ id, term, foreign }) => ({ slide: `term.${id}`, text: term, foreign }));
}

function planExchange(
  selected: SelectedExchange,
  { id, source, several }: { id: string; source: number; several: boolean },
  { terms, notes }: { terms: SlideLink[]; notes: boolean },
  { lang, measure }: PlanContext,
): BriefingExchange {
  const { exchange, interview } = selected;
  const { value: text, lang: textLang } = pickText(exchange.text, lang, interview.lang);
  const isDraft = text.body.length === 0;
  const inLang = measureIn(textLang, measure);
  const body = isDraft ? draftPoints(text.transcript, voicesOf(selected, textLang), textLang, inLang) : text.body;
  const locator = locatorOf(interview, exchange, lang, several);
  return {
    id,
    source,
    headline: headlineOf(selected, lang),
    question: text.takeaway === null ? null : text.question,
    foreign: textLang === lang ? null : textLang,
    locator,
    terms,
    numbers: text.figures.filter((figure) => figure.kind === 'number'),
    figures: text.figures.filter((figure) => figure.kind !== 'number'),
    parts: partsOf(paperTables(body, inLang), locator.speaker),
    notes: notes ? paperTables(text.notes, inLang) : [],
    draft: isDraft && body.length > 0,
    exchange: `${interview.id}/${exchange.id}`,
    file: text.file,
  };
}

function partsOf(body: readonly Block[], speaker: string | null): BriefingPart[] {
  return splitAtQuotes(body).map(({ kind, blocks }) =>
    kind === 'quote' ? { kind, blocks: withoutSpeaker(blocks, speaker), by: speaker } : { kind: 'points', blocks },
  );
}

/** Splits a body into runs of text and single quotes, in order. */
function splitAtQuotes(body: readonly Block[]): { kind: 'text' | 'quote'; blocks: Block[] }[] {
  const runs: { kind: 'text' | 'quote'; blocks: Block[] }[] = [];
  for (const block of body) {
    const last = runs.at(-1);
    if (block.type === 'quote') runs.push({ kind: 'quote', blocks: block.children });
    else if (last?.kind === 'text') last.blocks.push(block);
    else runs.push({ kind: 'text', blocks: [block] });
  }
  return runs;
}
