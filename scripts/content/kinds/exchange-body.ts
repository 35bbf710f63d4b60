import { type Quote, quotesIn, textsOf } from '../../model/text/quote-marks.ts';
import { type Block, inlineToPlain } from '../../model/text/text.ts';
import type { Findings } from '../findings.ts';
import { headingAsParagraph, type MarkdownText, type Part } from '../markdown/markdown.ts';

export interface ExchangeBody {
  body: Block[];
  notes: Block[];
  transcript: Block[];
  /** The quotes in body and notes, with the place of the block that holds them. */
  quotes: { line: number; column: number; quote: Quote }[];
  /** The paragraphs of the transcript. */
  said: Passage[];
}

/** A paragraph of a transcript; `line` is that of the block it stands in. */
export interface Passage {
  text: string;
  line: number;
}

/** Cuts the text of an exchange at `## Notes` and `## Transcript`: the same English words in every language. */
export function splitExchange(text: MarkdownText, file: string, findings: Findings): ExchangeBody {
  const parts: Record<'body' | 'notes' | 'transcript', Part[]> = { body: [], notes: [], transcript: [] };
  let section: keyof typeof parts = 'body';
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
  return {
    body: parts.body.map(blockOf),
    notes: parts.notes.map(blockOf),
    transcript: parts.transcript.map(blockOf),
    quotes: [...parts.body, ...parts.notes].flatMap((part) =>
      quotesIn([blockOf(part)]).map((quote) => ({ line: part.line, column: part.column, quote })),
    ),
    said: parts.transcript.flatMap((part) => textsOf([blockOf(part)]).map((text) => ({ text, line: part.line }))),
  };
}

function blockOf(part: Part): Block {
  return part.type === 'block' ? part.block : headingAsParagraph(part.children);
}
