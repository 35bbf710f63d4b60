import { parseSync } from '@slidev/parser/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import YAML from 'yaml';
import { escapeCode, escapeHtml, escapeNotes, escapeTitle, escapeYaml } from '../../scripts/render/escape.ts';
import { anyText } from '../arbitraries.ts';

/** What a browser makes of character references. */
const decode = (html: string) => html.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
/** Signs that end a line become line feeds; other control characters have no place in a document and are dropped; half a surrogate pair cannot be written, and U+FE0F asks for a font of the machine's. */
const visible = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are dropped
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]|\ufe0f/g, '');
const oneLine = (text: string) => visible(text).replace(/[ \t]*\n[ \t\n]*/g, ' ');

describe('text in an HTML block', () => {
  it('comes back unchanged, on one line', () => {
    fc.assert(fc.property(anyText, (text) => void expect(decode(escapeHtml(text))).toBe(oneLine(text))));
  });

  it('holds nothing that Slidev, Vue or HTML could act on', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const html = escapeHtml(text);
        expect(html).not.toMatch(/[<>"{}$`[\]\\|*_~^=+@]|&(?!#\d+;)|--|::|\n|url\(|https?:/i);
      }),
    );
  });

  it('never cuts a slide in two', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const deck = `---\nlayout: a\n---\n\n<div v-pre>\n<p>${escapeHtml(text)}</p>\n<pre><code>${escapeCode(text)}</code></pre>\n</div>\n\n<!--\n${escapeNotes(text)}\n-->\n\n---\nlayout: b\n---\n`;
        const { slides } = parseSync(deck, 'x.md');
        expect(slides.map(({ frontmatter }) => frontmatter)).toEqual([{ layout: 'a' }, { layout: 'b' }]);
        expect(decode(slides[0]?.note ?? '').trim()).toBe(decode(escapeNotes(text)).trim());
      }),
    );
  });
});

describe('text in front matter', () => {
  it('comes back unchanged through YAML and through Slidev', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const value = escapeYaml(text);
        expect(YAML.parse(value)).toBe(visible(text));
        const { slides } = parseSync(`---\nlayout: a\nheadline: ${value}\nlist:\n  - { text: ${value} }\n---\n\nbody\n`, 'x.md');
        expect(slides).toHaveLength(1);
        expect(slides[0]?.frontmatter).toEqual({ layout: 'a', headline: visible(text), list: [{ text: visible(text) }] });
      }),
    );
  });
});

describe('a title', () => {
  it('has no pair of braces after its references are decoded', () => {
    fc.assert(fc.property(anyText, (text) => void expect(decode(escapeTitle(text))).not.toContain('{{')));
  });
});

describe('code', () => {
  it('keeps its lines and spaces', () => {
    fc.assert(fc.property(anyText, (text) => void expect(decode(escapeCode(text))).toBe(visible(text))));
    expect(escapeCode('a\n\n  b')).toBe('a&#10;&#10;&#32;&#32;b');
  });
});
