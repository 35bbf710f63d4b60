/** Text objects of a content stream: reads their text, and writes the same text in fewer bytes. */
import type { PrintedFont } from './pdf-fonts.ts';
import type { Operation } from './pdf-operators.ts';

/** Returns a font of a page by the name that its content uses. */
export type FontsByName = (name: string) => PrintedFont | null;

/** The position of a text object's line. */
export interface Line {
  /** The vertical position of the baseline, in units of the content. Null when the text object is not placed as Chromium does. */
  baseline: number | null;
  /** The last operation that shows text, and its font. Null when nothing is shown. */
  last: { operation: Operation; font: PrintedFont } | null;
}

/** A text object, from BT to ET. */
export interface TextObject {
  operations: Operation[];
  glyphs: Glyph[];
}

export interface Glyph {
  font: PrintedFont;
  code: number;
  /** The ActualText of its span on the first glyph, and an empty string on the others. Null without ActualText. */
  said: string | null;
  /** Whether another glyph is part of the same ActualText. */
  shared: boolean;
}

/** Returns the text of a text object. ActualText replaces its glyphs. */
export function readText({ glyphs }: TextObject): string {
  let text = '';
  for (const { font, code, said } of glyphs) text += said ?? font.unicode.get(code) ?? '';
  return text;
}

/** Returns a text object with its glyphs. Glyphs of unreadable fonts are skipped. */
export function readTextObject(operations: Operation[], fonts: FontsByName): TextObject {
  const glyphs: Glyph[] = [];
  let font: PrintedFont | null = null;
  let span: { said: string; first: number } | null = null;
  const show = (string: string) => {
    if (font === null) return;
    for (const code of codesIn(string)) {
      glyphs.push({ font, code, said: span === null ? null : glyphs.length === span.first ? span.said : '', shared: false });
    }
  };
  const endSpan = () => {
    const own = span === null ? [] : glyphs.slice(span.first);
    if (own.length > 1) for (const glyph of own) glyph.shared = true;
    span = null;
  };
  for (const { operator, operands } of operations) {
    const [first = ''] = operands;
    if (operator === 'Tj' || operator === 'TJ') show(first);
    else if (operator === 'Tf') font = fonts(first);
    else if (operator === 'EMC') endSpan();
    else if (operator === 'BDC') {
      const said = actualText(operands);
      span = said === null ? null : { said, first: glyphs.length };
    }
  }
  return { operations, glyphs };
}

/**
 * Sets the glyphs of a text object as runs, because Chromium places every glyph by itself. Each glyph stays in its place to within a
 * thousandth of a pixel. Returns a text object unchanged when it uses operators that Chromium does not.
 */
export function setRuns({ operations }: TextObject, fonts: FontsByName): { operations: Operation[]; line: Line } {
  const setter = new RunSetter(fonts);
  for (const operation of operations) if (!setter.take(operation)) return { operations, line: { baseline: null, last: null } };
  return { operations: setter.written, line: { baseline: setter.baseline, last: setter.last } };
}

/** Returns the ActualText of a marked-content operation. Null when it has none. */
export function actualText(operands: readonly string[]): string | null {
  const [, digits, literal] = /\/ActualText\s*(?:<([0-9A-Fa-f\s]*)>|\(((?:\\[\s\S]|[^\\])*?)\))/.exec(operands[1] ?? '') ?? [];
  if (digits !== undefined) return textOf(digits);
  // ISO 32000-1, 7.3.4.2. Chromium writes only ASCII in this form.
  return (
    literal?.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, escaped: string) => {
      if (/[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8));
      return ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' } as Record<string, string>)[escaped] ?? escaped;
    }) ?? null
  );
}

/** Returns the two-byte codes of a hexadecimal string, or of those in an array. */
export function codesIn(operand: string): number[] {
  // Nearly all strings have one glyph.
  if (operand.length === 6) return [Number.parseInt(operand.slice(1, 5), 16)];
  const codes: number[] = [];
  for (const [, digits = ''] of operand.matchAll(/<([0-9A-Fa-f]*)>/g)) {
    for (let at = 0; at + 4 <= digits.length; at += 4) codes.push(Number.parseInt(digits.slice(at, at + 4), 16));
  }
  return codes;
}

/** Operators in a text object that do not change where glyphs are placed. */
const NEUTRAL = new Set([
  'BT',
  'ET',
  'BDC',
  'BMC',
  'EMC',
  'rg',
  'RG',
  'g',
  'G',
  'k',
  'K',
  'gs',
  'cs',
  'CS',
  'sc',
  'SC',
  'scn',
  'SCN',
  'Tr',
]);

class RunSetter {
  readonly written: Operation[] = [];
  baseline: number | null = null;
  last: Line['last'] = null;
  private readonly fonts: FontsByName;
  private font: PrintedFont | null = null;
  private size = 0;
  /** The start of the line from the last Tm: in the original, and in the new operations. */
  private lineWas = 0;
  private lineIs = 0;
  /** The position of the next glyph: in the original, and in the new operations. */
  private pen = 0;
  private penIs = 0;
  private run: { parts: (string | number)[]; end: number } | null = null;

  constructor(fonts: FontsByName) {
    this.fonts = fonts;
  }

  /** Returns false for an operation that cannot be rewritten. */
  take(operation: Operation): boolean {
    const { operator, operands } = operation;
    if (operator === 'Td' && Number(operands[1]) === 0) {
      this.lineWas += Number(operands[0]);
      this.pen = this.lineWas;
      return true;
    }
    if (operator === 'Tj') return this.show(operands[0] ?? '');
    this.endRun();
    if (operator === 'Tm') {
      this.lineWas = 0;
      this.lineIs = 0;
      this.pen = 0;
      this.penIs = 0;
      this.baseline = Number(operands[5]);
    } else if (operator === 'Tf') {
      this.font = this.fonts(operands[0] ?? '');
      this.size = Number(operands[1]);
    } else if (!NEUTRAL.has(operator)) return false;
    this.written.push(operation);
    return true;
  }

  private show(string: string): boolean {
    const { font } = this;
    if (font === null || this.size === 0 || !string.startsWith('<')) return false;
    for (const code of codesIn(string)) {
      this.run ??= this.startRun();
      const { parts } = this.run;
      const shift = Math.round(((this.run.end - this.pen) * 100_000) / this.size) / 100;
      if (shift !== 0) {
        parts.push(shift);
        this.run.end -= (shift * this.size) / 1000;
      }
      const before = parts.at(-1);
      if (typeof before === 'string') parts[parts.length - 1] = before + hexOf(code);
      else parts.push(hexOf(code));
      const width = (font.widthOf(code) * this.size) / 1000;
      this.run.end += width;
      this.pen += width;
    }
    return true;
  }

  private startRun(): { parts: (string | number)[]; end: number } {
    if (Math.abs(this.pen - this.penIs) >= 0.0001) {
      const by = Math.round((this.pen - this.lineIs) * 10_000) / 10_000;
      this.written.push({ operator: 'Td', operands: [String(by), '0'] });
      this.lineIs += by;
      this.penIs = this.lineIs;
    }
    return { parts: [], end: this.penIs };
  }

  private endRun(): void {
    if (this.run === null || this.font === null) return;
    const { parts } = this.run;
    const strings = parts.map((part) => (typeof part === 'string' ? `<${part}>` : String(part)));
    const operation = parts.length === 1 ? { operator: 'Tj', operands: strings } : { operator: 'TJ', operands: [`[${strings.join('')}]`] };
    this.written.push(operation);
    this.last = { operation, font: this.font };
    this.penIs = this.run.end;
    this.run = null;
  }
}

// Unicode maps: the text of a font's glyphs, its ToUnicode map (ISO 32000-1, 9.10.3; Adobe technical note 5411).

/** Text by character code. */
export type UnicodeMap = Map<number, string>;

/** Parses the `bfchar` and `bfrange` sections of a map. */
export function readUnicodeMap(cmap: string): UnicodeMap {
  const map: UnicodeMap = new Map();
  for (const [, body = ''] of cmap.matchAll(/beginbfchar(.*?)endbfchar/gs)) {
    for (const [, code = '', text = ''] of body.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>/g))
      map.set(Number.parseInt(code, 16), textOf(text));
  }
  for (const [, body = ''] of cmap.matchAll(/beginbfrange(.*?)endbfrange/gs)) {
    for (const [, low = '', high = '', target = '', list = ''] of body.matchAll(RANGE)) {
      const [first, last] = [Number.parseInt(low, 16), Number.parseInt(high, 16)];
      const texts = [...list.matchAll(/<([0-9A-Fa-f]*)>/g)].map(([, text = '']) => textOf(text));
      for (let code = first; code <= last; code += 1) {
        const text = target === '' ? texts[code - first] : advance(textOf(target), code - first);
        if (text !== undefined) map.set(code, text);
      }
    }
  }
  return map;
}

/** Writes a map for codes of two bytes. The same map gives the same text. */
export function writeUnicodeMap(map: UnicodeMap): string {
  const entries = [...map].sort(([a], [b]) => a - b).map(([code, text]) => `<${hexOf(code)}> <${hexOfText(text)}>`);
  const sections: string[] = [];
  // A section holds at most 100 entries.
  for (let start = 0; start < entries.length; start += 100) {
    const section = entries.slice(start, start + 100);
    sections.push(`${section.length} beginbfchar`, ...section, 'endbfchar');
  }
  return [...HEAD, ...sections, ...TAIL, ''].join('\n');
}

/** Decodes a hexadecimal string in UTF-16, without its byte order mark. */
function textOf(hexadecimal: string): string {
  const digits = hexadecimal.replace(/\s/g, '').replace(/^feff/i, '');
  return (digits.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('');
}

const RANGE = /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[([^\]]*)\])/g;

/** In a range, the last unit of the text counts up. */
function advance(text: string, by: number): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + by);
}

/** A two-byte code as written in a hexadecimal string. */
export const hexOf = (code: number) => code.toString(16).toUpperCase().padStart(4, '0');

const hexOfText = (text: string) => Array.from({ length: text.length }, (_, index) => hexOf(text.charCodeAt(index))).join('');

const HEAD = [
  '/CIDInit /ProcSet findresource begin',
  '12 dict begin',
  'begincmap',
  '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
  '/CMapName /Adobe-Identity-UCS def',
  '/CMapType 2 def',
  '1 begincodespacerange',
  '<0000> <FFFF>',
  'endcodespacerange',
];
const TAIL = ['endcmap', 'CMapName currentdict /CMap defineresource pop', 'end', 'end'];
