/** Shared by decks and briefings: sections, ids, content files, people. */
import type { Theme } from '../../model/corpus.ts';
import type { DeckPerson } from '../../model/outputs/deck.ts';
import { pickText } from '../../model/text/text.ts';
import type { PlanContext, SectionGroup, SlideIdOf } from '../context.ts';
import type { PublishedInterview } from '../locator.ts';
import type { SelectedExchange } from '../select.ts';

/** Groups exchanges by section, in their order. */
export function groupBySection(selected: readonly SelectedExchange[], lang: string): SectionGroup[] {
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

/** Returns the ids of exchanges. The id of the interview is put in front when two interviews share an exchange id. */
export function exchangeIds(selected: readonly SelectedExchange[]): SlideIdOf {
  const count = new Map<string, number>();
  for (const { exchange } of selected) count.set(exchange.id, (count.get(exchange.id) ?? 0) + 1);
  return ({ exchange }) => ((count.get(exchange.id) ?? 0) > 1 ? `${exchange.interview}.${exchange.id}` : exchange.id);
}

/** Returns the content files that a theme's exchanges are made from, relative to the content folder, sorted. */
export function contentFiles(theme: Theme, selected: readonly SelectedExchange[], { corpus, lang }: PlanContext): string[] {
  const translated = (file: string, text: object, base: string) =>
    lang !== base && Object.hasOwn(text, lang) ? file.replace(/\.md$/, `.${lang}.md`) : file;
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

/** Returns the people of the interviews as they may be shown, without duplicates. */
export function peopleOf(interviews: readonly PublishedInterview[]): DeckPerson[] {
  const people = new Map(interviews.flatMap((interview) => interview.people).map((person) => [JSON.stringify(person), person]));
  return [...people.values()];
}

/** Returns the newest date among the interviews, with the precision of the content. */
export function newestDate(selected: readonly SelectedExchange[]): string {
  return (
    selected
      .map(({ interview }) => interview.date)
      .sort()
      .at(-1) ?? ''
  );
}
