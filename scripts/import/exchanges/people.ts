/** Finds out who speaks in a transcript, and who asks the questions. */
import { countWords } from '../../model/text/text.ts';
import { oneLine } from '../plain-text.ts';
import type { Turn } from '../transcript.ts';
import { asciiSlug, unusedSlug } from './ascii-slug.ts';

export type Role = 'interviewer' | 'interviewee';

export interface Speaker {
  id: string;
  name: string;
  role: Role;
  /** The labels in the file: several when `--name` gives them the same name, null for turns without a label. */
  labels: (string | null)[];
  words: number;
}

export interface Naming {
  /** Maps labels in the file to names. */
  names: ReadonlyMap<string, string>;
  /** Labels or names. When empty, the interviewers are guessed. */
  interviewers: readonly string[];
  /** The name for speakers without a label, in the language of the interview. */
  unknown: string;
}

/** Returns the names given by the user that occur in no transcript. */
export function unknownNames(turns: readonly Turn[], { names, interviewers }: Naming): string[] {
  const known = new Set(turns.flatMap(({ speaker }) => (speaker === null ? [] : [folded(speaker), folded(nameOf(speaker, names))])));
  return [...names.keys(), ...interviewers].filter((name) => !known.has(folded(name)));
}

/** Returns the speakers in order of their first words. None is an interviewer when nobody seems to ask questions. */
export function findSpeakers(turns: readonly Turn[], naming: Naming): Speaker[] {
  const heard = new Map<string, Heard>();
  for (const { speaker, paragraphs } of turns) {
    const name = speaker === null ? naming.unknown : oneLine(nameOf(speaker, naming.names)).slice(0, LONGEST_NAME) || naming.unknown;
    const found = heard.get(folded(name)) ?? { name, labels: new Set(), words: 0, turns: 0, questions: 0, prompts: 0 };
    heard.set(folded(name), found);
    const text = paragraphs.join('\n');
    found.labels.add(speaker);
    found.words += countWords(text);
    found.turns += 1;
    if (QUESTION_MARK.test(text)) found.questions += 1;
    if (isPrompt(text)) found.prompts += 1;
  }
  const everybody = [...heard.values()];
  const asking = naming.interviewers.length > 0 ? named(everybody, naming.interviewers) : guessInterviewers(everybody);
  const taken = new Set<string>();
  return everybody.map((found) => ({
    id: unusedSlug(asciiSlug(found.name, 'speaker', 40), taken),
    name: found.name,
    role: asking.has(found) ? 'interviewer' : 'interviewee',
    labels: [...found.labels],
    words: found.words,
  }));
}

/** Normalizes a name for comparison: case and runs of white space are ignored. */
export function folded(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Whether a turn prompts an answer without a question mark, which automatic transcripts often omit. */
export function isPrompt(text: string): boolean {
  return PROMPT.test(text.trimStart().slice(0, 80)) || CHINESE_QUESTION.test(text.slice(-40));
}

export const QUESTION_MARK = /[?？]/;

interface Heard {
  name: string;
  labels: Set<string | null>;
  words: number;
  turns: number;
  questions: number;
  prompts: number;
}

/** The content schema allows names of 500 characters, but the reader of speaker labels looks back only 160. */
const LONGEST_NAME = 120;
const PROMPT =
  /^(?:(?:and|so|but|now|ok(?:ay)?|well|then),?\s+)?(?:wh(?:o|at|en|ere|y|ich|ose)|how|do|does|did|is|are|was|were|can|could|would|will|should|have|has|tell|describe|explain|talk|walk|let'?s)\b|^(?:请|谈谈|说说|讲讲|介绍|聊聊|能不能|能否|是否)/i;
const CHINESE_QUESTION = /(?:吗|呢|什么|怎么样|如何|为什么)[。，…\s]*$/;
/** The least score of a further interviewer, because a panel can have two hosts. The score is computed in guessInterviewers. */
const CLEAR = 0.4;

/**
 * Guesses interviewers from their share of turns with a question, and from their share of all words, because answers are longer than
 * questions.
 */
function guessInterviewers(everybody: readonly Heard[]): Set<Heard> {
  if (everybody.length < 2) return new Set();
  const all = everybody.reduce((sum, { words }) => sum + words, 0);
  const marked = everybody.some(({ questions }) => questions > 0);
  const scored = everybody
    .map((found) => ({ found, score: (marked ? found.questions : found.prompts) / found.turns - (all === 0 ? 0 : found.words / all) }))
    // A person who does most of the talking may ask rhetorical questions.
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const clear = scored.filter(({ score }, index) => index === 0 || score >= CLEAR).map(({ found }) => found);
  // At least one person must be left to answer.
  return new Set(clear.length === everybody.length ? clear.slice(0, 1) : clear);
}

function named(everybody: readonly Heard[], names: readonly string[]): Set<Heard> {
  const wanted = new Set(names.map(folded));
  return new Set(
    everybody.filter(
      ({ name, labels }) => wanted.has(folded(name)) || [...labels].some((label) => label !== null && wanted.has(folded(label))),
    ),
  );
}

function nameOf(label: string, names: ReadonlyMap<string, string>): string {
  for (const [known, name] of names) if (folded(known) === folded(label)) return name;
  return label;
}
