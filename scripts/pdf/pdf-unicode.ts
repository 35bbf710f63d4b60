/** What the glyphs of a font say in Unicode: its ToUnicode map (ISO 32000-1, 9.10.3; Adobe technical note 5411). */

/** Text by character code. */
export type UnicodeMap = Map<number, string>;

/** Reads the `bfchar` and `bfrange` sections of a map. */
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

/** A map for codes of two bytes. The same map gives the same text. */
export function writeUnicodeMap(map: UnicodeMap): string {
  const entries = [...map].sort(([a], [b]) => a - b).map(([code, text]) => `<${hexOf(code)}> <${hexOfText(text)}>`);
  const sections: string[] = [];
  // A section holds a hundred at most.
  for (let start = 0; start < entries.length; start += 100) {
    const section = entries.slice(start, start + 100);
    sections.push(`${section.length} beginbfchar`, ...section, 'endbfchar');
  }
  return [...HEAD, ...sections, ...TAIL, ''].join('\n');
}

/** Text that a hexadecimal string in UTF-16 stands for; a byte order mark in front is not part of it. */
export function textOf(hexadecimal: string): string {
  const digits = hexadecimal.replace(/\s/g, '').replace(/^feff/i, '');
  return (digits.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('');
}

const RANGE = /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[([^\]]*)\])/g;

/** The last unit of a range's text counts up. */
function advance(text: string, by: number): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + by);
}

/** A code of two bytes as it stands in a hexadecimal string. */
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
