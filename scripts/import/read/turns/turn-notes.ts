/** Editor's notes: `• term: ...`, which nobody has said. */
import type { TextLine } from './turn-lines.ts';

/** A note as far as its first line goes; without a definition, the paragraph below is it. */
export interface NoteStart {
  term: string;
  definition: string;
}

/** Reads a line as the beginning of a note. In a text whose notes are bulleted, a bulleted paragraph needs no colon to be one. */
export function noteStart(text: string, isAnnotated: boolean): NoteStart | null {
  const words = BULLET.test(text) ? text.replace(BULLET, '') : null;
  if (words === null) return null;
  const colon = words.slice(0, LONGEST_TERM).search(/[:：](?!\/)/);
  if (colon > 0 && !/[.。!?！？]/.test(words.slice(0, colon))) {
    return { term: words.slice(0, colon).trim(), definition: words.slice(colon + 1).trim() };
  }
  return isAnnotated ? { term: leadingTerm(words), definition: definitionOf(words) } : null;
}

/** Whether bullets stand before notes in this text, rather than before the points of a list: twice a term is alone on its line. */
export function isAnnotated(lines: readonly TextLine[]): boolean {
  let alone = 0;
  for (const { text } of lines) {
    if (BULLET.test(text) && noteStart(text, false)?.definition === '') alone += 1;
    if (alone === 2) return true;
  }
  return false;
}

/** Whether a paragraph behind a note goes on with it: it names the term, and does not speak of itself. */
export function continuesNote(paragraph: string, { term }: NoteStart): boolean {
  const names = [term.replace(/[(（].*$/, ''), /[(（]([^)）]+)[)）]/.exec(term)?.[1] ?? '']
    .map((name) => name.trim())
    .filter((name) => name.length > (/\p{Script=Han}/u.test(name) ? 1 : 2));
  const isSpoken = /\b(?:I|we|my|our|you)\b|我|你|咱/.test(paragraph);
  return !isSpoken && names.some((name) => paragraph.toLowerCase().includes(name.toLowerCase()));
}

const BULLET = /^[•●▪■◆※]\s*(?=\S)/;
const LONGEST_TERM = 80;

/** `Ana Lee, who ...`, `Loss function (loss) is ...`: as far as the first comma or the bracket that gives its other name. */
function leadingTerm(words: string): string {
  const bracket = /^[^()（）,，.。:：]{1,60}[(（][^()（）]{1,60}[)）]/.exec(words)?.[0];
  return bracket ?? /^[^,，.。;；]{1,80}/.exec(words)?.[0].trim() ?? words.slice(0, LONGEST_TERM);
}

/** Behind a comma the definition stands alone; a sentence that begins with its term stays whole. */
function definitionOf(words: string): string {
  const rest = words.slice(leadingTerm(words).length);
  const isAppositive = /^[,，]\s*/.test(rest) && leadingTerm(words).length <= 30;
  return isAppositive ? rest.replace(/^[,，]\s*/, '') : words;
}
