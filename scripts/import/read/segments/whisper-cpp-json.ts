/** JSON of whisper.cpp (`-oj`, `-ojf`). Offsets are in ms. Speakers, if any, are "0", "1" and "?" for the two channels. */
import { z } from 'zod';
import { readClock } from '../cues/clock.ts';
import { emptyTranscript, type TranscriptReading, type TranscriptSource } from '../source.ts';
import { noSegments } from '../unrecognised.ts';
import { parseJsonFile } from './json-file.ts';
import { readSegments, type WrittenSegment } from './json-segments.ts';
import { joinSegments } from './segments.ts';

const fileSchema = z.object({
  transcription: z.array(z.unknown()),
  result: z.object({ language: z.string().nullish() }).nullish().catch(null),
});
const segmentSchema = z.object({
  text: z.string(),
  offsets: z.object({ from: z.number(), to: z.number() }).nullish().catch(null),
  timestamps: z.object({ from: z.string(), to: z.string() }).nullish().catch(null),
  speaker: z.string().nullish(),
  speaker_turn_next: z.boolean().nullish(),
});

/** Throws ExpectedError when the file is not JSON of this format. */
export function readWhisperCppJson({ text, file }: TranscriptSource): TranscriptReading {
  const parsed = fileSchema.safeParse(parseJsonFile(text, file));
  if (!parsed.success) throw noSegments(file, 'transcription');
  let isOther = false;
  const { segments, findings } = readSegments({
    text,
    file,
    key: 'transcription',
    items: parsed.data.transcription,
    schema: segmentSchema,
    toSegment: (segment) => {
      const written: WrittenSegment = { ...toSegment(segment), isOther };
      isOther = segment.speaker_turn_next === true;
      return written;
    },
  });
  const transcript = { ...emptyTranscript(file, 'whisper-cpp-json'), parts: joinSegments(segments) };
  transcript.head.lang = parsed.data.result?.language?.slice(0, 2).toLowerCase() ?? null;
  return { transcripts: [transcript], findings };
}

function toSegment({ text, offsets, timestamps, speaker }: z.infer<typeof segmentSchema>): WrittenSegment {
  return {
    // A bare "0" is not a useful name.
    speaker: speaker == null || speaker === '' ? null : `Speaker ${speaker}`,
    text,
    start: offsets?.from ?? readClock(timestamps?.from ?? ''),
    end: offsets?.to ?? readClock(timestamps?.to ?? ''),
  };
}
