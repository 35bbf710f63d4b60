/** Reads the segments of a JSON transcript one by one. Reports invalid segments and reads the others. */
import type { z } from 'zod';
import type { ImportFinding } from '../../finding.ts';
import { finding } from '../../finding-text.ts';
import { itemLines } from './json-file.ts';
import type { Segment } from './segments.ts';

/** A segment in terms that all formats share. */
export interface WrittenSegment {
  speaker?: string | number | null | undefined;
  text: string;
  /** In ms. */
  start: number | null;
  end: number | null;
  isOther?: boolean | undefined;
}

export interface SegmentsOf<S extends z.ZodType> {
  text: string;
  file: string;
  /** The key of the array, for the lines of findings; null when the file itself is the array. */
  key: string | null;
  items: readonly unknown[];
  schema: S;
  toSegment: (item: z.infer<S>) => WrittenSegment | WrittenSegment[];
}

export function readSegments<S extends z.ZodType>({
  text,
  file,
  key,
  items,
  schema,
  toSegment,
}: SegmentsOf<S>): {
  segments: Segment[];
  findings: ImportFinding[];
} {
  const lines = itemLines(text, key);
  const segments: Segment[] = [];
  const findings: ImportFinding[] = [];
  for (const [index, item] of items.entries()) {
    const place = { file, line: lines[index] ?? 1, column: 1 };
    const parsed = schema.safeParse(item);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      findings.push(finding('broken-segment', place, { key: issue?.path.join('.') ?? '' }));
      continue;
    }
    for (const { speaker, text: words, start, end, isOther } of [toSegment(parsed.data)].flat()) {
      const name = speaker === undefined || speaker === null ? '' : String(speaker).trim();
      segments.push({ speaker: name === '' ? null : name, text: words, start, end, isOther: isOther ?? false, codes: [], place });
    }
  }
  return { segments, findings };
}
