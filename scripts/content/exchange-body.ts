import { type Block, inlineToPlain } from '../model/text.ts';
import type { Findings } from './findings.ts';
import { headingAsParagraph, type MarkdownText, type Part } from './markdown.ts';
import { reportUnknownQuotes } from './quotes.ts';

export interface ExchangeBody {
  body: Block[];
  notes: Block[];
  transcript: Block[];
}

/** Cuts the text of an exchange at `## Notes` and `## Transcript`: the same English words in every language. */
export function splitExchange(text: MarkdownText, file: string, findings: Findings): ExchangeBody {
  const parts: Record<keyof ExchangeBody, Part[]> = { body: [], notes: [], transcript: [] };
  let section: keyof ExchangeBody = 'body';
  for (const part of text.parts) {
    if (part.type !== 'heading' || part.depth > 2) {
      parts[section].push(part);
      continue;
    }
    const heading = inlineToPlain(part.children).trim();
    const name = heading.toLowerCase();
    if (part.depth === 2 && (name === 'notes' || name === 'transcript')) section = name;
    else findings.add('unknown-heading', { file, line: part.line, column: part.column }, { heading });
  }
  const transcript = blocksOf(parts.transcript);
  if (transcript.length > 0) reportUnknownQuotes([...parts.body, ...parts.notes], transcript, file, findings);
  return { body: blocksOf(parts.body), notes: blocksOf(parts.notes), transcript };
}

function blocksOf(parts: readonly Part[]): Block[] {
  return parts.map((part) => (part.type === 'block' ? part.block : headingAsParagraph(part.children)));
}
