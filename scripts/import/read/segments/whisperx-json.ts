/** JSON of WhisperX and of Whisper itself, which has no speakers: https://github.com/m-bain/whisperX (`whisperx/types.py`). */
import { z } from 'zod';
import { fromSeconds } from '../cues/clock.ts';
import { joinText } from '../joined-text.ts';
import { emptyTranscript, type TranscriptReading, type TranscriptSource } from '../source.ts';
import { noSegments } from '../unrecognised.ts';
import { parseJsonFile } from './json-file.ts';
import { readSegments, type WrittenSegment } from './json-segments.ts';
import { joinSegments } from './segments.ts';

const fileSchema = z.union([
  z.object({ segments: z.array(z.unknown()), language: z.string().nullish() }),
  z.array(z.unknown()).transform((segments) => ({ segments, language: null })),
]);
const seconds = z.number().nullish();
// Words that could not be aligned have neither times nor speaker.
const wordSchema = z.object({ word: z.string(), start: seconds, end: seconds, speaker: z.string().nullish() });
const segmentSchema = z.object({
  text: z.string(),
  start: seconds,
  end: seconds,
  speaker: z.string().nullish(),
  words: z.array(wordSchema).nullish().catch(null),
});

/** Throws ExpectedError when the file is not JSON of this format. */
export function readWhisperXJson({ text, file }: TranscriptSource): TranscriptReading {
  const json = parseJsonFile(text, file);
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) throw noSegments(file, 'segments');
  const key = Array.isArray(json) ? null : 'segments';
  const { segments, findings } = readSegments({ text, file, key, items: parsed.data.segments, schema: segmentSchema, toSegment });
  const transcript = { ...emptyTranscript(file, 'whisperx-json'), parts: joinSegments(segments) };
  transcript.head.lang = parsed.data.language?.slice(0, 2).toLowerCase() ?? null;
  return { transcripts: [transcript], findings };
}

type WhisperSegment = z.infer<typeof segmentSchema>;
type Word = z.infer<typeof wordSchema>;

/** Returns one segment, or several when its words have different speakers: then one for each run of words. */
function toSegment({ text, start, end, speaker, words }: WhisperSegment): WrittenSegment[] {
  const whole = { speaker, text, start: fromSeconds(start), end: fromSeconds(end) };
  const runs = runsOf(words ?? [], speaker ?? null);
  if (runs.length < 2 || compact((words ?? []).map(({ word }) => word).join('')) !== compact(text)) return [whole];
  return runs.map((run, index) => ({
    speaker: run.speaker,
    text: run.words.map(({ word }) => word.trim()).reduce(joinText, ''),
    start: index === 0 ? whole.start : startOf(run.words),
    end: index === runs.length - 1 ? whole.end : endOf(run.words),
  }));
}

interface Run {
  speaker: string | null;
  words: Word[];
}

/** A single word between two runs of another speaker is a diarisation error. */
function runsOf(words: readonly Word[], fallback: string | null): Run[] {
  const runs: Run[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    const speaker = word.speaker ?? last?.speaker ?? fallback;
    if (last === undefined || last.speaker !== speaker) runs.push({ speaker, words: [word] });
    else last.words.push(word);
  }
  const merged: Run[] = [];
  for (const [index, run] of runs.entries()) {
    const last = merged.at(-1);
    const isNoise = run.words.length === 1 && last !== undefined && last.speaker === runs[index + 1]?.speaker;
    if (last !== undefined && (isNoise || last.speaker === run.speaker)) last.words.push(...run.words);
    else merged.push({ speaker: run.speaker, words: [...run.words] });
  }
  return merged;
}

const compact = (text: string) => text.replace(/\s+/g, '');
const startOf = (words: readonly Word[]) => fromSeconds(words.find(({ start }) => typeof start === 'number')?.start);
const endOf = (words: readonly Word[]) => fromSeconds(words.findLast(({ end }) => typeof end === 'number')?.end);
