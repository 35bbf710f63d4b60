import type { z } from 'zod';
import type { ExchangeText } from '../../model/corpus.ts';
import { exchangeMatter, exchangeTranslation } from '../../model/front-matter.ts';
import type { Findings } from '../findings.ts';
import { type ExchangeBody, splitExchange } from './exchange-body.ts';
import { translateFigures } from './figure-translation.ts';
import type { Draft, Kind } from './page-draft.ts';
import type { Matter } from './page-matter.ts';
import { checkFigures } from './read-figures.ts';

type ExchangeMatter = z.output<typeof exchangeMatter>;
type ExchangeTranslation = z.output<typeof exchangeTranslation>;

export type ExchangeDraft = Draft<ExchangeMatter, ExchangeTranslation, ExchangeBody, ExchangeText> & {
  interview: string;
  /** Position in its interview, counted from 1 over all files there, so that a broken one does not move the others. */
  number: number;
  /** As far as they can be read, else null. */
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
    // Points and transcript are one answer: mixing languages between them would show the wrong one.
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
function checkTimes(matter: Matter, findings: Findings): void {
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
