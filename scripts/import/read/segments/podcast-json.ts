/** JSON of Podcasting 2.0: https://github.com/Podcastindex-org/podcast-namespace/blob/main/transcripts/transcripts.md#json */
import { z } from 'zod';
import { fromSeconds } from '../cues/clock.ts';
import { emptyTranscript, type TranscriptReading, type TranscriptSource } from '../source.ts';
import { noSegments } from '../unrecognised.ts';
import { parseJsonFile } from './json-file.ts';
import { readSegments } from './json-segments.ts';
import { joinSegments } from './segments.ts';

const fileSchema = z.object({ segments: z.array(z.unknown()) });
const segmentSchema = z.object({
  speaker: z.string().nullish(),
  startTime: z.coerce.number().nullish(),
  endTime: z.coerce.number().nullish(),
  body: z.string(),
});

/** Throws ExpectedError when the file is not JSON of this format. */
export function readPodcastJson({ text, file }: TranscriptSource): TranscriptReading {
  const parsed = fileSchema.safeParse(parseJsonFile(text, file));
  if (!parsed.success) throw noSegments(file, 'segments');
  const { segments, findings } = readSegments({
    text,
    file,
    key: 'segments',
    items: parsed.data.segments,
    schema: segmentSchema,
    toSegment: ({ speaker, startTime, endTime, body }) => ({
      speaker,
      text: body,
      start: fromSeconds(startTime),
      end: fromSeconds(endTime),
    }),
  });
  return { transcripts: [{ ...emptyTranscript(file, 'podcast-json'), parts: joinSegments(segments) }], findings };
}
