/** Plans the exchange files of a transcript: which are new, which are updated, and which stay as somebody has regrouped them. */
import type { Place } from '../../model/problems/problem.ts';
import type { ImportFinding } from '../finding.ts';
import { finding } from '../finding-text.ts';
import type { ExistingInterview } from '../merge/existing.ts';
import type { FileChange } from '../merge/file-change.ts';
import type { Matches } from '../merge/match.ts';
import { mergeExchange, type Tagging } from '../merge/merge-exchange.ts';
import type { MergedIndex } from '../merge/merge-index.ts';
import type { TagsOfCodes } from '../tags/codes.ts';
import type { ImportedTerm } from '../tags/interview-terms.ts';
import { exchangeNumbers } from '../tags/spoken-numbers.ts';
import type { Suggestion, tagSuggester } from '../tags/suggest-tags.ts';
import { exchangeFile, type Voice } from '../tags/written.ts';
import type { Transcript } from '../transcript.ts';
import { unusedSlug } from './ascii-slug.ts';
import type { Conversation, SpokenExchange } from './group-exchanges.ts';
import type { Slugging } from './nameless-slug.ts';

/** The input for making the files of an interview. */
export interface ExchangePlanning {
  transcript: Transcript;
  conversation: Conversation;
  existing: ExistingInterview;
  matches: Matches;
  merged: MergedIndex;
  notes: readonly ImportedTerm[];
  codes: TagsOfCodes;
  suggest: ReturnType<typeof tagSuggester>;
  suggestTags: boolean;
  voice: Voice;
  slugOf: Slugging;
  /** Findings are added here. */
  findings: ImportFinding[];
}

export interface MadeExchanges {
  changes: FileChange[];
  /** Content files by what happens to them. `gone`: their text is no longer in the transcript; the files stay. */
  exchanges: { added: string[]; changed: string[]; kept: string[]; gone: string[] };
  /** `open`: suggested tags that the exchange does not have yet. */
  suggestions: { file: string; suggestions: Suggestion[]; open: string[] }[];
}

/** Plans the exchange files. The interview's sections and people must be known already. */
export function makeExchanges(making: ExchangePlanning): MadeExchanges {
  const { conversation, existing, matches, merged, voice, findings } = making;
  const made: MadeExchanges = {
    changes: [],
    exchanges: { added: [], changed: [], kept: [], gone: [] },
    suggestions: [],
  };
  const regrouped = new Set(matches.regrouped.flatMap(({ fresh }) => fresh));
  const numbers = exchangeNumbers(conversation.exchanges.length, matches, existing.exchanges);
  const unreadable = existing.unreadable.map((file) => file.replace(/^.*\/\d+-|\.md$/g, ''));
  const slugs = new Set([...existing.exchanges.map(({ slug }) => slug), ...unreadable]);
  const terms = termsByExchange(making);
  conversation.exchanges.forEach((text, index) => {
    if (regrouped.has(index)) return;
    const earlier = existing.exchanges[matches.pairs.get(index) ?? -1];
    const { suggestions, tagging } = tagsFor(text, making);
    const own = terms.get(index) ?? [];
    const newTerms = own.filter(({ isKnown }) => !isKnown).map(({ id }) => id);
    if (earlier === undefined) {
      const slug = unusedSlug(making.slugOf(text.question, 'exchange'), slugs);
      const path = `interviews/${existing.id}/${numbers.get(index) ?? '010'}-${slug}.md`;
      const section = text.section === null ? null : (merged.sections[text.section] ?? null);
      const after = exchangeFile({ text, section, ...tagging, terms: own.map(({ id }) => id) }, voice);
      made.changes.push({ path, before: null, after });
      made.exchanges.added.push(path);
      made.suggestions.push({ file: path, suggestions, open: suggestions.map(({ tag }) => tag) });
      return;
    }
    const { text: after, refused, missingRemarks } = mergeExchange(earlier, text, voice, { ...tagging, newTerms });
    if (refused !== null) findings.push(finding('not-updated', startOf(earlier.path), { key: refused }));
    for (const remark of missingRemarks)
      findings.push(finding('remark-left-out', text.place, { text: remark.slice(0, 80), file: earlier.path }));
    made.exchanges[after === earlier.text ? 'kept' : 'changed'].push(earlier.path);
    if (after !== earlier.text) made.changes.push({ path: earlier.path, before: earlier.text, after });
    const given: unknown = earlier.matter?.data.tags;
    const open = suggestions.map(({ tag }) => tag).filter((tag) => !(Array.isArray(given) && given.includes(tag)));
    made.suggestions.push({ file: earlier.path, suggestions, open });
  });
  sayRegrouped(making, made.exchanges.kept);
  const found = new Set([...matches.pairs.values(), ...matches.regrouped.flatMap(({ earlier }) => earlier)]);
  made.exchanges.gone = existing.exchanges.filter((_, index) => !found.has(index)).map(({ path }) => path);
  return made;
}

/** Returns the index of the exchange that contains a place in the file; 0 for a place before the first exchange. */
export function exchangeAt(exchanges: readonly SpokenExchange[], { line, column }: Place): number {
  const found = exchanges.findLastIndex(({ place }) => place.line < line || (place.line === line && place.column <= column));
  return Math.max(0, found);
}

/** The most tags an exchange may have. */
const MOST_TAGS = 50;

function tagsFor(
  text: SpokenExchange,
  { codes, suggest, suggestTags, findings }: ExchangePlanning,
): { suggestions: Suggestion[]; tagging: Omit<Tagging, 'newTerms'> } {
  const coded = [...new Set(text.codes.map((code) => codes.tagOf(code)))];
  const suggestions = suggest({ question: text.question, answer: text.said.flatMap(({ paragraphs }) => paragraphs) });
  const suggested = suggestions.map(({ tag }) => tag).filter((tag) => !coded.includes(tag));
  const tags = suggestTags ? [...coded, ...suggested] : coded;
  if (tags.length > MOST_TAGS) findings.push(finding('too-many-tags', text.place, { tags: tags.slice(MOST_TAGS), limit: MOST_TAGS }));
  return { suggestions, tagging: { tags: tags.slice(0, MOST_TAGS), suggested: suggestTags ? [] : suggested } };
}

function termsByExchange({ notes, conversation: { exchanges } }: ExchangePlanning): Map<number, ImportedTerm[]> {
  const found = new Map<number, ImportedTerm[]>();
  for (const term of notes) {
    for (const index of new Set(term.places.map((place) => exchangeAt(exchanges, place))))
      found.set(index, [...(found.get(index) ?? []), term]);
  }
  return found;
}

function sayRegrouped({ matches, existing, transcript, findings }: ExchangePlanning, kept: string[]): void {
  for (const { earlier, news } of matches.regrouped) {
    const files = earlier.flatMap((index) => existing.exchanges[index]?.path ?? []);
    kept.push(...files);
    findings.push(finding(news ? 'regrouped-news' : 'regrouped', { file: transcript.file, line: 1, column: 1 }, { files }));
  }
}

const startOf = (file: string) => ({ file, line: 1, column: 1 });
