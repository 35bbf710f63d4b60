import { inlineToPlain } from '../model/text.ts';
import type { Findings } from './findings.ts';
import type { Part } from './markdown.ts';

/** Reports HTML that will stand on slides as text, once for a file. A transcript is what was said, and its marks are nobody's mistake. */
export function reportHtml(file: string, parts: readonly Part[], findings: Findings): void {
  const transcript = parts.findIndex(isTranscript);
  const written = transcript === -1 ? parts : parts.slice(0, transcript);
  for (const { html, line, column } of written) {
    if (html === null) continue;
    findings.add('raw-html', { file, line, column }, { html: html.split('\n')[0]?.slice(0, 60) ?? '' });
    return;
  }
}

function isTranscript(part: Part): boolean {
  return part.type === 'heading' && part.depth === 2 && inlineToPlain(part.children).trim().toLowerCase() === 'transcript';
}
