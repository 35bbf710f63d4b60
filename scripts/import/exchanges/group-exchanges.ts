/** Turns -> exchanges. An exchange is a question with its follow-ups and all answers to it. */
import type { Place } from '../../model/problems/problem.ts';
import { countWords } from '../../model/text/text.ts';
import { type Spoken, type SpokenItem, spokenParts } from '../tags/spoken.ts';
import type { TranscriptPart } from '../transcript.ts';
import type { Speaker } from './people.ts';
import { isPrompt, QUESTION_MARK } from './people.ts';
import { leadingSentence, questionOf } from './question.ts';

export interface SpokenExchange {
  question: string;
  /** Index of its section; null before the first heading. */
  section: number | null;
  /** The text below `## Transcript`. Without the question when `question` holds it in full. */
  said: Spoken[];
  /** The person who answers; when there is no answer, the person who speaks most. */
  speaker: Speaker | null;
  /** Text without a speaker: captions, and editor's remarks that define no term. */
  remarks: string[];
  codes: string[];
  /** In ms from the beginning; null when the file has no times. */
  start: number | null;
  end: number | null;
  /** The place in the file where it begins. */
  place: Place;
}

export interface Conversation {
  /** The prose before the first turn and after the last one. */
  context: string[];
  sections: string[];
  exchanges: SpokenExchange[];
}

/** Cuts a conversation into exchanges, in the order of the file. Every word of the parts is in the result exactly once. */
export function cutExchanges(parts: readonly TranscriptPart[], speakerOf: (label: string | null) => Speaker): Conversation {
  const { context, sections, items: given } = spokenParts(parts, speakerOf);
  const isInterview = given.some((item) => item.type === 'spoken' && item.speaker.role === 'interviewer');
  // A speech without an interviewer can be cut at every paragraph.
  const items = isInterview ? given : given.flatMap((item): SpokenItem[] => (item.type === 'spoken' ? byParagraph(item) : [item]));
  const groups: Group[] = [];
  let section: number | null = null;
  let pending: string[] = [];
  let current: Group | null = null;
  for (const item of items) {
    if (item.type === 'section') {
      section = item.index;
      current = null;
    } else if (item.type === 'remark') {
      (current?.remarks ?? pending).push(item.text);
    } else if (current === null || begins(item, current, isInterview)) {
      current = newGroup(section, item, pending);
      groups.push(current);
      pending = [];
    } else {
      addTo(current, item);
    }
  }
  // These remarks follow the last turn.
  if (pending.length > 0) (groups.at(-1)?.remarks ?? context).push(...pending);
  return { context, sections, exchanges: (isInterview ? joinSmall(groups) : groups).flatMap(divideLong).map(toExchange) };
}

interface Group {
  section: number | null;
  turns: Spoken[];
  /** The range of turns that ask the question; `to` is exclusive. */
  asked: { from: number; to: number };
  remarks: string[];
  /** The number of words in all turns. */
  words: number;
}

/** In words. A shorter turn is not a question of its own, even when it is "Why?". */
const SHORT_QUESTION = 2;
const SHORT_ADDITION = 5;
const SHORT_REMARK = 12;
const SHORT_ANSWER = 4;
const SMALL_TALK_TURN = 15;
/** In words, about two minutes of speech. A speech without questions is cut into exchanges of this length. */
const LONG_SPEECH = 250;
/** In characters. A content file may have 1 MiB. */
const MOST_TEXT = 200_000;

const ADDITION = /^(?:and|but|so|or)\b|^(?:那|那么|所以|可是|但是)/i;
const FOLLOW_UP =
  /^(?:(?:and|but|so|ok(?:ay)?|well|sorry|hm+|oh|right|yeah),?\s+)*(?:why (?:not|is that|so|do you (?:say|think) (?:that|so))|how so|like what|such as|for (?:example|instance)|meaning|really|in what (?:way|sense)|what do you mean|what does that mean|can you (?:give|say|elaborate|expand)|could you (?:give|say|elaborate|expand)|say more|go on)\b|^(?:那)?(?:为什么呢|为何|比如|例如|然后呢|什么意思|怎么说|怎么讲|真的吗|是吗|具体(?:来说|呢|是)|能(?:不能)?举|你的意思是)/i;
const SMALL_TALK =
  /^(?:hi|hello|hey|welcome|thanks?|thank you|good (?:morning|afternoon|evening|to)|great to|nice to|my pleasure|how are you|bye|cheers|no problem|all right|alright)\b|^(?:你好|您好|大家好|欢迎|谢谢|感谢|很高兴|再见|不客气)/i;

function newGroup(section: number | null, turn: Spoken, remarks: string[]): Group {
  const asked = { from: 0, to: turn.speaker.role === 'interviewer' ? 1 : 0 };
  return { section, turns: [turn], asked, remarks, words: wordsIn(turn) };
}

function begins(turn: Spoken, group: Group, isInterview: boolean): boolean {
  return isInterview ? asksAnew(turn, group) : group.words >= LONG_SPEECH;
}

function asksAnew(turn: Spoken, { turns, asked }: Group): boolean {
  if (turn.speaker.role !== 'interviewer') return false;
  // There is no answer yet, so this turn continues the question.
  if (asked.to > 0 && turns.length === asked.to) return false;
  const text = turn.paragraphs.join(' ');
  const words = countWords(text);
  if (words <= SHORT_QUESTION || (words <= SHORT_ADDITION && ADDITION.test(text))) return false;
  if (words <= SHORT_REMARK && FOLLOW_UP.test(text)) return false;
  return words > SHORT_REMARK || QUESTION_MARK.test(text) || isPrompt(text);
}

function addTo(group: Group, turn: Spoken): void {
  const { turns, asked } = group;
  if (turn.speaker.role === 'interviewer' && asked.to > 0 && turns.length === asked.to) asked.to += 1;
  turns.push(turn);
  group.words += wordsIn(turn);
}

/** Joins greetings and one-word answers to the exchange before them; at the beginning of a section, to the one after them. */
function joinSmall(groups: readonly Group[]): Group[] {
  const joined: Group[] = [];
  let waiting: Group | null = null;
  for (const group of groups) {
    const ahead: Group | null = waiting?.section === group.section ? waiting : null;
    if (waiting !== null && ahead === null) joined.push(waiting);
    waiting = null;
    const whole: Group = ahead === null ? group : inFrontOf(ahead, group);
    const before = joined.at(-1);
    if (!isSmall(group)) joined.push(whole);
    else if (before?.section === group.section) addAll(before, whole);
    else waiting = whole;
  }
  return waiting === null ? joined : [...joined, waiting];
}

function isSmall({ turns }: Group): boolean {
  const answers = turns.filter(({ speaker }) => speaker.role !== 'interviewer');
  if (countWords(answers.flatMap(({ paragraphs }) => paragraphs).join(' ')) < SHORT_ANSWER) return true;
  const texts = turns.map(({ paragraphs }) => paragraphs.join(' '));
  return texts.every((text) => countWords(text) < SMALL_TALK_TURN) && texts.some((text) => SMALL_TALK.test(text));
}

function inFrontOf(first: Group, second: Group): Group {
  const by = first.turns.length;
  return {
    section: second.section,
    turns: [...first.turns, ...second.turns],
    asked: second.asked.to > 0 ? { from: second.asked.from + by, to: second.asked.to + by } : first.asked,
    remarks: [...first.remarks, ...second.remarks],
    words: first.words + second.words,
  };
}

function addAll(group: Group, more: Group): void {
  group.turns.push(...more.turns);
  group.remarks.push(...more.remarks);
  group.words += more.words;
}

/** Splits an exchange that is too long for a content file. */
function divideLong(group: Group): Group[] {
  if (group.turns.reduce((sum, turn) => sum + lengthOf(turn), 0) <= MOST_TEXT) return [group];
  const parts: Group[] = [];
  let size = 0;
  for (const turn of group.turns.flatMap(byParagraph)) {
    const part = parts.at(-1);
    size += lengthOf(turn);
    if (part === undefined) parts.push({ ...group, turns: [turn] });
    else if (size <= MOST_TEXT) part.turns.push(turn);
    else {
      parts.push({ ...group, turns: [turn], asked: { from: 0, to: 0 }, remarks: [] });
      size = lengthOf(turn);
    }
  }
  const [from, to] = [group.asked.from, group.asked.to].map((count) => group.turns.slice(0, count).flatMap(byParagraph).length);
  return parts.map((part, index) => (index === 0 ? { ...part, asked: { from: from ?? 0, to: to ?? 0 } } : part));
}

/** Splits a turn into one per paragraph. The first one gets the start time, the last one the end time. */
function byParagraph<T extends Spoken>(turn: T): T[] {
  const last = turn.paragraphs.length - 1;
  return turn.paragraphs.map((text, index) => ({
    ...turn,
    paragraphs: [text],
    start: index === 0 ? turn.start : null,
    end: index === last ? turn.end : null,
  }));
}

const wordsIn = ({ paragraphs }: Spoken) => countWords(paragraphs.join(' '));
const lengthOf = ({ paragraphs }: Spoken) => paragraphs.reduce((sum, { length }) => sum + length, 0);

function toExchange({ section, turns, asked, remarks }: Group): SpokenExchange {
  const asking = turns.slice(asked.from, asked.to).flatMap(({ paragraphs }) => paragraphs);
  const answered = turns.length > asked.to;
  const question = asking.length > 0 ? questionOf(asking) : { text: leadingSentence(turns[0]?.paragraphs ?? []), whole: false };
  const isInQuestion = question.whole && answered && asked.from === 0;
  const starts = turns.flatMap(({ start }) => start ?? []);
  const ends = turns.flatMap(({ end }) => end ?? []);
  return {
    question: question.text,
    section,
    said: joinTurns(isInQuestion ? turns.slice(asked.to) : turns),
    speaker: mainSpeaker(turns),
    remarks,
    codes: [...new Set(turns.flatMap(({ codes }) => codes))],
    start: starts.length === 0 ? null : starts.reduce((least, each) => Math.min(least, each)),
    end: ends.length === 0 ? null : ends.reduce((most, each) => Math.max(most, each)),
    place: turns[0]?.place ?? { file: '', line: 1, column: 1 },
  };
}

/** Joins consecutive turns of the same speaker. */
function joinTurns(turns: readonly Spoken[]): Spoken[] {
  const joined: Spoken[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (last?.speaker === turn.speaker) last.paragraphs.push(...turn.paragraphs);
    else joined.push({ ...turn, paragraphs: [...turn.paragraphs] });
  }
  return joined;
}

function mainSpeaker(turns: readonly Spoken[]): Speaker | null {
  const answers = turns.filter(({ speaker }) => speaker.role !== 'interviewer');
  const words = new Map<Speaker, number>();
  for (const { speaker, paragraphs } of answers.length > 0 ? answers : turns) {
    words.set(speaker, (words.get(speaker) ?? 0) + countWords(paragraphs.join(' ')));
  }
  return [...words].reduce<[Speaker, number] | null>((most, each) => (most === null || each[1] > most[1] ? each : most), null)?.[0] ?? null;
}
