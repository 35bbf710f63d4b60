import {
  type BrokenFile,
  byInterview,
  type Corpus,
  type Exchange,
  type Interview,
  type InterviewText,
  type Permission,
  type Term,
  type Theme,
  type WithheldPerson,
} from '../model/corpus.ts';
import { attribution, DATE } from '../model/front-matter.ts';
import type { Localized } from '../model/text/text.ts';
import type { Findings } from './findings.ts';
import { suggest } from './findings.ts';
import type { ExchangeDraft } from './kinds/kind-exchange.ts';
import type { PageMatter } from './kinds/page-matter.ts';
import { queryOf } from './kinds/references.ts';
import { isRecord } from './kinds/yaml.ts';
import { roleOf } from './pages/file-role.ts';
import type { PageMemory } from './pages/page-memory.ts';
import type { Drafts, InterviewDraft } from './read-drafts.ts';

/** Themes without an order come after those that have one. */
const LAST = 1000;
const DEFAULT_ACCENT = '#1d4ed8';

/** Builds the corpus from the drafts without errors. Call it after all checks: files with findings of severity error are left out. */
export function assemble(
  drafts: Drafts,
  { languages, withheld, memory }: { languages: string[]; withheld: WithheldPerson[]; memory: PageMemory | null },
  findings: Findings,
): Corpus {
  const interviews = interviewsOf(drafts, withheld, memory, findings);
  return {
    baseLanguage: drafts.baseLanguage,
    languages,
    interviews,
    exchanges: exchangesOf(drafts, interviews, memory, findings),
    themes: themesOf(drafts, findings),
    terms: termsOf(drafts, findings),
    tags: tagsOf(drafts),
    withheld,
    broken: brokenFiles(drafts, findings),
  };
}

function interviewsOf(
  { interviews }: Drafts,
  withheld: readonly WithheldPerson[],
  memory: PageMemory | null,
  findings: Findings,
): Interview[] {
  const within = byInterview(withheld);
  const found = [...interviews.values()].flatMap((draft): Interview[] => {
    const { id, file, lang, page, texts } = draft;
    const value = page?.value ?? null;
    if (value === null || lang === null || findings.isBroken(file)) return [];
    const { date, attribution, embargo } = value;
    const levels = new Map(within.get(id)?.map((each) => [each.person, each.attribution]));
    const judged = (text: InterviewText): InterviewText => ({
      ...text,
      people: text.people.map((person) => ({ ...person, attribution: levels.get(person.id) ?? null })),
    });
    const make = (): Interview => {
      const known = texts.map((each) => ({ ...each, text: judged(each.text) }));
      return { id, file, date, lang, attribution, embargo, text: localized(known, findings) };
    };
    const source = () => `${sourceOf(draft, 0, findings)} ${JSON.stringify([...levels])}`;
    return [memory === null ? make() : memory.sameAs(file, source, make)];
  });
  return found.sort((a, b) => compareText(a.date, b.date) || compareText(a.id, b.id));
}

function exchangesOf({ exchanges }: Drafts, interviews: readonly Interview[], memory: PageMemory | null, findings: Findings): Exchange[] {
  const order = new Map(interviews.map(({ id }, index) => [id, index]));
  const found = exchanges.flatMap((draft): Exchange[] => {
    const { id, interview, number, file, page, texts } = draft;
    const value = page?.value ?? null;
    if (value === null || !order.has(interview) || findings.isBroken(file)) return [];
    const { section = null, speaker = null, start = null, end = null, attribution = null, key, draft: isDraft } = value;
    const make = (): Exchange => {
      const tags = [...new Set(value.tags)];
      const suggested = [...new Set(value.suggested)].filter((tag) => !tags.includes(tag));
      const terms = [...new Set(value.terms)];
      const text = localized(texts, findings);
      return { id, interview, file, number, tags, suggested, section, speaker, start, end, key, terms, draft: isDraft, attribution, text };
    };
    return [memory === null ? make() : memory.sameAs(file, () => sourceOf(draft, number, findings), make)];
  });
  return found.sort((a, b) => (order.get(a.interview) ?? 0) - (order.get(b.interview) ?? 0) || a.number - b.number);
}

function themesOf({ themes }: Drafts, findings: Findings): Theme[] {
  const found = themes.flatMap((theme): Theme[] => {
    const { id, file, page, texts } = theme;
    const value = page?.value ?? null;
    const query = queryOf(theme);
    if (value === null || query === null || findings.isBroken(file)) return [];
    const { order = LAST, accent = DEFAULT_ACCENT, steps, notes } = value;
    return [{ id, file, order, accent, steps, notes, query, text: localized(texts, findings) }];
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

/**
 * Returns a key of everything that an interview or exchange is made from: the hashes of its files, which of its texts are used, and its
 * number.
 */
function sourceOf({ page, lang, translations, texts }: AnyDraft, number: number, findings: Findings): string {
  let source = `${number} ${lang} ${page?.hash}`;
  for (const translation of translations) source += ` ${translation.lang} ${translation.page.hash}`;
  for (const text of texts) source += findings.isBroken(text.file) ? ' -' : ` ${text.lang}`;
  return source;
}

type AnyDraft = Pick<InterviewDraft | ExchangeDraft, 'page' | 'lang' | 'translations' | 'texts'>;

/** Leaves out the translations that have an error. */
function localized<T>(texts: readonly { lang: string; file: string; text: T }[], findings: Findings): Localized<T> {
  return Object.fromEntries(texts.filter(({ file }) => !findings.isBroken(file)).map(({ lang, text }) => [lang, text]));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Returns the files that have an error, sorted by path, with what is still known about each. */
function brokenFiles(drafts: Drafts, findings: Findings): BrokenFile[] {
  const tags = new Map<string, string[] | null>([
    ...drafts.exchanges.map((exchange) => [exchange.file, exchange.tags] as const),
    ...drafts.misnamed.map((misnamed) => [misnamed.file, misnamed.tags] as const),
  ]);
  const matters = mattersOf(drafts);
  return [...findings.brokenFiles()].sort().map((file) => {
    const role = roleOf(file);
    const matter = matters.get(file);
    const permission = matter === undefined ? openPermission : permissionOf(matter);
    if (role.kind === 'misnamed') {
      return { file, kind: role.meant, lang: null, id: role.id, interview: role.interview, tags: tags.get(file) ?? null, permission };
    }
    const { kind, lang, id, interview, base } = role;
    return { file, kind, lang, id, interview, tags: tags.get(base) ?? null, permission };
  });
}

/** Returns the front matter of interviews, exchanges and their translations, by file. Only these say whether they may be published. */
function mattersOf({ interviews, exchanges }: Drafts): Map<string, PageMatter> {
  const pages = [...interviews.values(), ...exchanges].flatMap(({ page, translations }) => [
    ...(page === null ? [] : [page]),
    ...translations.map((translation) => translation.page),
  ]);
  return new Map(pages.map(({ file, matter }) => [file, matter]));
}

// Permissions of files with errors

/** Used for a file that says nothing about publishing, or that cannot be read at all: what was published before stays published. */
const openPermission: Permission = { draft: false, embargo: null, attribution: 'readable' };

/**
 * Returns whether a file may be published. A value that is present but unreadable forbids it, and so does a key that is probably
 * misspelt.
 */
function permissionOf({ data, source }: PageMatter): Permission {
  if (data === null || KEY_TWICE.test(source)) return permissionInText(source);
  const people = Array.isArray(data.people) ? data.people.filter(isRecord) : [];
  const levels = [data, ...people].flatMap((item) => ('attribution' in item ? [item.attribution] : []));
  const misspelt = [data, ...people].flatMap((item) => Object.keys(item).map(meantKey));
  return {
    draft: misspelt.includes('draft') ? 'unreadable' : readDraft(data.draft),
    embargo: misspelt.includes('embargo') ? 'unreadable' : readEmbargo(data.embargo),
    attribution: misspelt.includes('attribution') || !levels.every(isAttribution) ? 'unreadable' : 'readable',
  };
}

const KEYS = ['draft', 'embargo', 'attribution'] as const;
const KEY_TWICE = /^(draft|embargo|attribution)[ \t]*:[\s\S]*^\1[ \t]*:/m;

/** Returns which of `KEYS` was probably meant by a key. Null when the key is one of them or resembles none. */
function meantKey(key: string): (typeof KEYS)[number] | null {
  if (KEYS.some((known) => known === key)) return null;
  const meant = suggest(key, KEYS);
  return KEYS.find((known) => known === meant) ?? null;
}

function readDraft(value: unknown): Permission['draft'] {
  return value === undefined ? false : typeof value === 'boolean' ? value : 'unreadable';
}

function readEmbargo(value: unknown): Permission['embargo'] {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' && DATE.test(value) ? value : 'unreadable';
}

function isAttribution(value: unknown): boolean {
  return attribution.safeParse(value).success;
}

/** Returns the permission as far as single lines tell. For YAML that does not parse or that repeats a key. */
function permissionInText(source: string): Permission {
  const valuesOf = (key: string) =>
    [...source.matchAll(new RegExp(`(?:^|[{,\\s])["']?${key}["']?[ \\t]*:[ \\t]*(["']?[\\w-]*["']?)`, 'gim'))].map(
      ([, value = '']) => value,
    );
  const all = (key: string, harmless: RegExp) => valuesOf(key).every((value) => harmless.test(value));
  return {
    draft: all('draft', /^false$/) ? false : 'unreadable',
    embargo: all('embargo', /^(?:null)?$/) ? null : 'unreadable',
    attribution: all('attribution', /^["']?named["']?$/) ? 'readable' : 'unreadable',
  };
}
