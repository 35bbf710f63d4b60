/** Codes of qualitative analysis -> tags. */
import { asciiSlug } from '../exchanges/ascii-slug.ts';
import { folded } from '../exchanges/people.ts';
import type { KnownContent } from '../merge/known.ts';
import { oneLine } from '../plain-text.ts';

/** Maps codes to tags, and collects tags that the content does not declare yet. */
export class TagsOfCodes {
  readonly #known: KnownContent;
  readonly #tags = new Map<string, string>();
  /** Tag -> name of its code. */
  readonly undeclared = new Map<string, string>();

  constructor(known: KnownContent) {
    this.#known = known;
  }

  /** Returns the tag of a code: the theme with that id or title, else a slug of its words. */
  tagOf(code: string): string {
    const name = oneLine(code);
    const found = this.#tags.get(name);
    if (found !== undefined) return found;
    const { themes, tags } = this.#known;
    const slug = asciiSlug(name, 'code');
    const theme = themes.find(({ id, titles }) => id === slug || titles.some((title) => folded(title) === folded(name)));
    const tag = theme?.tag ?? slug;
    this.#tags.set(name, tag);
    if (!tags.has(tag) && !themes.some(({ id }) => id === tag) && !this.undeclared.has(tag))
      this.undeclared.set(tag, name.slice(0, LONGEST_MEANING) || tag);
    return tag;
  }
}

const LONGEST_MEANING = 400;
