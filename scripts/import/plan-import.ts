/** A transcript -> the new and changed files of its interview. Reads and writes no file. */
import { ExpectedError } from '../shared/errors.ts';
import { cutExchanges } from './exchanges/group-exchanges.ts';
import { namelessSlugs } from './exchanges/nameless-slug.ts';
import { findSpeakers, type Speaker } from './exchanges/people.ts';
import { type ExchangePlanning, exchangeAt, type MadeExchanges, makeExchanges } from './exchanges/plan-exchanges.ts';
import type { ImportFinding } from './finding.ts';
import { finding } from './finding-text.ts';
import type { ExistingExchange, ExistingInterview } from './merge/existing.ts';
import type { FileChange } from './merge/file-change.ts';
import type { InterviewFacts } from './merge/interview-facts.ts';
import { interviewFile } from './merge/interview-file.ts';
import type { KnownContent, KnownTerm } from './merge/known.ts';
import { matchExchanges } from './merge/match.ts';
import { remarksMissingIn, transcriptIn } from './merge/merge-exchange.ts';
import { mergeIndex, withNewRows } from './merge/merge-index.ts';
import type { MakingOptions } from './options.ts';
import { TagsOfCodes } from './tags/codes.ts';
import { type ImportedTerm, readNotes } from './tags/interview-terms.ts';
import { tagSuggester } from './tags/suggest-tags.ts';
import { termFile, transcriptSection, type Voice } from './tags/written.ts';
import { isTurn, type Transcript } from './transcript.ts';

export interface ImportPlan extends MadeExchanges {
  id: string;
  /** Whether the interview has no index.md yet. */
  isNew: boolean;
  people: { name: string; role: string }[];
  sections: number;
  terms: { added: string[]; kept: string[] };
  /** Tags to declare in tags.md, each with the name of its code. */
  undeclared: ReadonlyMap<string, string>;
  /** The content's themes, tags and terms, including those of this interview. */
  known: KnownContent;
  findings: ImportFinding[];
}

/**
 * Plans the files of an interview. Returns null when an interview with this id exists but shares nothing with the transcript. Throws
 * ExpectedError when there are more exchanges than a folder can sensibly hold.
 */
export function planImport(
  transcript: Transcript,
  facts: InterviewFacts & { date: string; lang: string },
  existing: ExistingInterview,
  known: KnownContent,
  options: MakingOptions,
): ImportPlan | null {
  const { lang } = facts;
  const findings = [...facts.findings];
  const turns = transcript.parts.filter(isTurn);
  const speakers = findSpeakers(turns, { ...options, unknown: UNKNOWN[lang] ?? 'Unknown speaker' });
  const conversation = cutExchanges(transcript.parts, speakerByLabel(speakers));
  const { exchanges } = conversation;
  if (exchanges.length > MOST_EXCHANGES) {
    throw new ExpectedError(`${transcript.file}: it has ${exchanges.length} exchanges; at most ${MOST_EXCHANGES} become an interview`, {
      hint: 'divide the file into its recordings',
    });
  }
  const slugOf = namelessSlugs(speakers.flatMap(({ name, labels }) => [name, ...labels.filter((label) => label !== null)]));
  const notes = readNotes(transcript.notes, known.terms, slugOf);
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
  const { interviewers } = options;
  const merged = mergeIndex(conversation.sections, speakers, pairs, existing.index, { isCast: interviewers.length > 0, slugOf });
  const making: ExchangePlanning = {
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
    slugOf,
    findings,
  };
  sayWhoSpeaks(speakers, transcript, making);
  const files = makeExchanges(making);
  sayKept(options, making);
  for (const file of existing.unreadable) findings.push(finding('not-read', startOf(file), {}));
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

/** Three days of questions, one a minute. */
const MOST_EXCHANGES = 5000;

function speakerByLabel(speakers: readonly Speaker[]): (label: string | null) => Speaker {
  const byLabel = new Map(speakers.flatMap((speaker) => speaker.labels.map((label) => [label, speaker] as const)));
  return (label) => {
    const found = byLabel.get(label);
    if (found === undefined) throw new TypeError(`Nobody is called ${String(label)}`);
    return found;
  };
}

function makeIndex(facts: InterviewFacts & { date: string; lang: string }, making: ExchangePlanning): FileChange[] {
  const { existing, merged, conversation, findings } = making;
  const path = `interviews/${existing.id}/index.md`;
  if (existing.index === null) {
    const after = interviewFile(facts, merged.newPeople, merged.newSections, conversation);
    return [{ path, before: null, after }];
  }
  const [first] = remarksMissingIn(existing.index.text, conversation.context);
  if (first !== undefined)
    findings.push(finding('remark-left-out', startOf(making.transcript.file), { text: first.slice(0, 80), file: path }));
  const after = withNewRows(existing.index, merged);
  if (after === null) findings.push(finding('not-updated', startOf(path), { key: 'sections, people' }));
  return after === null || after === existing.index.text ? [] : [{ path, before: existing.index.text, after }];
}

/** Reports options that differ from the existing interview, where only its author changes them. Equal values are not reported. */
function sayKept(options: MakingOptions, { existing: { index }, findings }: ExchangePlanning): void {
  const data = index?.matter?.data ?? {};
  const source: unknown = data.source;
  const written = {
    title: data.title,
    date: data.date,
    lang: data.lang,
    url: typeof source === 'object' && source !== null ? Reflect.get(source, 'url') : '',
  };
  for (const key of ['title', 'date', 'lang', 'url'] as const) {
    const given = options[key];
    if (index === null || given === null || given === written[key]) continue;
    findings.push(finding('kept-as-written', startOf(index.path), { key, given, written: String(written[key] ?? '') }));
  }
}

function questionIn({ matter }: ExistingExchange): string {
  return typeof matter?.data.question === 'string' ? matter.data.question : '';
}

function learned(known: KnownContent, terms: readonly ImportedTerm[], codes: TagsOfCodes): KnownContent {
  const added: KnownTerm[] = terms.map(({ id, name, aliases }) => ({ id, names: [name, ...aliases] }));
  return { ...known, terms: [...known.terms, ...added], tags: new Set([...known.tags, ...codes.undeclared.keys()]) };
}

function sayWhoSpeaks(speakers: readonly Speaker[], { file, parts }: Transcript, { merged, findings }: ExchangePlanning): void {
  const unnamed = speakers.find(({ labels }) => labels.includes(null));
  const place = parts.find((part) => part.type === 'turn' && part.speaker === null)?.place ?? { file, line: 1, column: 1 };
  if (unnamed !== undefined) findings.push(finding('unnamed-speaker', place, { name: unnamed.name, all: speakers.length === 1 }));
  const first = { file, line: 1, column: 1 };
  if (speakers.length > 1 && !speakers.some(({ role }) => role === 'interviewer')) findings.push(finding('nobody-asks', first, {}));
  const left = speakers.filter((speaker) => merged.people.get(speaker)?.id === null).map(({ name }) => name);
  if (left.length > 0) findings.push(finding('too-many-people', first, { names: left, limit: speakers.length - left.length }));
}

function sayTermLanguage(
  terms: readonly ImportedTerm[],
  { lang }: { lang: string },
  { baseLanguage }: KnownContent,
  { transcript, findings }: ExchangePlanning,
): void {
  const first = terms[0]?.places[0];
  if (first === undefined || baseLanguage === null || baseLanguage === lang) return;
  findings.push(finding('term-language', { ...first, file: transcript.file }, { count: terms.length, lang, base: baseLanguage }));
}

const startOf = (file: string) => ({ file, line: 1, column: 1 });
