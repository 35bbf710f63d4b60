/** Generated talks: who says what when, in words that hold what formats stumble over. */
import fc from 'fast-check';
import type { Transcript } from '../../../scripts/import/transcript.ts';

export interface Utterance {
  speaker: string;
  /** Whole sentences. */
  paragraphs: string[];
  /** Milliseconds. */
  start: number;
  end: number;
  codes: string[];
}

export type Talk = Utterance[];

const SPEAKERS = [
  'Ana Lee',
  'Ben Ode',
  'SPEAKER_00',
  'Speaker 1',
  "Seán O'Neill",
  'Zoë',
  'DR. CHEN',
  '安娜',
  '达里奥·阿莫迪',
  '主持人',
  'Ana K (SL)',
  'Łukasz',
];
const WORDS = [
  'scaling',
  'works',
  'because',
  'data',
  'grows',
  'Note:',
  '10:30',
  'https://example.org/a?b=1&c=2',
  'AT&T',
  'a<b',
  '3>2',
  '"quoted"',
  'x,y;z|w',
  '(laughs)',
  '[inaudible]',
  '5%',
  "it's",
  'naïve',
  '—',
  '河流',
  '你好，',
  '中文',
  '😀',
  'e.g.',
  '2.5',
  '#1',
  '$5',
  '{x}',
];

const sentence = fc
  .tuple(
    fc.constantFrom('Well, you see', 'The', 'We', '我们'),
    fc.array(fc.constantFrom(...WORDS), { maxLength: 9 }),
    fc.constantFrom('there.', 'now?', '吗？', '了。'),
  )
  // A colon early in a paragraph makes a label of what stands before it, if that comes again.
  .filter(([first, middle]) => first.includes(',') || !middle.slice(0, 3).includes('Note:'))
  .map(([first, middle, last]) => [first, ...middle, last].join(' '));
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 3 }).map((sentences) => sentences.join(' '));
const codes = fc.uniqueArray(fc.constantFrom('cost', 'trust in people', '安全', 'a/b'), { maxLength: 2 });

/** Two or three people who take turns; each speaks twice at least, so that labels repeat. */
export const anyTalk: fc.Arbitrary<Talk> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...SPEAKERS), { minLength: 2, maxLength: 3 }),
    fc.array(fc.tuple(fc.array(paragraph, { minLength: 1, maxLength: 3 }), fc.integer({ min: 200, max: 90_000 }), codes), {
      minLength: 6,
      maxLength: 12,
    }),
  )
  .map(([speakers, said]) => {
    let time = 0;
    return said.map(([paragraphs, length, codes], index) => {
      const start = time;
      time += length;
      return { speaker: speakers[index % speakers.length] ?? '', paragraphs, start, end: time, codes };
    });
  });

/** What must come out, and in this order: white space aside, for formats break and join lines. */
export function wordsOf(talk: Talk): { speaker: string | null; words: string }[] {
  return talk.map(({ speaker, paragraphs }) => ({ speaker, words: compact(paragraphs.join('')) }));
}

/** The same of a transcript; turns of one speaker that follow each other are one. */
export function wordsRead({ parts }: Transcript): { speaker: string | null; words: string }[] {
  const read: { speaker: string | null; words: string }[] = [];
  for (const part of parts) {
    if (part.type !== 'turn') {
      read.push({ speaker: `(${part.type})`, words: compact(part.type === 'heading' ? part.text : part.paragraphs.join('')) });
      continue;
    }
    const words = compact(part.paragraphs.join(''));
    const last = read.at(-1);
    if (last !== undefined && last.speaker === part.speaker) last.words += words;
    else read.push({ speaker: part.speaker, words });
  }
  return read;
}

/** When each speaker's turns begin and end. */
export function timesRead({ parts }: Transcript): { start: number | null; end: number | null }[] {
  return parts.flatMap((part) => (part.type === 'turn' ? [{ start: part.start, end: part.end }] : []));
}

function compact(text: string): string {
  return text.replace(/\s+/g, '');
}
