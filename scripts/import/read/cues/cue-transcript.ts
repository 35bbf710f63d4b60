/** Cues -> a transcript. Speakers come from voice tags or from labels in the text (`Ana: Hi`), if there are any. */
import type { Transcript, TranscriptFormat } from '../../transcript.ts';
import { joinSegments, type Segment } from '../segments/segments.ts';
import { emptyTranscript } from '../source.ts';
import { type Label, parseLabel } from '../turns/label.ts';
import { decideSpeakers, labelKey } from '../turns/speakers.ts';
import { readUtterances, type Utterance } from './cue-words.ts';
import type { Cue } from './cues.ts';

export function cueTranscript(cues: readonly Cue[], file: string, format: TranscriptFormat): Transcript {
  const utterances = cues.flatMap((cue) => readUtterances(cue.lines).map((utterance) => toLabelled(utterance, cue)));
  const voices = utterances.flatMap(({ voice }) => (voice === null ? [] : [voice]));
  const labels = utterances.flatMap(({ label }) => (label === null ? [] : [label]));
  const speakers = decideSpeakers(labels, { paragraphs: utterances.length, known: voices }).accepted;
  const segments = utterances.map((utterance) => toSegment(utterance, speakers, file));
  return { ...emptyTranscript(file, format), parts: joinSegments(segments) };
}

interface Labelled extends Utterance {
  label: Label | null;
  cue: Cue;
}

function toLabelled(utterance: Utterance, cue: Cue): Labelled {
  return { ...utterance, cue, label: utterance.voice === null ? parseLabel(utterance.text.trim()) : null };
}

function toSegment({ voice, text, isOther, label, cue }: Labelled, speakers: ReadonlySet<string>, file: string): Segment {
  const isLabel = label !== null && speakers.has(labelKey(label.name));
  return {
    speaker: voice ?? (isLabel ? label.name : null),
    isOther: isOther && voice === null && !isLabel,
    text: isLabel ? label.rest : text,
    start: cue.start,
    end: cue.end,
    codes: [],
    place: { file, line: cue.line, column: 1 },
  };
}
