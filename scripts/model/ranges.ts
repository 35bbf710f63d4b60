/** Ranges of numbers, such as 2–3 or 1,000–10,000: a line never ends at their dash, which browsers would allow. */

const RANGE = /(?<![\d.,–])\d[\d.,]{0,11}–\d[\d.,]{0,11}(?![\d–])/g;

/** Text in parts, of which those with `range` stay on one line. The theme's SetText.vue cuts the text of front matter by the same rule. */
export function splitAtRanges(text: string): { text: string; range: boolean }[] {
  const parts: { text: string; range: boolean }[] = [];
  let at = 0;
  for (const { index, 0: range } of text.matchAll(RANGE)) {
    if (index > at) parts.push({ text: text.slice(at, index), range: false });
    parts.push({ text: range, range: true });
    at = index + range.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), range: false });
  return parts;
}

/** Whether an offset of a text, in UTF-16 units, lies inside a range. */
export function isInRange(text: string, offset: number): boolean {
  if (text.charAt(offset - 1) !== '–') return false;
  let at = 0;
  return splitAtRanges(text).some((part) => {
    const from = at;
    at += part.text.length;
    return part.range && from < offset && offset < at;
  });
}
