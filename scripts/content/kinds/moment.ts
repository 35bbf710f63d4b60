/** The value of `--since`: a date or a revision of git. */
import { EXIT, ExpectedError } from '../../shared/errors.ts';

export type Moment =
  /** The content as it was when the day, month or time began. `shown` is the text on slides: a day or a month. */
  { type: 'date'; shown: string; begins: Date } | { type: 'revision'; revision: string };

const DATE = /^(\d{4}-\d{2})(?:-(\d{2}))?(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads `2026-11-01`, `2026-11` or a full ISO 8601 time (UTC unless it names a zone). Everything else is taken for a revision.
 * Throws ExpectedError with exit code 2 for a date that does not exist, and for text that git could take for an option.
 */
export function readMoment(asked: string): Moment {
  const [, month, day = null, time = null, zone = null] = DATE.exec(asked) ?? [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they end a line in what git is told
  if (month === undefined && (asked.trim() === '' || asked.startsWith('-') || asked.length > 250 || /[\u0000-\u001f\u007f]/.test(asked)))
    throw wrongMoment(`--since does not take ${JSON.stringify(asked)}`);
  if (month === undefined) return { type: 'revision', revision: asked };
  const text = `${month}-${day ?? '01'}T${time ?? '00:00'}${zone ?? 'Z'}`;
  const begins = new Date(text);
  if (Number.isNaN(begins.getTime()) || !isDay(month, day ?? '01')) throw wrongMoment(`--since ${asked}: there is no such day or time`);
  return { type: 'date', shown: day === null ? month : `${month}-${day}`, begins };
}

/** Returns the error for an unusable value of `--since`. */
export function wrongMoment(message: string): ExpectedError {
  return new ExpectedError(message, {
    exitCode: EXIT.usage,
    hint: 'write a date such as 2026-11-01 or 2026-11, or a revision of git such as HEAD~3, a tag or a commit',
  });
}

function isDay(month: string, day: string): boolean {
  const date = new Date(`${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${month}-${day}`);
}
