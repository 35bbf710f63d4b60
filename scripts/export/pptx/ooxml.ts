/** Text, lengths and places in OOXML (ECMA-376). */
import type { Box } from './shown.ts';

/** Escapes text for XML. Drops characters that XML 1.0 does not allow. */
export function escapeXml(text: string): string {
  return withoutIllegal(text).replace(/[&<>"]/g, (mark) => REFERENCES[mark] ?? mark);
}

/** Returns text without the characters that XML 1.0 does not allow (section 2.2), and without control characters. */
export function withoutIllegal(text: string): string {
  return text.toWellFormed().replace(NO_CHARACTERS, '');
}

/** Converts CSS pixels to English Metric Units. The slide of 980 pixels is 13.333 inches wide. */
export function emu(pixels: number): number {
  return Math.round((pixels * SLIDE.width) / CANVAS);
}

/** Converts CSS pixels to hundredths of a point, the unit of font sizes and line distances, rounded to tenths of a point. */
export function points(pixels: number): number {
  return Math.round((pixels * 9600) / CANVAS) * 10;
}

/** Returns the place of a shape on the slide. */
export function frameXml(box: Box, name = 'a:xfrm'): string {
  return `<${name}>${boundsXml(box)}</${name}>`;
}

export function boundsXml({ x, y, width, height }: Box, offset = 'a:off', extent = 'a:ext'): string {
  return `<${offset} x="${emu(x)}" y="${emu(y)}"/><${extent} cx="${emu(Math.max(width, 0))}" cy="${emu(Math.max(height, 0))}"/>`;
}

/** Marks a shape as decoration, which is not read aloud. */
export const DECORATION =
  '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>';

/** The size of PowerPoint's 16:9 slides, in English Metric Units. */
export const SLIDE = { width: 12_192_000, height: 6_858_000 };

export const NAMESPACES =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';

export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The width of Slidev's canvas in CSS pixels. */
export const CANVAS = 980;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NO_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
const REFERENCES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// The relationships of a part to others. Each target is listed once.

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export class Relations {
  readonly #ids = new Map<string, string>();

  /** Returns the id of a target in this part. `type` is the last word of the relationship's type. */
  to(type: string, target: string, external = false): string {
    const attributes = `Type="${TYPES}/${type}" Target="${escapeXml(target)}"${external ? ' TargetMode="External"' : ''}`;
    const id = this.#ids.get(attributes) ?? `rId${this.#ids.size + 1}`;
    this.#ids.set(attributes, id);
    return id;
  }

  toXml(): string {
    const all = [...this.#ids].map(([attributes, id]) => `<Relationship Id="${id}" ${attributes}/>`);
    return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
  }
}
