/** A reading as people read it: golden files in place of JSON. */
import { describeFinding } from '../../../scripts/import/finding-text.ts';
import type { ReadTranscripts } from '../../../scripts/import/read/index.ts';
import type { Transcript, TranscriptPart } from '../../../scripts/import/transcript.ts';
import { clock } from './written.ts';

export function shownReading({ transcripts, findings }: ReadTranscripts): string {
  const found = findings.map((each) => {
    const { message, hint } = describeFinding(each);
    return `${each.file}:${each.line}:${each.column} ${each.severity} ${each.code}\n    ${message}\n    ${hint}`;
  });
  return `${[...transcripts.flatMap(shownTranscript), ...(found.length > 0 ? ['findings', ...found] : [])].join('\n')}\n`;
}

function shownTranscript({ format, head, parts, notes }: Transcript): string[] {
  const said = Object.entries(head).flatMap(([key, value]) => (value === null ? [] : [`  ${key}: ${value}`]));
  const written = notes.map(({ term, definition, place }) => `${place.line}: note "${term}" = ${definition.replaceAll('\n\n', ' ¶ ')}`);
  return [`${format}`, ...said, ...parts.map(shownPart), ...written, ''];
}

function shownPart(part: TranscriptPart): string {
  const line = `${part.place.line}: `;
  if (part.type === 'heading') return `${line}# ${part.text}`;
  const text = part.paragraphs.join(' ¶ ');
  if (part.type === 'prose') return `${line}(prose) ${text}`;
  const [start, end] = [part.start, part.end].map((time) => (time === null ? '' : clock(time)));
  const times = start === '' && end === '' ? '' : ` ${start}–${end}`;
  const codes = part.codes.length === 0 ? '' : ` [${part.codes.join('; ')}]`;
  return `${line}${part.speaker ?? '(nobody named)'}${times}${codes}: ${text}`;
}
