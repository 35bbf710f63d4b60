/** Text and lengths as OOXML (ECMA-376) has them. */

/** Text as XML: what XML 1.0 cannot hold is left out. */
export function escapeXml(text: string): string {
  return withoutIllegal(text).replace(/[&<>"]/g, (mark) => REFERENCES[mark] ?? mark);
}

/** Text without the characters that XML 1.0 cannot hold (section 2.2), and without control characters. */
export function withoutIllegal(text: string): string {
  return text.toWellFormed().replace(NO_CHARACTERS, '');
}

/** CSS pixels as English Metric Units: the slide of 980 pixels is 13.333 inches wide. */
export function emu(pixels: number): number {
  return Math.round((pixels * SLIDE.width) / CANVAS);
}

/** CSS pixels as hundredths of a point, as sizes of type and distances of lines are given; whole tenths of a point. */
export function points(pixels: number): number {
  return Math.round((pixels * 9600) / CANVAS) * 10;
}

/** A slide of 16:9 as PowerPoint makes it, in English Metric Units. */
export const SLIDE = { width: 12_192_000, height: 6_858_000 };

export const NAMESPACES =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';

export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Width of Slidev's canvas. */
const CANVAS = 980;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NO_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
const REFERENCES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// What a part of a presentation refers to, each target once.

const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export class Relations {
  readonly #ids = new Map<string, string>();

  /** The id by which the part names a target; `type` is the last word of the relationship's type. */
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
