/**
 * Escapes text for generated files; no other module does. Slidev compiles a deck's Markdown as a Vue template and splits it by lines, so
 * what is safe depends on where the text is placed. There is one function for each place.
 */

/**
 * Escapes text inside an HTML block in `<… v-pre>`: everything with a meaning in Slidev's line splitting, Markdown, KaTeX, Vue or HTML
 * becomes a character reference. Letters, digits and all other marks stay readable.
 */
export function escapeHtml(text: string): string {
  return onOneLine(stripControls(text)).replace(ACTIVE, reference);
}

/** Escapes code. Line breaks become character references, because real ones would end the HTML block. */
export function escapeCode(text: string): string {
  return stripControls(text).replace(ACTIVE, reference).replace(/ /g, '&#32;').replace(/\t/g, '&#9;').replace(/\n/g, '&#10;');
}

/** Escapes an attribute value in double quotes, inside `v-pre`. */
export function escapeAttribute(text: string): string {
  return escapeHtml(text);
}

/**
 * Escapes a slide's `title`. Slidev compiles it again as Markdown and Vue, outside any `v-pre`: quotes become curly, `(c)` becomes a sign,
 * words with full stops become links, and a number with a parenthesis starts a list. References are not enough for `{{` (they are decoded
 * before Vue parses the text), so that pair is split by an empty element.
 */
export function escapeTitle(text: string): string {
  return escapeHtml(text)
    .replace(/['.]|,{2,}|[!?]{2,}|\((?=[a-z])|(?<=^\s*\d+)\)/gi, reference)
    .replace(/(&#123;)(?=&#123;)/g, '$1<span v-pre></span>');
}

/**
 * Escapes a front matter value: a JSON string is also a YAML string. Slidev searches the whole file, front matter included, for some marks;
 * they are written as escapes: lines of dashes, comments, and marks of features that Slidev then loads (formulas in dollars, `{monaco}`,
 * posts from other sites by their tags).
 */
export function escapeYaml(text: string): string {
  return JSON.stringify(stripControls(text))
    .replace(/-{2,}|[<{$`]/g, (marks) => [...marks].map((mark) => `\\x${mark.charCodeAt(0).toString(16)}`).join(''))
    .replaceAll('\ufeff', '\\ufeff');
}

/**
 * Escapes a string of a style sheet in `<style>`: every character except ASCII letters and digits becomes an escape, so that text cannot
 * end the string or the element.
 */
export function escapeCss(text: string): string {
  return onOneLine(stripControls(text)).replace(/[^A-Za-z0-9]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)} `);
}

/**
 * Escapes a line of presenter's notes. Notes are in an HTML comment and are shown as Markdown, where `[click]` and tags have a meaning and
 * a number with a full stop starts a list.
 */
export function escapeNotes(text: string): string {
  return escapeHtml(text)
    .replace(/^[^\S\u00a0]+/, '')
    .replace(/^\u00a0+/, (indent) => '&#160;'.repeat(indent.length))
    .replace(/(?<=^\d{1,9})[.)]/, reference);
}

/** Escapes a paragraph of presenter's notes. A backslash at the end of a line keeps the line break. */
export function escapeNoteLines(text: string): string {
  return text
    .split('\n')
    .map((line) => escapeNotes(line) || '&#160;')
    .join('\\\n');
}

/** Every ASCII mark except `. , ; ! ? ' ( ) % /` and single hyphens and colons inside a line. */
const ACTIVE = /["#$&*+<=>@[\\\]^_`{|}~]|-{2,}|:{2,}|^\s*[-:]|url\(|https?:|www\./gi;

function onOneLine(text: string): string {
  return text.replace(/(?<![ \t])[ \t]*\n[ \t\n]*/g, ' ');
}

function reference(match: string): string {
  return [...match].map((c) => (/[\s\p{L}]/u.test(c) ? c : `&#${c.codePointAt(0)};`)).join('');
}

/**
 * Normalizes line ends to line feeds; page breaks come with text from PDFs. Drops other control characters, which have no glyph and break
 * XML, YAML and terminals. Half a surrogate pair cannot be encoded in UTF-8. U+FE0F asks for a coloured emoji, for which a browser would
 * use any font of the machine.
 */
function stripControls(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
      .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]|\ufe0f/g, '')
  );
}
