/** Reads editor's notes: `• term: ...`. They are not spoken. */
import type { TextLine } from './turn-lines.ts';

/** The first line of a note. When `definition` is empty, the next paragraph is the definition. */
export interface NoteStart {
  term: string;
  definition: string;
}

/** Reads the beginning of a note. In a text with bulleted notes, a bulleted paragraph is a note even without a colon. */
export function noteStart(text: string, isAnnotated: boolean): NoteStart | null {
  const words = BULLET.test(text) ? text.replace(BULLET, '') : null;
  if (words === null) return null;
  const colon = words.slice(0, LONGEST_TERM).search(/[:：](?!\/)/);
  if (colon > 0 && !/[.。!?！？]/.test(words.slice(0, colon))) {
    return { term: words.slice(0, colon).trim(), definition: words.slice(colon + 1).trim() };
  }
  return isAnnotated ? { term: leadingTerm(words), definition: definitionOf(words) } : null;
}

/** Whether bullets mark notes in this text rather than list items: at least two terms stand alone on their line. */
export function isAnnotated(lines: readonly TextLine[]): boolean {
  let alone = 0;
  for (const { text } of lines) {
    if (BULLET.test(text) && noteStart(text, false)?.definition === '') alone += 1;
    if (alone === 2) return true;
  }
  return false;
}

/** Whether a paragraph continues the note before it: it names the term and is not in the first person. */
export function continuesNote(paragraph: string, { term }: NoteStart): boolean {
  const names = [term.replace(/[(（].*$/, ''), /[(（]([^)）]+)[)）]/.exec(term)?.[1] ?? '']
    .map((name) => name.trim())
    .filter((name) => name.length > (/\p{Script=Han}/u.test(name) ? 1 : 2));
  const isSpoken = /\b(?:I|we|my|our|you)\b|我|你|咱/.test(paragraph);
  return !isSpoken && names.some((name) => paragraph.toLowerCase().includes(name.toLowerCase()));
}

const BULLET = /^[•●▪■◆※]\s*(?=\S)/;
const LONGEST_TERM = 80;

/**
 * Returns the term at the start of `Ana Lee, who ...` or `Loss function (loss) is ...`: up to the first comma, or including the bracket
 * with the other name.
 */
function leadingTerm(words: string): string {
  const bracket = /^[^()（）,，.。:：]{1,60}[(（][^()（）]{1,60}[)）]/.exec(words)?.[0];
  return bracket ?? /^[^,，.。;；]{1,80}/.exec(words)?.[0].trim() ?? words.slice(0, LONGEST_TERM);
}

/** Returns the definition. After a comma it stands alone; a sentence that begins with its term is kept whole. */
function definitionOf(words: string): string {
  const rest = words.slice(leadingTerm(words).length);
  const isAppositive = /^[,，]\s*/.test(rest) && leadingTerm(words).length <= 30;
  return isAppositive ? rest.replace(/^[,，]\s*/, '') : words;
}
