/** Reads facts from the head of a text, before the first turn: title, date, addresses. */
import type { TranscriptHead } from '../../transcript.ts';

/**
 * Reads a line that holds one of the values and nothing else. Returns null for any other line. A line that was read is not part of the
 * text.
 */
export function headLine(text: string): Partial<TranscriptHead> | null {
  if (text.length > 400) return null;
  const date = dateOf(text);
  if (date !== null) return { date };
  const keyed = /^([\p{L} ]{1,20}?)\s{0,3}[:：]\s{0,3}(\S.*)$/u.exec(text.replace(/^\d{1,2}[.、)]\s*/, ''));
  if (keyed !== null) return keyedLine((keyed[1] ?? '').toLowerCase(), (keyed[2] ?? '').trim());
  return ADDRESS.test(text) ? { url: text } : null;
}

/** Reads an address from the text after the turns, where articles name their sources. The line stays part of the text. */
export function addressLine(text: string): Pick<TranscriptHead, 'url'> | Pick<TranscriptHead, 'media'> | null {
  const found = text.length > 400 ? null : headLine(text);
  if (found?.media != null) return { media: found.media };
  return found?.url != null && !ADDRESS.test(text) ? { url: found.url } : null;
}

/** Returns the names of a list of speakers in the head: `Speakers: Ana Lee, Ben Ode`. */
export function participantsOf(text: string): string[] {
  const match =
    /^(?:participants?|speakers?|guests?|attendees|present|with|people|hosts?|嘉宾|参与者|与会者|主持人?|对话者|受访者|访谈者)\s{0,3}[:：]\s{0,3}(.{1,300})$/i.exec(
      text,
    );
  const names = (match?.[1] ?? '').split(/[,，、;；/]|\s(?:and|&)\s|和/).map((name) => name.replace(/[(（].*$/, '').trim());
  return names.filter((name) => name !== '' && name.length <= 40);
}

/** Reads a whole line as a date: ISO, `21 August 2023`, `August 21, 2023` or `2023年8月21日`, with an optional time of day. */
export function dateOf(text: string): string | null {
  const line = text.trim().replace(/(?:[,，T]|\s)\s*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[AP]M|Z|UTC|[+-]\d{2}:?\d{2})?$/i, '');
  if (line.length > 40) return null;
  const iso =
    /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(line) ?? /^(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?$/.exec(line);
  if (iso !== null) return isoDate(iso[1], iso[2], iso[3]);
  const named = /^(?:\p{L}+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?\s+(\p{L}{3,9})\.?,?\s+(\d{4})$/u.exec(line);
  if (named !== null) return isoDate(named[3], monthOf(named[2]), named[1]);
  const american = /^(?:\p{L}+day,?\s+)?(\p{L}{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})$/u.exec(line);
  return american === null ? null : isoDate(american[3], monthOf(american[1]), american[2]);
}

const ADDRESS = /^https?:\/\/\S+$/;

function keyedLine(key: string, value: string): Partial<TranscriptHead> | null {
  const isAddress = ADDRESS.test(value);
  if (isAddress && /^(?:.*video|audio|recording|episode|listen|watch|原?视频|音频|录音|播客|.*视频|.*音频)$/.test(key))
    return { media: value };
  if (isAddress && /^(?:source|url|link|original|published at|.*链接|原文|出处|来源|网址)$/.test(key)) return { url: value };
  if (/^(?:title|标题|题目)$/.test(key)) return { title: value };
  if (/^(?:publisher|published by|publication|出版|发布者|媒体)$/.test(key)) return { publisher: value };
  if (/^(?:lang|language)$/.test(key)) return /^[a-z]{2,3}(?:-|$)/i.test(value) ? { lang: value.slice(0, 2).toLowerCase() } : null;
  if (/^(?:date|published|recorded|recording date|日期|时间|发布时间|录制时间)$/.test(key)) {
    const date = dateOf(value);
    return date === null ? null : { date };
  }
  return null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function monthOf(name: string | undefined): string | undefined {
  const index = MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase());
  return index === -1 ? undefined : String(index + 1);
}

/** Returns null when the day does not exist. */
function isoDate(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  if (year === undefined || month === undefined) return null;
  const text = [year, month.padStart(2, '0'), ...(day === undefined ? [] : [day.padStart(2, '0')])].join('-');
  const moment = new Date(`${text}${day === undefined ? '-01' : ''}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(text) ? null : text;
}
