import type { z } from 'zod';
import type { ExchangeText } from '../../model/corpus.ts';
import { exchangeMatter, exchangeTranslation } from '../../model/front-matter.ts';
import { type Block, inlineToPlain, type Quote, quotesIn, textsOf } from '../../model/text/text.ts';
import type { Findings } from '../findings.ts';
import { headingAsParagraph, type MarkdownPart, type MarkdownText } from '../markdown/markdown.ts';
import { checkFigures, translateFigures } from './exchange-figures.ts';
import type { Kind, PageDraft } from './page-draft.ts';
import type { PageMatter } from './page-matter.ts';

type ExchangeMatter = z.output<typeof exchangeMatter>;
type ExchangeTranslation = z.output<typeof exchangeTranslation>;

export type ExchangeDraft = PageDraft<ExchangeMatter, ExchangeTranslation, ExchangeBody, ExchangeText> & {
  interview: string;
  /** Position in its interview, counted from 1 over all files, so that a broken file does not renumber the others. */
  number: number;
  /** Null when the tags cannot be read. */
  tags: string[] | null;
};

export const exchangeKind: Kind<ExchangeMatter, ExchangeTranslation, ExchangeBody, ExchangeText> = {
  schema: exchangeMatter,
  translationSchema: exchangeTranslation,
  body: splitExchange,
  check({ file, matter, body }, findings) {
    checkFigures(matter, findings);
    checkTimes(matter, findings);
    if (matter.body !== null && body.body.length === 0 && body.transcript.length === 0) {
      findings.add('empty-exchange', { file, line: 1, column: 1 }, {});
    }
  },
  text({ question, takeaway, figures }, { file, body: { body, notes, transcript } }) {
    return { file, question, takeaway: takeaway ?? null, body, notes, transcript, figures };
  },
  translate(base, { question, takeaway, figures }, { file, matter, body }, findings) {
    // The points and the transcript count as one answer: taken from different languages they would not match.
    const answer = body.body.length > 0 || body.transcript.length > 0 ? body : base;
    return {
      file,
      question: question ?? base.question,
      takeaway: takeaway ?? base.takeaway,
      body: answer.body,
      transcript: answer.transcript,
      notes: body.notes.length > 0 ? body.notes : base.notes,
      figures: figures === undefined ? base.figures : translateFigures(base.figures, figures, matter, findings),
    };
  },
};

/** An exchange cannot end before it starts. */
function checkTimes(matter: PageMatter, findings: Findings): void {
  const start = seconds(matter.data?.start);
  const end = seconds(matter.data?.end);
  if (start !== null && end !== null && end < start) {
    findings.add('invalid-value', matter.at(['end']), { key: 'end', reason: `is before the start, ${String(matter.data?.start)}` });
  }
}

function seconds(value: unknown): number | null {
  if (typeof value !== 'string' || !/^[\d:.]+$/.test(value)) return null;
  return value.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

export interface ExchangeBody {
  body: Block[];
  notes: Block[];
  transcript: Block[];
  /** The quotes in body and notes, with the place of the block that holds them. */
  quotes: { line: number; column: number; quote: Quote }[];
  /** The paragraphs of the transcript. */
  said: ContentPassage[];
}

/** A paragraph of a transcript. `line` is the line of the block that contains it. */
export interface ContentPassage {
  text: string;
  line: number;
}

/** Splits the text of an exchange at `## Notes` and `## Transcript`. These headings are English in every language. */
function splitExchange(text: MarkdownText, file: string, findings: Findings): ExchangeBody {
  const parts: Record<'body' | 'notes' | 'transcript', MarkdownPart[]> = { body: [], notes: [], transcript: [] };
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

function blockOf(part: MarkdownPart): Block {
  return part.type === 'block' ? part.block : headingAsParagraph(part.children);
}
