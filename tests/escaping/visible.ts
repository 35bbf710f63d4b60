/**
 * How texts are compared in these tests: the one place that says what may differ between a text in the content and the same text on a slide.
 *
 * - Every sign that ends a line (also those that Unicode and PDFs have for it) is a line end; the other control characters have no picture and break XML,
 *   YAML and terminals: they are dropped. Half a surrogate pair is no character: it becomes U+FFFD. So is U+FE0F, which asks for an emoji in colours.
 * - HTML shows any run of spaces, tabs and line ends as one space, and none at either end; content drops white space at the ends of a text.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\r\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(CONTROL, '')
    .replace(/[ \t\n]+/g, ' ')
    .trim();
}

/** The same without any white space, for text whose line ends are made by the planner: drawn labels, text over several slides. */
export function inked(text: string): string {
  return visible(text).replace(/\s/gu, '');
}

/** The same without the marks that keep the direction of a text to itself where it is joined with others: a closing one too many is left out there. */
export function words(text: string): string {
  return inked(text).replace(/[\u2068\u2069]/g, '');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are dropped
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]|\ufe0f/g;
