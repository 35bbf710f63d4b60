import type { Corpus, Exchange, Interview, Term, Theme, WithheldPerson } from '../model/corpus.ts';
import type { Localized } from '../model/text.ts';
import { brokenFiles } from './broken.ts';
import type { Findings } from './findings.ts';
import type { Drafts } from './read-drafts.ts';
import { queryOf } from './references.ts';

/** Themes without an order come after those that have one. */
const LAST = 1000;
const DEFAULT_ACCENT = '#1d4ed8';

/** The corpus of what is free of errors. To be made after all findings are there. */
export function assemble(drafts: Drafts, languages: string[], withheld: WithheldPerson[], findings: Findings): Corpus {
  const interviews = interviewsOf(drafts, findings);
  return {
    baseLanguage: drafts.baseLanguage,
    languages,
    interviews,
    exchanges: exchangesOf(drafts, interviews, findings),
    themes: themesOf(drafts, findings),
    terms: termsOf(drafts, findings),
    tags: tagsOf(drafts),
    withheld,
    broken: brokenFiles(drafts, findings),
  };
}

function interviewsOf({ interviews }: Drafts, findings: Findings): Interview[] {
  const found = [...interviews.values()].flatMap(({ id, file, lang, page, texts }): Interview[] => {
    const value = page?.value ?? null;
    if (value === null || lang === null || findings.isBroken(file)) return [];
    const { date, attribution, embargo } = value;
    return [{ id, file, date, lang, attribution, embargo, text: localized(texts, findings) }];
  });
  return found.sort((a, b) => compareText(a.date, b.date) || compareText(a.id, b.id));
}

function exchangesOf({ exchanges }: Drafts, interviews: readonly Interview[], findings: Findings): Exchange[] {
  const order = new Map(interviews.map(({ id }, index) => [id, index]));
  const found = exchanges.flatMap(({ id, interview, number, file, page, texts }): Exchange[] => {
    const value = page?.value ?? null;
    if (value === null || !order.has(interview) || findings.isBroken(file)) return [];
    const { section = null, speaker = null, start = null, end = null, attribution = null, key, draft } = value;
    const tags = [...new Set(value.tags)];
    const suggested = [...new Set(value.suggested)].filter((tag) => !tags.includes(tag));
    const terms = [...new Set(value.terms)];
    const text = localized(texts, findings);
    return [{ id, interview, file, number, tags, suggested, section, speaker, start, end, key, terms, draft, attribution, text }];
  });
  return found.sort((a, b) => (order.get(a.interview) ?? 0) - (order.get(b.interview) ?? 0) || a.number - b.number);
}

function themesOf({ themes }: Drafts, findings: Findings): Theme[] {
  const found = themes.flatMap((theme): Theme[] => {
    const { id, file, page, texts } = theme;
    const value = page?.value ?? null;
    const query = queryOf(theme);
    if (value === null || query === null || findings.isBroken(file)) return [];
    const { order = LAST, accent = DEFAULT_ACCENT, steps } = value;
    return [{ id, file, order, accent, steps, query, text: localized(texts, findings) }];
  });
  return found.sort((a, b) => a.order - b.order || compareText(a.id, b.id));
}

function termsOf({ terms }: Drafts, findings: Findings): Term[] {
  const found = terms.flatMap(({ id, file, page, texts }): Term[] =>
    page?.value == null || findings.isBroken(file) ? [] : [{ id, file, text: localized(texts, findings) }],
  );
  return found.sort((a, b) => compareText(a.id, b.id));
}

function tagsOf({ tags, themes }: Drafts): Corpus['tags'] {
  const ids = new Set(themes.map(({ id }) => id));
  return new Map([...(tags ?? [])].filter(([tag]) => !ids.has(tag)));
}

/** Without the translations that have an error. */
function localized<T>(texts: readonly { lang: string; file: string; text: T }[], findings: Findings): Localized<T> {
  return Object.fromEntries(texts.filter(({ file }) => !findings.isBroken(file)).map(({ lang, text }) => [lang, text]));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
