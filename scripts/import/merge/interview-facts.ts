/** The facts about an interview, from the options or else from the head of its file. */
import path from 'node:path';
import { asciiSlug } from '../exchanges/ascii-slug.ts';
import type { ImportFinding } from '../finding.ts';
import { finding } from '../finding-text.ts';
import type { MakingOptions } from '../options.ts';
import { oneLine } from '../plain-text.ts';
import type { Transcript, TranscriptHead } from '../transcript.ts';
import { isAddress, isDate } from './head-values.ts';

export interface InterviewFacts {
  title: string;
  /** Null when neither gives a date. It is then asked for, never made up. */
  date: string | null;
  /** Null when it is neither given nor declared, and the text does not make it clear. */
  lang: string | null;
  source: { title: string; publisher: string | null; url: string | null; media: string | null } | null;
  findings: ImportFinding[];
}

/** Gathers the facts. Reports values of the head that content cannot hold. */
export function factsOf(transcript: Transcript, options: MakingOptions): InterviewFacts {
  const { head, file } = transcript;
  const findings: ImportFinding[] = [];
  const usable = (key: string, value: string | null, isUsable: (value: string) => boolean) => {
    if (value === null || isUsable(value)) return value;
    findings.push(finding('unusable-head', { file, line: 1, column: 1 }, { key, value: value.slice(0, 100) }));
    return null;
  };
  const title = textOf(options.title ?? head.title, LONGEST);
  const url = options.url ?? usable('url', head.url, isAddress);
  const media = usable('media', head.media, isAddress);
  const publisher = textOf(head.publisher, LONGEST);
  const published = textOf(head.title, LONGEST) ?? title;
  const hasSource = url !== null || media !== null || publisher !== null || head.title !== null;
  return {
    title: title ?? nameOfFile(file).replace(/[-_.\s]+/g, ' '),
    date: options.date ?? usable('date', head.date, isDate),
    lang: options.lang ?? languageOf(transcript),
    source: hasSource ? { title: published ?? nameOfFile(file), publisher, url, media } : null,
    findings,
  };
}

/** Returns the id of an interview: from the options, the file name, or the title. `isAlone`: the file holds no other interview. */
export function interviewId(
  { file, head }: Pick<Transcript, 'file' | 'head'>,
  options: Pick<MakingOptions, 'id'>,
  isAlone: boolean,
): string {
  if (options.id !== null) return options.id;
  const title = head.title ?? '';
  if (file === '-') return asciiSlug(title, 'interview', LONGEST_ID);
  const name = nameOfFile(file);
  return isAlone || title === ''
    ? asciiSlug(name, 'interview', LONGEST_ID)
    : asciiSlug(title, asciiSlug(name, 'interview', LONGEST_ID), LONGEST_ID);
}

const LONGEST = 300;
const LONGEST_ID = 60;

/** Removes endings that tell the format or the language: `talk.zh.txt`, `talk.transcript.vtt`. */
function nameOfFile(file: string): string {
  const name = path.basename(file).replace(/\.[^.]*$/, '');
  return name.replace(/[._](?:transcript|[a-z]{2}(?:[-_](?:[A-Z]{2}|Han[st]))?)$/, '') || 'interview';
}

function textOf(text: string | null, most: number): string | null {
  const line = oneLine(text ?? '').slice(0, most);
  return line === '' ? null : line;
}

/**
 * Returns the declared language; else detects Chinese by its characters and English by its most common words. Null for other languages.
 */
function languageOf({ head, parts }: { head: TranscriptHead; parts: Transcript['parts'] }): string | null {
  const declared = /^[a-z]{2,3}(?=$|[-_])/i.exec(head.lang ?? '')?.[0].toLowerCase();
  if (declared !== undefined) return declared;
  const text = parts
    .slice(0, SAMPLE)
    .map((part) => (part.type === 'heading' ? part.text : part.paragraphs.join('\n')).slice(0, SAMPLE_PART))
    .join('\n');
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han > letters * 0.3) return /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 'ja' : 'zh';
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const english = words.filter((word) => ENGLISH.has(word)).length;
  return words.length > 0 && english >= words.length * 0.08 ? 'en' : null;
}

const SAMPLE = 300;
const SAMPLE_PART = 2000;
const ENGLISH = new Set(
  'the and of to that is it you we they this what are was have with for not but do how why when where which would can i think yes'.split(
    ' ',
  ),
);
