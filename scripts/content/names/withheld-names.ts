/** Finds the people who must not be named, and reports their names in text that is published: a name reveals who spoke. */
import type { Consent } from '../../model/consent.ts';
import { type Attribution, byInterview, type WithheldPerson } from '../../model/corpus.ts';
import { attribution, strictest } from '../../model/front-matter.ts';
import type { FoundName, NameFinder } from '../../model/names/name-finder.ts';
import type { Place } from '../../model/problems/problem.ts';
import { matchesQuery } from '../../model/query.ts';
import { addressesIn, type Block, blocksToPlain } from '../../model/text/text.ts';
import { type Findings, startOf } from '../findings.ts';
import type { ExchangeDraft } from '../kinds/kind-exchange.ts';
import type { Page } from '../kinds/page-draft.ts';
import type { PageMatter } from '../kinds/page-matter.ts';
import { queryOf } from '../kinds/references.ts';
import { isRecord, type KeyPath } from '../kinds/yaml.ts';
import type { Drafts, InterviewDraft } from '../read-drafts.ts';

/**
 * Returns everybody whom an `attribution` withholds: that of the interview, their own, or that of one exchange in which they speak. One
 * exchange is enough, because a name on the next slide or on the cover would reveal who spoke. An exchange without a speaker counts for
 * all people who are interviewed. Reads the files before any schema, so that files with errors count too.
 */
export function withheldPeople({ interviews, exchanges }: Drafts): WithheldPerson[] {
  const within = byInterview(exchanges);
  return [...interviews.values()].flatMap((interview) => {
    const data = interview.page?.matter.data ?? {};
    const spoken = (within.get(interview.id) ?? []).map(({ page }) => ({
      speaker: page?.matter.data?.speaker ?? null,
      level: levelIn(page?.matter.data?.attribution),
    }));
    return itemsIn(data, 'people').flatMap((person): WithheldPerson[] => {
      if (typeof person.id !== 'string') return [];
      const own = spoken.filter(({ speaker }) => speaker === person.id || (speaker === null && person.role !== 'interviewer'));
      const level = strictest([levelIn(data.attribution), levelIn(person.attribution), ...own.map((exchange) => exchange.level)]);
      if (level === 'named') return [];
      return [
        {
          interview: interview.id,
          person: person.id,
          attribution: level,
          names: [...new Set([...textsIn([person.name]), ...translatedNames(interview, person.id)])],
          aliases: textsIn(person.aliases),
          ordinaryWords: textsIn(person.ordinaryWords),
        },
      ];
    });
  });
}

/**
 * Searches everything of an interview that decks show: titles, exchanges, the themes that select them, the terms they use, and the ids
 * that become names of files and slides. A transcript is searched when it is shown in place of missing points.
 */
export function reportWithheldNames(drafts: Drafts, consent: Consent, findings: Findings): void {
  const within = byInterview(drafts.exchanges);
  for (const [id, interview] of drafts.interviews) {
    const search = searchFor([id], consent, findings);
    if (search === null) continue;
    search.id(id, interview.file);
    for (const page of pagesOf(interview)) {
      search.front(page.matter, ['title', 'people', 'sections']);
      search.body(page, page.body);
    }
    for (const exchange of within.get(id) ?? []) searchExchange(exchange, search);
  }
  searchShared(drafts, consent, findings);
}

/** Returns null when nobody is withheld in these interviews. */
function searchFor(interviews: readonly string[], consent: Consent, findings: Findings): Search | null {
  const finder = consent.finderIn(new Set(interviews));
  return finder && new Search(finder, findings);
}

function searchExchange(exchange: ExchangeDraft, search: Search): void {
  search.id(exchange.id, exchange.file);
  for (const page of pagesOf(exchange)) {
    search.front(page.matter, ['question', 'takeaway', 'figures']);
    const { body, notes, transcript } = page.body;
    search.body(page, body.length > 0 ? [...body, ...notes] : [...notes, ...transcript], body.length > 0 ? TRANSCRIPT : null);
  }
}

/** Themes and terms belong to no interview. They are searched for the names of the interviews whose exchanges they select or explain. */
function searchShared(drafts: Drafts, consent: Consent, findings: Findings): void {
  const searchIn = (isMeant: (exchange: ExchangeDraft) => boolean) =>
    searchFor(
      drafts.exchanges.filter(isMeant).map(({ interview }) => interview),
      consent,
      findings,
    );
  for (const theme of drafts.themes) {
    const query = queryOf(theme);
    const search = searchIn(({ tags }) => query === null || matchesQuery(query, new Set(tags)));
    if (search === null) continue;
    search.id(theme.id, theme.file);
    for (const page of pagesOf(theme)) {
      search.front(page.matter, ['title', 'subtitle', 'answer', 'open', 'story', 'certainty']);
      search.body(page, page.body);
    }
  }
  for (const term of drafts.terms) {
    const uses = ({ page }: ExchangeDraft) => Array.isArray(page?.matter.data?.terms) && page.matter.data.terms.includes(term.id);
    const search = searchIn(uses);
    if (search === null) continue;
    search.id(term.id, term.file);
    for (const page of pagesOf(term)) {
      search.front(page.matter, ['term', 'aliases']);
      search.body(page, page.body);
    }
  }
}

type AnyPage<B> = Page<unknown, B>;

function pagesOf<B>({ page, translations }: { page: AnyPage<B> | null; translations: { page: AnyPage<B> }[] }): AnyPage<B>[] {
  return [...(page === null ? [] : [page]), ...translations.map((translation) => translation.page)];
}

const TRANSCRIPT = /^ {0,3}##[ \t]+transcript\b/im;
/** The fields of a person or section that are shown. The person's own name is left out, because it is not shown when withheld. */
const SHOWN_IN_ITEMS = ['title', 'affiliation'];
/** Keys that are not on slides: in figures they name kinds and places; in themes and exchanges they serve the import. */
const NOT_SHOWN = ['kind', 'id', 'from', 'to', 'scale', 'direction', 'side', 'keywords', 'suggested', 'role', 'show'];
/** What messages call a text whose key does not name it. */
const CALLED: ReadonlyMap<string, string> = new Map([
  ['aliases', 'alias'],
  ['items', 'item of a figure'],
  ['open', 'open point'],
  ['say', 'headline'],
  ['steps', 'step of a figure'],
]);

class Search {
  readonly #finder: NameFinder;
  readonly #findings: Findings;
  /** Texts already reported, by file: a likely name is reported only once. */
  readonly #said = new Set<string>();

  constructor(finder: NameFinder, findings: Findings) {
    this.#finder = finder;
    this.#findings = findings;
  }

  /** Searches an id, which becomes the name of a file or a slide. */
  id(id: string, file: string): void {
    for (const found of this.#finder.all(id, 'address')) this.#report(startOf(file), `the id "${id}"`, found);
  }

  front(matter: PageMatter, keys: readonly string[]): void {
    for (const key of keys) this.#value(matter, [key], matter.data?.[key]);
  }

  /** Searches blocks. Finds the place of a name in the source, up to the first match of `end`. */
  body({ file, matter }: { file: string; matter: PageMatter }, blocks: readonly Block[], end: RegExp | null = null): void {
    const { text = '', line = 1 } = matter.body ?? {};
    const shown = end === null ? text : text.slice(0, end.exec(text)?.index ?? text.length);
    const lines = [...shown.matchAll(/^/gm)].map(({ index }) => index);
    const placeOf = (index: number) => {
      const before = lines.findLastIndex((start) => start <= index);
      return { file, line: line + before, column: index - (lines[before] ?? 0) + 1 };
    };
    const found = this.#finder.all(shown);
    for (const each of found) this.#report(placeOf(each.index), 'the text', each);
    const hidden = [
      ...this.#finder.all(blocksToPlain(blocks)),
      ...addressesIn(blocks).flatMap((address) => this.#finder.all(address, 'address')),
    ];
    const isKnown = ({ certainty }: FoundName) => found.some((each) => each.certainty === certainty);
    // Names with marks inside them or in encoded addresses cannot be found in the source, so they are reported for the text as a whole.
    for (const each of hidden.filter((each) => !isKnown(each))) this.#report({ file, line, column: 1 }, 'the text', each);
  }

  #value(matter: PageMatter, path: KeyPath, value: unknown): void {
    if (typeof value === 'string') {
      const key = String(path.findLast((step) => typeof step === 'string'));
      const where = `the ${CALLED.get(key) ?? key}`;
      for (const found of this.#finder.all(value)) this.#report(matter.inside(path, found.index), where, found);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const step = Array.isArray(value) ? Number(key) : key;
      const isItemOf = path[0] === 'people' || path[0] === 'sections';
      if (path[0] === 'sections' && key === 'id' && typeof inner === 'string') this.#sectionId(matter, [...path, key], inner);
      else if (typeof step === 'number' || (isItemOf ? SHOWN_IN_ITEMS.includes(step) : !NOT_SHOWN.includes(step)))
        this.#value(matter, [...path, step], inner);
    }
  }

  #sectionId(matter: PageMatter, path: KeyPath, id: string): void {
    for (const found of this.#finder.all(id, 'address')) this.#report(matter.at(path), `the id "${id}"`, found);
  }

  #report(place: Place, where: string, { text, certainty }: FoundName): void {
    const key = `${place.file} ${text}`;
    if (certainty === 'certain') this.#findings.add('withheld-name', place, { where, name: text });
    else if (!this.#said.has(key)) this.#findings.add('likely-name', place, { where, name: text });
    this.#said.add(key);
  }
}

// The people, as the files name them

/** Returns null for an unreadable value. Files with such values are held back elsewhere. */
function levelIn(value: unknown): Attribution | null {
  return value === undefined ? null : (attribution.safeParse(value).data ?? null);
}

function translatedNames({ translations }: InterviewDraft, person: string): string[] {
  return translations.flatMap(({ page }) =>
    itemsIn(page.matter.data ?? {}, 'people').flatMap(({ id, name }) => (id === person ? textsIn([name]) : [])),
  );
}

function itemsIn(data: NonNullable<PageMatter['data']>, key: string): Readonly<Record<string, unknown>>[] {
  const items = data[key];
  return Array.isArray(items) ? items.filter(isRecord) : [];
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
