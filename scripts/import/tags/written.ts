/** Writes new content files of an interview. */
import type { SpokenExchange } from '../exchanges/group-exchanges.ts';
import { paragraphOf, transcriptOf } from '../markdown-text.ts';
import { frontMatter } from '../merge/write-front-matter.ts';
import type { Spoken } from './spoken.ts';

/** The language of an interview and the names of its speakers. */
export interface Voice {
  lang: string;
  /** Returns name and id of a speaker as in the interview's index.md. The id is null when the speaker is not listed there. */
  personOf: (turn: Pick<Spoken, 'speaker'>) => { id: string | null; name: string };
}

export interface ExchangeFile {
  text: SpokenExchange;
  section: string | null;
  tags: readonly string[];
  suggested: readonly string[];
  terms: readonly string[];
}

/** Returns the text of an exchange. It has no points, so slides show the first sentences of the answer as a draft. */
export function exchangeFile({ text, section, tags, suggested, terms }: ExchangeFile, voice: Voice): string {
  const { start, end } = timesOf(text);
  const matter = frontMatter({
    question: text.question,
    tags: { words: tags },
    suggested: suggested.length === 0 ? null : { words: suggested },
    section,
    speaker: text.speaker === null ? null : voice.personOf({ speaker: text.speaker }).id,
    start: start === null ? null : { quoted: start },
    end: end === null ? null : { quoted: end },
    terms: terms.length === 0 ? null : { words: terms },
  });
  const notes = text.remarks.length === 0 ? '' : `\n## Notes\n\n${text.remarks.map(paragraphOf).join('\n\n')}\n`;
  return `${matter}${notes}\n${transcriptSection(text, voice)}`;
}

/** Returns the section of an exchange that an import owns. */
export function transcriptSection({ said }: SpokenExchange, { lang, personOf }: Voice): string {
  const isAlone = new Set(said.map((turn) => personOf(turn).name)).size < 2;
  return `## Transcript\n\n${transcriptOf(said, (turn) => personOf(turn).name, lang, isAlone && !isAsked(said))}\n`;
}

/** Returns `start` and `end` in the notation of content; null when the file has no times. */
export function timesOf({ start, end }: SpokenExchange): { start: string | null; end: string | null } {
  const [from, to] = [start === null ? null : Math.floor(start / 1000), end === null ? null : Math.ceil(end / 1000)];
  if (from !== null && (from < 0 || from >= 3_600_000)) return { start: null, end: null };
  // An end before its start would be an error in content, so it is dropped.
  return {
    start: from === null ? null : timestamp(from),
    end: to === null || to >= 3_600_000 || (from !== null && to < from) ? null : timestamp(to),
  };
}

/** Returns the text of a term with its definition. */
export function termFile(name: string, aliases: readonly string[], definition: readonly string[]): string {
  return `${frontMatter({ term: name, aliases: aliases.length === 0 ? null : { words: aliases } })}\n${definition.map(paragraphOf).join('\n\n')}\n`;
}

/** Whether an interviewer speaks. Their name is then written even if nobody answers. */
function isAsked(said: readonly Spoken[]): boolean {
  return said.some(({ speaker }) => speaker.role === 'interviewer');
}

function timestamp(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
