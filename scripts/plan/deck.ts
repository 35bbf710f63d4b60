/** One theme in one language, planned: which slides, in which order, with what on them. */
import type { Theme } from '../model/corpus.ts';
import type { Deck, Slide } from '../model/deck.ts';
import { pickText } from '../model/text.ts';
import { changesSlides } from './changes.ts';
import { deckName, type PlanContext, type SectionGroup, type SlideIdOf } from './context.ts';
import { exchangeSlides } from './exchange-slides.ts';
import { glossarySlides, termsOf } from './glossary.ts';
import { overfullBy } from './heights.ts';
import { publishedInterview } from './locator.ts';
import { measureIn } from './measure.ts';
import { agendaSlides, bottomLineSlides, coverSlide, sectionSlide } from './opening.ts';
import { relatedSlides } from './related.ts';
import { type SelectedExchange, selectExchanges, withholdEverywhere } from './select.ts';
import { sourcesSlides } from './sources.ts';

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
  const people = published.flatMap((interview) => interview.people).filter(firstOf((person) => JSON.stringify(person)));
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
    people,
    date:
      interviews
        .map(({ date }) => date)
        .sort()
        .at(-1) ?? '',
    summary: text.summary,
    slides,
    sources: deckSources(theme, selected, context),
    overfull: slides.flatMap((slide) => {
      const pixels = overfull(slide);
      return pixels > 0 ? [{ slide: slide.id, file: 'file' in slide ? slide.file : null, pixels }] : [];
    }),
  };
}

function groupBySection(selected: readonly SelectedExchange[], lang: string): SectionGroup[] {
  const several = new Set(selected.map(({ interview }) => interview.id)).size > 1;
  const groups = new Map<string, SectionGroup>();
  for (const each of selected) {
    const { value: text, lang: textLang } = pickText(each.interview.text, lang, each.interview.lang);
    const section = text.sections.find(({ id }) => id === each.exchange.section) ?? null;
    const id = `section.${several ? `${each.interview.id}.` : ''}${section?.id ?? ''}`;
    const group = groups.get(id) ?? {
      id,
      title: section?.title ?? null,
      foreign: textLang === lang ? null : textLang,
      interview: several ? text.title : null,
      selected: [],
    };
    group.selected.push(each);
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** Slide ids of exchanges: their own id, with the interview's in front when two interviews share one. */
function exchangeIds(selected: readonly SelectedExchange[]): SlideIdOf {
  const count = new Map<string, number>();
  for (const { exchange } of selected) count.set(exchange.id, (count.get(exchange.id) ?? 0) + 1);
  return ({ exchange }) => ((count.get(exchange.id) ?? 0) > 1 ? `${exchange.interview}.${exchange.id}` : exchange.id);
}

function deckSources(theme: Theme, selected: readonly SelectedExchange[], { corpus, lang }: PlanContext): string[] {
  const translated = (file: string, text: object, base: string) =>
    lang !== base && lang in text ? file.replace(/\.md$/, `.${lang}.md`) : file;
  const files = new Set<string>([theme.file, translated(theme.file, theme.text, corpus.baseLanguage)]);
  for (const { exchange, interview } of selected) {
    for (const part of [exchange, interview]) {
      files.add(part.file);
      files.add(translated(part.file, part.text, interview.lang));
    }
  }
  const used = new Set(selected.flatMap(({ exchange }) => exchange.terms));
  for (const term of corpus.terms.filter(({ id }) => used.has(id))) {
    files.add(term.file);
    files.add(translated(term.file, term.text, corpus.baseLanguage));
  }
  return [...files].sort();
}

function firstOf<T>(key: (item: T) => string): (item: T) => boolean {
  const seen = new Set<string>();
  return (item) => {
    const known = seen.has(key(item));
    seen.add(key(item));
    return !known;
  };
}
