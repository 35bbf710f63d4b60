/** One theme in one language, planned: which slides, in which order, with what on them. */
import type { Theme } from '../model/corpus.ts';
import type { Deck, Slide } from '../model/outputs/deck.ts';
import { pickText } from '../model/text/text.ts';
import { deckName, type PlanContext, type SectionGroup } from './context.ts';
import { publishedInterview } from './locator.ts';
import { overfullBy } from './measure/heights.ts';
import { measureIn } from './measure/measure.ts';
import { selectExchanges, withholdEverywhere } from './select.ts';
import { changesSlides } from './slides/changes.ts';
import { exchangeSlides } from './slides/exchange-slides.ts';
import { glossarySlides, termsOf } from './slides/glossary.ts';
import { contentFiles, exchangeIds, groupBySection, newestDate, peopleOf } from './slides/groups.ts';
import { agendaSlides, bottomLineSlides, coverSlide, sectionSlide } from './slides/opening.ts';
import { relatedSlides } from './slides/related.ts';
import { sourcesSlides } from './slides/sources.ts';

/** Plans the deck of a theme. Deterministic: the same corpus, language, day and metrics give the same deck. */
export function planDeck(theme: Theme, given: PlanContext): Deck {
  const measure = measureIn(given.lang, given.measure);
  const context = { ...given, measure, corpus: withholdEverywhere(given.corpus) };
  const { corpus, lang, today } = context;
  const selected = selectExchanges(corpus, theme, today);
  const groups = groupBySection(selected, lang);
  const ids = exchangeIds(selected);
  const terms = termsOf(selected, corpus, lang);
  const { value: text } = pickText(theme.text, lang, corpus.baseLanguage);
  const interviews = [...new Set(selected.map(({ interview }) => interview))];

  const exchangesOf = (group: SectionGroup): Slide[] =>
    group.selected.flatMap((each) => {
      const links = terms
        .filter(({ id }) => each.exchange.terms.includes(id))
        .map(({ id, term, foreign }) => ({ slide: `term.${id}`, text: term, foreign }));
      const options = { id: ids(each), terms: links, several: interviews.length > 1 };
      const plan = () => exchangeSlides(each, options, lang, context.measure);
      return context.memory?.planOnce(each.exchange, each.interview, JSON.stringify([lang, options]), plan) ?? plan();
    });

  const published = interviews.map((interview) => publishedInterview(interview, lang));
  const people = peopleOf(published);
  const slides: Slide[] = [
    coverSlide(theme, published, people, context),
    ...bottomLineSlides(selected, ids, context),
    ...changesSlides(theme, selected, ids, context),
    ...agendaSlides(groups, context),
    ...groups.flatMap((group, index) => [...sectionSlide(group, index, groups.length, ids, context), ...exchangesOf(group)]),
    ...glossarySlides(terms, context),
    ...relatedSlides(theme, selected, ids, context),
    ...sourcesSlides(selected, published, ids, context),
  ];
  const overfull = (slide: Slide) => {
    const measured = () => overfullBy(slide, context.measure);
    return context.memory?.measureOnce(slide, measured) ?? measured();
  };
  return {
    theme: theme.id,
    lang,
    name: deckName(theme.id, lang, corpus.baseLanguage),
    title: text.title,
    subtitle: text.subtitle,
    accent: theme.accent,
    order: theme.order,
    steps: theme.steps,
    notes: theme.notes,
    people,
    date: newestDate(selected),
    summary: text.summary,
    slides,
    sources: contentFiles(theme, selected, context),
    overfull: slides.flatMap((slide) => {
      const pixels = overfull(slide);
      return pixels > 0 ? [{ slide: slide.id, file: 'file' in slide ? slide.file : null, pixels }] : [];
    }),
  };
}
