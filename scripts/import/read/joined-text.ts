/** Joins pieces of spoken text: without a space inside Chinese or Japanese, with one elsewhere. */

/** Joins two texts. Adds a space when their script uses spaces and neither text has one there. */
export function joinText(before: string, after: string): string {
  if (before === '' || after === '') return before + after;
  if (/\s$/.test(before) || /^\s/.test(after)) return before + after;
  // Closing punctuation belongs to the word before it. Segments of one word give it a segment of its own.
  if (/^[,.;:!?%…)\]}”’]+(?:\s|$)/.test(after)) return before + after;
  return SPACELESS_END.test(before) && SPACELESS_START.test(after) ? before + after : `${before} ${after}`;
}

/** Joins many pieces in linear time. */
export function joinPieces(pieces: readonly string[]): string {
  const joined: string[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1)?.slice(-2) ?? '';
    joined.push(joinText(before, piece).slice(before.length));
  }
  return joined.join('');
}

/** Returns the text as one line, trimmed. */
export function withoutLineEnds(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const SPACELESS = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。！？；：，「」『』（）《》…—“”‘’]`;
const SPACELESS_END = new RegExp(`${SPACELESS}$`, 'u');
const SPACELESS_START = new RegExp(`^${SPACELESS}`, 'u');
