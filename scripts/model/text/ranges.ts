/** Ranges of numbers, such as 2–3 or 1,000–10,000, and names with a number, such as GPT-4: a line never ends at their dash, which browsers would allow. */

const RANGE = /(?<![\d.,–])\d[\d.,]{0,11}–\d[\d.,]{0,11}(?![\d–])|(?<![\w-])[A-Za-z]{1,12}-\d{1,6}(?![\w-])/g;

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

/** The offsets behind the dashes of ranges, in UTF-16 units. */
export function dashesInRanges(text: string): Set<number> {
  return new Set([...text.matchAll(RANGE)].map(({ index, 0: range }) => index + range.search(/[–-]/) + 1));
}
