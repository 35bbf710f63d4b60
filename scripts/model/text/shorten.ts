/** Texts cut to a width, with an ellipsis: for footers, which only say where one is. What stands in the body of a slide is never cut. */

/** Width of a text in CSS pixels. */
type WidthOf = (text: string) => number;

/** Returns the text, or as much of its beginning as fits with an ellipsis behind it. `room` in CSS pixels. */
export function shorten(text: string, room: number, widthOf: WidthOf): string {
  if (widthOf(text) <= room) return text;
  const ends = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ index, segment }) => index + segment.length);
  const cut = (count: number) => `${text.slice(0, ends[count - 1] ?? 0).replace(/[\s\p{P}]+$/u, '')}…`;
  let [fits, tooMany] = [0, ends.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (widthOf(cut(middle)) <= room) fits = middle;
    else tooMany = middle;
  }
  return cut(fits);
}

/** Returns texts that take no more than `room` CSS pixels together: the longest are shortened, to the same width, and short ones stay whole. */
export function shortenAll(texts: readonly string[], room: number, widthOf: WidthOf): string[] {
  const widths = texts.map(widthOf);
  const taken = (level: number) => widths.reduce((sum, width) => sum + Math.min(width, level), 0);
  let level = Math.max(0, ...widths);
  if (taken(level) <= room) return [...texts];
  for (let step = level / 2; step > 0.5; step /= 2) level += taken(level) > room ? -step : step;
  while (level > 0 && taken(level) > room) level -= 1;
  return texts.map((text) => shorten(text, level, widthOf));
}
