/** Names that must not leave the house, where they stand in text that does: an error, for one of them tells who spoke. */
import type { WithheldPerson } from '../model/corpus.ts';
import { NameFinder } from '../model/names.ts';
import type { Place } from '../model/problem.ts';
import { matchesQuery } from '../model/query.ts';
import { addressesIn, type Block, blocksToPlain } from '../model/text.ts';
import type { Page } from './draft.ts';
import { type Findings, startOf } from './findings.ts';
import type { ExchangeDraft } from './kind-exchange.ts';
import type { Matter } from './matter.ts';
import type { Drafts } from './read-drafts.ts';
import { queryOf } from './references.ts';
import { byInterview } from './withheld.ts';
import type { KeyPath } from './yaml-position.ts';

/**
 * Looks through everything of an interview that decks show: its titles, its exchanges, the themes that take them, the terms they use, and the ids that become
 * names of files and slides. A transcript counts where it stands in for points that nobody has written yet.
 */
export function reportWithheldNames(drafts: Drafts, withheld: readonly WithheldPerson[], findings: Findings): void {
  const within = byInterview(drafts.exchanges);
  for (const id of new Set(withheld.map(({ interview }) => interview))) {
    const interview = drafts.interviews.get(id);
    const search = new Search(new NameFinder(withheld.filter((person) => person.interview === id)), findings);
    if (interview === undefined) continue;
    search.id(id, interview.file);
    for (const page of pagesOf(interview)) {
      search.front(page.matter, ['title', 'people', 'sections']);
      search.body(page, page.body);
    }
    for (const exchange of within.get(id) ?? []) searchExchange(exchange, search);
  }
  searchShared(drafts, withheld, findings);
}

function searchExchange(exchange: ExchangeDraft, search: Search): void {
  search.id(exchange.id, exchange.file);
  for (const page of pagesOf(exchange)) {
    search.front(page.matter, ['question', 'takeaway', 'figures']);
    const { body, notes, transcript } = page.body;
    search.body(page, body.length > 0 ? [...body, ...notes] : [...notes, ...transcript], body.length > 0 ? TRANSCRIPT : null);
  }
}

/** Themes and terms belong to no interview; what they say stands beside the exchanges that they take or explain. */
function searchShared(drafts: Drafts, withheld: readonly WithheldPerson[], findings: Findings): void {
  const searchFor = (exchanges: readonly ExchangeDraft[]) => {
    const interviews = new Set(exchanges.map(({ interview }) => interview));
    return new Search(new NameFinder(withheld.filter(({ interview }) => interviews.has(interview))), findings);
  };
  for (const theme of withheld.length === 0 ? [] : drafts.themes) {
    const query = queryOf(theme);
    const search = searchFor(drafts.exchanges.filter(({ tags }) => query === null || matchesQuery(query, new Set(tags))));
    search.id(theme.id, theme.file);
    for (const page of pagesOf(theme)) {
      search.front(page.matter, ['title', 'subtitle']);
      search.body(page, page.body);
    }
  }
  for (const term of withheld.length === 0 ? [] : drafts.terms) {
    const uses = ({ page }: ExchangeDraft) => Array.isArray(page?.matter.data?.terms) && page.matter.data.terms.includes(term.id);
    const search = searchFor(drafts.exchanges.filter(uses));
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
/** Of a person or a section the words that are shown: a withheld person's own name is not. */
const SHOWN_IN_ITEMS = ['title', 'affiliation'];
/** In figures these name kinds and places; of themes and exchanges they serve the import. None stands on a slide. */
const NOT_SHOWN = ['kind', 'id', 'from', 'to', 'scale', 'direction', 'keywords', 'suggested'];

class Search {
  readonly #finder: NameFinder;
  readonly #findings: Findings;

  constructor(finder: NameFinder, findings: Findings) {
    this.#finder = finder;
    this.#findings = findings;
  }

  /** An id becomes the name of a file or a slide. */
  id(id: string, file: string): void {
    const found = this.#finder.findInAddress(id);
    if (found !== null) this.#report(startOf(file), `the id "${id}"`, found.text);
  }

  front(matter: Matter, keys: readonly string[]): void {
    for (const key of keys) this.#value(matter, [key], matter.data?.[key]);
  }

  /** Searches blocks; their place is looked for in the source, down to where `end` matches. */
  body({ file, matter }: { file: string; matter: Matter }, blocks: readonly Block[], end: RegExp | null = null): void {
    const { text = '', line = 1 } = matter.body ?? {};
    const shown = end === null ? text : text.slice(0, end.exec(text)?.index ?? text.length);
    const places = shown.split('\n').flatMap((source, index) => {
      const found = this.#finder.find(source);
      return found === null ? [] : [{ place: { file, line: line + index, column: found.index + 1 }, found: found.text }];
    });
    const hidden =
      this.#finder.find(blocksToPlain(blocks)) ?? firstOf(addressesIn(blocks), (address) => this.#finder.findInAddress(address));
    // Marks inside a name, an encoded address: the source alone does not tell.
    if (places.length === 0 && hidden !== null) places.push({ place: { file, line, column: 1 }, found: hidden.text });
    for (const { place, found } of places) this.#report(place, 'the text', found);
  }

  #value(matter: Matter, path: KeyPath, value: unknown): void {
    if (typeof value === 'string') {
      const found = this.#finder.find(value);
      if (found !== null)
        this.#report(matter.inside(path, found.index), `the ${String(path.findLast((step) => typeof step === 'string'))}`, found.text);
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

  #sectionId(matter: Matter, path: KeyPath, id: string): void {
    const found = this.#finder.findInAddress(id);
    if (found !== null) this.#report(matter.at(path), `the id "${id}"`, found.text);
  }

  #report(place: Place, where: string, name: string): void {
    this.#findings.add('withheld-name', place, { where, name });
  }
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
