/** What a part of a presentation refers to, each target once. */
import { escapeXml, HEAD } from './ooxml.ts';

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
