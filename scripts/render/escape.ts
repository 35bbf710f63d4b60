/**
 * The one place where text becomes part of a generated file. Slidev compiles a deck's Markdown as a Vue template and cuts it by lines,
 * so what is safe depends on where the text lands; there is one function for each place.
 */

/**
 * Text inside an HTML block that stands in `<… v-pre>`: everything that Slidev's line cutting, Markdown, KaTeX, Vue or HTML could act on is written as
 * a character reference. What stays readable: letters, digits, and marks that mean nothing to any of them.
 */
export function escapeHtml(text: string): string {
  return onOneLine(stripControls(text)).replace(ACTIVE, reference);
}

/** Code keeps its line breaks: as references, because a real one would end the HTML block. */
export function escapeCode(text: string): string {
  return stripControls(text).replace(ACTIVE, reference).replace(/ /g, '&#32;').replace(/\t/g, '&#9;').replace(/\n/g, '&#10;');
}

/** An attribute value in double quotes, inside `v-pre`. */
export function escapeAttribute(text: string): string {
  return escapeHtml(text);
}

/**
 * A slide's `title`: Slidev compiles it again as Markdown and Vue, outside any `v-pre`, where quotes become curly, `(c)` a sign, words with full stops links, a
 * number with a parenthesis a list. References alone do not help against `{{` (they are decoded before Vue looks), so that pair is broken by an empty element.
 */
export function escapeTitle(text: string): string {
  return escapeHtml(text)
    .replace(/['.]|,{2,}|[!?]{2,}|\((?=[a-z])|(?<=^\s*\d+)\)/gi, reference)
    .replace(/(&#123;)(?=&#123;)/g, '$1<span v-pre></span>');
}

/**
 * A front matter value: a JSON string is a YAML string. What Slidev looks for in the whole file, front matter or not, is written as an escape: lines of
 * dashes, comments, and the signs of features that it then loads (formulas in dollars, `{monaco}`, posts from other sites by their tags).
 */
export function escapeYaml(text: string): string {
  return JSON.stringify(stripControls(text))
    .replace(/-{2,}|[<{$`]/g, (marks) => [...marks].map((mark) => `\\x${mark.charCodeAt(0).toString(16)}`).join(''))
    .replaceAll('\ufeff', '\\ufeff');
}

/** A string of a style sheet that stands in `<style>`: every character but plain letters and digits as an escape, so that nothing ends string or element. */
export function escapeCss(text: string): string {
  return onOneLine(stripControls(text)).replace(/[^A-Za-z0-9]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)} `);
}

/**
 * A line of presenter's notes: they stand in an HTML comment and are shown as Markdown, where `[click]` and tags would act, and a number with a full stop
 * begins a list.
 */
export function escapeNotes(text: string): string {
  return escapeHtml(text)
    .replace(/^[^\S\u00a0]+/, '')
    .replace(/^\u00a0+/, (indent) => '&#160;'.repeat(indent.length))
    .replace(/(?<=^\d{1,9})[.)]/, reference);
}

/** A paragraph of presenter's notes: a backslash at the end of a line breaks it. */
export function escapeNoteLines(text: string): string {
  return text
    .split('\n')
    .map((line) => escapeNotes(line) || '&#160;')
    .join('\\\n');
}

/** Every ASCII mark but `. , ; ! ? ' ( ) % /` and single hyphens and colons inside a line. */
const ACTIVE = /["#$&*+<=>@[\\\]^_`{|}~]|-{2,}|:{2,}|^\s*[-:]|url\(|https?:|www\./gi;

function onOneLine(text: string): string {
  return text.replace(/(?<![ \t])[ \t]*\n[ \t\n]*/g, ' ');
}

function reference(match: string): string {
  return [...match].map((c) => (/[\s\p{L}]/u.test(c) ? c : `&#${c.codePointAt(0)};`)).join('');
}

/**
 * Every sign that ends a line as a line feed: page breaks come along with text from PDFs. The other control characters have no picture and break XML, YAML
 * and terminals: they are dropped. Half a surrogate pair is no character in UTF-8. U+FE0F asks for an emoji in colours, which a browser takes from whatever
 * font the machine has.
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
