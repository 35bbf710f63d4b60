/** New content files of an interview: their text. */
import type { ExchangeText } from '../exchanges/group-exchanges.ts';
import { paragraphOf, transcriptOf } from '../markdown-text.ts';
import { frontMatter } from '../merge/write-front-matter.ts';
import type { Spoken } from './spoken.ts';

/** How what is said and who says it is written in an interview. */
export interface Voice {
  lang: string;
  /** Name and id of who speaks, as the interview's index.md has them; the id is null where it has not. */
  personOf: (turn: Pick<Spoken, 'speaker'>) => { id: string | null; name: string };
}

export interface ExchangeFile {
  text: ExchangeText;
  section: string | null;
  tags: readonly string[];
  suggested: readonly string[];
  terms: readonly string[];
}

/** An exchange: what the file says, nothing else. No points: the slides show the leading sentences of the answer as a draft. */
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

/** The part of an exchange that an import owns. */
export function transcriptSection({ said }: ExchangeText, { lang, personOf }: Voice): string {
  const isAlone = new Set(said.map((turn) => personOf(turn).name)).size < 2;
  return `## Transcript\n\n${transcriptOf(said, (turn) => personOf(turn).name, lang, isAlone && !isAsked(said))}\n`;
}

/** `start` and `end` as content gives times; null where the file has none. */
export function timesOf({ start, end }: ExchangeText): { start: string | null; end: string | null } {
  const [from, to] = [start === null ? null : Math.floor(start / 1000), end === null ? null : Math.ceil(end / 1000)];
  if (from !== null && (from < 0 || from >= 3_600_000)) return { start: null, end: null };
  // An end before its start would be an error; such a file does not know its times.
  return {
    start: from === null ? null : timestamp(from),
    end: to === null || to >= 3_600_000 || (from !== null && to < from) ? null : timestamp(to),
  };
}

/** A term with its definition. */
export function termFile(name: string, aliases: readonly string[], definition: readonly string[]): string {
  return `${frontMatter({ term: name, aliases: aliases.length === 0 ? null : { words: aliases } })}\n${definition.map(paragraphOf).join('\n\n')}\n`;
}

/** Who asks stands before what they ask, though nobody answers. */
function isAsked(said: readonly Spoken[]): boolean {
  return said.some(({ speaker }) => speaker.role === 'interviewer');
}

function timestamp(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
