/**
 * The one place where text becomes part of a generated file. Slidev compiles a deck's Markdown as a Vue template and cuts it by lines,
 * so what is safe depends on where the text lands; there is one function for each place.
 */

/**
 * Text inside an HTML block that stands in `<… v-pre>`: everything that Slidev's line cutting, Markdown, KaTeX, Vue or HTML could act on is written as
 * a character reference. What stays readable: letters, digits, and marks that mean nothing to any of them.
 */
export function escapeHtml(text: string): string {
  return stripControls(text)
    .replace(/(?<!\s)\s*\n\s*/g, ' ')
    .replace(ACTIVE, reference);
}

/** Code keeps its line breaks: as references, because a real one would end the HTML block. */
export function escapeCode(text: string): string {
  return stripControls(text).replace(ACTIVE, reference).replace(/ /g, '&#32;').replace(/\t/g, '&#9;').replace(/\r?\n/g, '&#10;');
}

/** An attribute value in double quotes, inside `v-pre`. */
export function escapeAttribute(text: string): string {
  return escapeHtml(text);
}

/**
 * A slide's `title`: Slidev compiles it again as Markdown and Vue, outside any `v-pre`. References alone do not help against `{{`
 * (they are decoded before Vue looks), so the pair is broken by an empty element.
 */
export function escapeTitle(text: string): string {
  // A full stop or parenthesis after a number would begin a list, and a word with full stops would become a link.
  return escapeHtml(text)
    .replace(/\.|(?<=^\s*\d+)\)/g, reference)
    .replace(/(&#123;)(?=&#123;)/g, '$1<span v-pre></span>');
}

/** A front matter value: a JSON string is a YAML string; what Slidev's line cutting or its comment scan could see is written as an escape. */
export function escapeYaml(text: string): string {
  return JSON.stringify(stripControls(text).toWellFormed())
    .replace(/-{2,}/g, (dashes) => '\\x2d'.repeat(dashes.length))
    .replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Presenter's notes: they stand in an HTML comment and are shown as HTML, where `[click]` and tags would act. */
export function escapeNotes(text: string): string {
  return stripControls(text)
    .replace(/(?<!\s)\s*\n\s*/g, ' ')
    .replace(ACTIVE, reference);
}

/** Every ASCII mark but `. , ; ! ? ' ( ) % /` and single hyphens and colons inside a line. */
const ACTIVE = /["#$&*+<=>@[\\\]^_`{|}~]|-{2,}|:{2,}|^\s*[-:]|url\(|https?:|www\./gi;

function reference(match: string): string {
  return [...match].map((c) => (/[\s\p{L}]/u.test(c) ? c : `&#${c.codePointAt(0)};`)).join('');
}

/** Control characters other than tab and line feed have no picture and break XML, YAML and terminals. */
function stripControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
}
