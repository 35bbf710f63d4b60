/** A transcript -> the files of its interview, new or brought up to date. Reads and writes no file. */
import { asciiSlug, unusedSlug } from './ascii-slug.ts';
import { TagsOfCodes } from './codes.ts';
import { type Conversation, cutExchanges, type ExchangeText } from './exchanges.ts';
import type { ExistingExchange, ExistingInterview } from './existing.ts';
import type { FileChange } from './file-change.ts';
import type { ImportFinding } from './finding.ts';
import { finding } from './finding-text.ts';
import type { InterviewFacts } from './interview-facts.ts';
import { interviewFile } from './interview-file.ts';
import type { KnownContent, KnownTerm } from './known.ts';
import { type Matches, matchExchanges } from './match.ts';
import { mergeExchange, type Tagging, transcriptIn } from './merge-exchange.ts';
import { type MergedIndex, mergeIndex, withNewRows } from './merge-index.ts';
import { exchangeNumbers } from './numbers.ts';
import type { MakingOptions } from './options.ts';
import { findSpeakers, type Speaker } from './people.ts';
import { type Suggestion, tagSuggester } from './suggest-tags.ts';
import { type ImportedTerm, readNotes } from './terms.ts';
import type { Transcript, Turn } from './transcript.ts';
import { exchangeFile, termFile, transcriptSection, type Voice } from './written.ts';

export interface ImportPlan {
  id: string;
  /** Whether there is no index.md yet. */
  isNew: boolean;
  changes: FileChange[];
  /** Content files, by what happens to them. Gone: what was said there is not in the file any more; they stay. */
  exchanges: { added: string[]; changed: string[]; kept: string[]; gone: string[] };
  people: { name: string; role: string }[];
  sections: number;
  terms: { added: string[]; kept: string[] };
  /** Tags that tags.md has to declare, each with what its code is called. */
  undeclared: ReadonlyMap<string, string>;
  suggestions: { file: string; suggestions: Suggestion[] }[];
  /** What the content knows with this interview in it. */
  known: KnownContent;
  findings: ImportFinding[];
}

/** Null: the interview of that id is another one, for nothing that was said there is in the file. */
export function planImport(
  transcript: Transcript,
  facts: InterviewFacts & { date: string; lang: string },
  existing: ExistingInterview,
  known: KnownContent,
  options: MakingOptions,
): ImportPlan | null {
  const { lang } = facts;
  const findings = [...facts.findings];
  const turns = transcript.parts.filter((part): part is Turn => part.type === 'turn');
  const speakers = findSpeakers(turns, { ...options, unknown: UNKNOWN[lang] ?? 'Unknown speaker' });
  const conversation = cutExchanges(transcript.parts, (label) => speakerOf(speakers, label));
  const { exchanges } = conversation;
  const notes = readNotes(transcript.notes, known.terms);
  for (const { text, place } of notes.remarks) exchanges[exchangeAt(exchanges, place)]?.remarks.push(text);

  const own: Voice = { lang, personOf: ({ speaker }) => speaker };
  const matches = matchExchanges(
    exchanges.map((each) => ({ question: each.question, transcript: transcriptSection(each, own).trimEnd() })),
    existing.exchanges.map((each) => ({ question: questionIn(each), transcript: transcriptIn(each) })),
  );
  const isOther = existing.exchanges.length > 0 && matches.pairs.size === 0 && matches.regrouped.length === 0;
  if (isOther) return null;
  const pairs = [...matches.pairs].flatMap(([fresh, earlier]) => {
    const [one, other] = [exchanges[fresh], existing.exchanges[earlier]];
    return one === undefined || other === undefined ? [] : [{ fresh: one, earlier: other }];
  });
  const merged = mergeIndex(conversation.sections, speakers, pairs, existing.index);
  const making: Making = {
    transcript,
    conversation,
    existing,
    matches,
    merged,
    notes: notes.terms,
    codes: new TagsOfCodes(known),
    suggest: tagSuggester(known.themes, lang),
    suggestTags: options.suggestTags,
    voice: { lang, personOf: ({ speaker }) => merged.people.get(speaker) ?? { id: null, name: speaker.name } },
    findings,
  };
  sayWhoSpeaks(speakers, transcript, making);
  const files = makeExchanges(making);
  const index = makeIndex(facts, making);
  const terms = notes.terms.filter(({ isKnown }) => !isKnown);
  sayTermLanguage(terms, facts, known, making);
  return {
    id: existing.id,
    isNew: existing.index === null,
    changes: [
      ...index,
      ...files.changes,
      ...terms.map(({ id, name, aliases, definition }) => ({
        path: `terms/${id}.md`,
        before: null,
        after: termFile(name, aliases, definition),
      })),
    ],
    exchanges: files.exchanges,
    people: speakers.map((speaker) => ({ name: merged.people.get(speaker)?.name ?? speaker.name, role: speaker.role })),
    sections: conversation.sections.length,
    terms: {
      added: terms.map(({ id }) => `terms/${id}.md`),
      kept: notes.terms.filter(({ isKnown }) => isKnown).map(({ id }) => `terms/${id}.md`),
    },
    undeclared: making.codes.undeclared,
    suggestions: files.suggestions,
    known: learned(known, terms, making.codes),
    findings,
  };
}

const UNKNOWN: Readonly<Record<string, string>> = { zh: '发言人不明' };
/** As many tags as an exchange may have. */
const MOST_TAGS = 50;

interface Making {
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
  findings: ImportFinding[];
}

function speakerOf(speakers: readonly Speaker[], label: string | null): Speaker {
  const found = speakers.find(({ labels }) => labels.includes(label));
  if (found === undefined) throw new TypeError(`Nobody is called ${String(label)}`);
  return found;
}

function makeExchanges(making: Making): Pick<ImportPlan, 'changes' | 'exchanges' | 'suggestions'> {
  const { conversation, existing, matches, merged, voice, findings } = making;
  const made: Pick<ImportPlan, 'changes' | 'exchanges' | 'suggestions'> = {
    changes: [],
    exchanges: { added: [], changed: [], kept: [], gone: [] },
    suggestions: [],
  };
  const regrouped = new Set(matches.regrouped.flatMap(({ fresh }) => fresh));
  const numbers = exchangeNumbers(conversation.exchanges.length, matches, existing.exchanges);
  const slugs = new Set(existing.exchanges.map(({ slug }) => slug));
  const terms = termsByExchange(making);
  conversation.exchanges.forEach((text, index) => {
    if (regrouped.has(index)) return;
    const earlier = existing.exchanges[matches.pairs.get(index) ?? -1];
    const { suggestions, tagging } = tagsFor(text, making);
    const own = terms.get(index) ?? [];
    const newTerms = own.filter(({ isKnown }) => !isKnown).map(({ id }) => id);
    if (earlier === undefined) {
      const slug = unusedSlug(asciiSlug(text.question, 'exchange'), slugs);
      const path = `interviews/${existing.id}/${numbers.get(index) ?? '010'}-${slug}.md`;
      const section = text.section === null ? null : (merged.sections[text.section] ?? null);
      const after = exchangeFile({ text, section, ...tagging, terms: own.map(({ id }) => id) }, voice);
      made.changes.push({ path, before: null, after });
      made.exchanges.added.push(path);
      made.suggestions.push({ file: path, suggestions });
      return;
    }
    const { text: after, refused, missingRemarks } = mergeExchange(earlier, text, voice, { ...tagging, newTerms });
    if (refused !== null) findings.push(finding('not-updated', startOf(earlier.path), { key: refused }));
    for (const remark of missingRemarks)
      findings.push(finding('remark-left-out', text.place, { text: remark.slice(0, 80), exchange: earlier.path }));
    made.exchanges[after === earlier.text ? 'kept' : 'changed'].push(earlier.path);
    if (after !== earlier.text) made.changes.push({ path: earlier.path, before: earlier.text, after });
    made.suggestions.push({ file: earlier.path, suggestions });
  });
  sayRegrouped(making, made.exchanges.kept);
  const found = new Set([...matches.pairs.values(), ...matches.regrouped.flatMap(({ earlier }) => earlier)]);
  made.exchanges.gone = existing.exchanges.filter((_, index) => !found.has(index)).map(({ path }) => path);
  return made;
}

function makeIndex(facts: InterviewFacts & { date: string; lang: string }, making: Making): FileChange[] {
  const { existing, merged, conversation, findings } = making;
  const path = `interviews/${existing.id}/index.md`;
  if (existing.index === null) {
    const after = interviewFile(facts, merged.newPeople, merged.newSections, conversation);
    return [{ path, before: null, after }];
  }
  const after = withNewRows(existing.index, merged);
  if (after === null) findings.push(finding('not-updated', startOf(path), { key: 'sections, people' }));
  return after === null || after === existing.index.text ? [] : [{ path, before: existing.index.text, after }];
}

function tagsFor(
  text: ExchangeText,
  { codes, suggest, suggestTags, findings }: Making,
): { suggestions: Suggestion[]; tagging: Omit<Tagging, 'newTerms'> } {
  const coded = [...new Set(text.codes.map((code) => codes.tagOf(code)))];
  const suggestions = suggest({ question: text.question, answer: text.said.flatMap(({ paragraphs }) => paragraphs) });
  const suggested = suggestions.map(({ tag }) => tag).filter((tag) => !coded.includes(tag));
  const tags = suggestTags ? [...coded, ...suggested] : coded;
  if (tags.length > MOST_TAGS) findings.push(finding('too-many-tags', text.place, { tags: tags.slice(MOST_TAGS), limit: MOST_TAGS }));
  return { suggestions, tagging: { tags: tags.slice(0, MOST_TAGS), suggested: suggestTags ? [] : suggested } };
}

function termsByExchange({ notes, conversation: { exchanges } }: Making): Map<number, ImportedTerm[]> {
  const found = new Map<number, ImportedTerm[]>();
  for (const term of notes) {
    for (const index of new Set(term.places.map((place) => exchangeAt(exchanges, place))))
      found.set(index, [...(found.get(index) ?? []), term]);
  }
  return found;
}

/** The exchange in which something stands in the file; the first one for what stands before all. */
function exchangeAt(exchanges: readonly ExchangeText[], { line, column }: { line: number; column: number }): number {
  const found = exchanges.findLastIndex(({ place }) => place.line < line || (place.line === line && place.column <= column));
  return Math.max(0, found);
}

function questionIn({ matter }: ExistingExchange): string {
  return typeof matter?.data.question === 'string' ? matter.data.question : '';
}

function learned(known: KnownContent, terms: readonly ImportedTerm[], codes: TagsOfCodes): KnownContent {
  const added: KnownTerm[] = terms.map(({ id, name, aliases }) => ({ id, names: [name, ...aliases] }));
  return { ...known, terms: [...known.terms, ...added], tags: new Set([...known.tags, ...codes.undeclared.keys()]) };
}

function sayWhoSpeaks(speakers: readonly Speaker[], { file, parts }: Transcript, { merged, findings }: Making): void {
  const unnamed = speakers.find(({ labels }) => labels.includes(null));
  const place = parts.find((part) => part.type === 'turn' && part.speaker === null)?.place ?? { file, line: 1, column: 1 };
  if (unnamed !== undefined) findings.push(finding('unnamed-speaker', place, { name: unnamed.name, all: speakers.length === 1 }));
  const first = { file, line: 1, column: 1 };
  if (speakers.length > 1 && !speakers.some(({ role }) => role === 'interviewer')) findings.push(finding('nobody-asks', first, {}));
  const left = speakers.filter((speaker) => merged.people.get(speaker)?.id === null).map(({ name }) => name);
  if (left.length > 0) findings.push(finding('too-many-people', first, { names: left, limit: speakers.length - left.length }));
}

function sayRegrouped({ matches, existing, transcript, findings }: Making, kept: string[]): void {
  for (const { earlier, news } of matches.regrouped) {
    const files = earlier.flatMap((index) => existing.exchanges[index]?.path ?? []);
    kept.push(...files);
    findings.push(finding(news ? 'regrouped-news' : 'regrouped', { file: transcript.file, line: 1, column: 1 }, { files }));
  }
}

function sayTermLanguage(
  terms: readonly ImportedTerm[],
  { lang }: { lang: string },
  { baseLanguage }: KnownContent,
  { transcript, findings }: Making,
): void {
  const first = terms[0]?.places[0];
  if (first === undefined || baseLanguage === null || baseLanguage === lang) return;
  findings.push(finding('term-language', { ...first, file: transcript.file }, { count: terms.length, lang, base: baseLanguage }));
}

const startOf = (file: string) => ({ file, line: 1, column: 1 });
