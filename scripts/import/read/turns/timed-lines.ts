/** Text with times but no names, as shown beside videos or printed by whisper.cpp (`[00:00:00.000 --> 00:00:04.000]  text`). */
import type { Turn } from '../../transcript.ts';
import { joinSegments, type Segment } from '../segments/segments.ts';
import { leadingTime, timeAlone } from './label.ts';
import type { TextLine } from './turn-lines.ts';

/** Returns null when fewer than half of the paragraphs have a time. */
export function readTimedLines(lines: readonly TextLine[], file: string): Turn[] | null {
  const segments: Segment[] = [];
  let time: [number, number | null] | null = null;
  let timed = 0;
  for (const { text, raw, type, line } of lines) {
    if (type === 'blank' || type === 'rule') continue;
    const alone = timeAlone(raw);
    if (alone !== null) {
      time = alone;
      continue;
    }
    const lead = leadingTime(raw.slice(0, 80));
    if (lead.times !== null) time = lead.times;
    if (time !== null) timed += 1;
    const [start, end] = time ?? [null, null];
    segments.push({
      speaker: null,
      text: lead.times === null ? text : raw.slice(lead.length),
      start,
      end,
      codes: [],
      place: { file, line, column: 1 },
    });
    time = null;
  }
  return timed >= 2 && timed * 2 >= segments.length ? joinSegments(segments) : null;
}
