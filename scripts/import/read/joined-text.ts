/** Pieces of text put together as they were spoken: no space inside Chinese or Japanese, one elsewhere. */

/** The two texts with a space between them where their script has one and neither brings its own. */
export function joinText(before: string, after: string): string {
  if (before === '' || after === '') return before + after;
  if (/\s$/.test(before) || /^\s/.test(after)) return before + after;
  // What closes a sentence or bracket belongs to the word before it: one-word segments give it a segment of its own.
  if (/^[,.;:!?%…)\]}”’]+(?:\s|$)/.test(after)) return before + after;
  return SPACELESS_END.test(before) && SPACELESS_START.test(after) ? before + after : `${before} ${after}`;
}

/** Many pieces at once, in time proportional to their length. */
export function joinPieces(pieces: readonly string[]): string {
  const joined: string[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1)?.slice(-2) ?? '';
    joined.push(joinText(before, piece).slice(before.length));
  }
  return joined.join('');
}

/** One line, without spaces around it. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const SPACELESS = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。！？；：，「」『』（）《》…—“”‘’]`;
const SPACELESS_END = new RegExp(`${SPACELESS}$`, 'u');
const SPACELESS_START = new RegExp(`^${SPACELESS}`, 'u');
