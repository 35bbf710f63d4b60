/** Ids of what transcripts name: people, sections, exchanges, terms, tags, interviews. */
// any-ascii: every script of Unicode in ASCII, without a dependency. Chinese comes out as pinyin, which who reads Chinese reads aloud and recognises;
// a number or a hash would tell nobody which question a file holds. Its readings know no context (重庆 is zhong-qing), which an id can bear.
import anyAscii from 'any-ascii';

/**
 * A slug of the first words of a text, lower-case ASCII: at most `most` characters (48 when left out), cut between words. Every ideograph is a
 * syllable of its own. `otherwise` where nothing is left of the text.
 */
export function asciiSlug(text: string, otherwise: string, most = 48): string {
  const spaced = text
    .slice(0, 4 * most)
    .normalize('NFKC')
    .replace(/['’ʼ]/g, '')
    .replace(/\p{Script=Han}/gu, ' $& ');
  const words =
    anyAscii(spaced)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  let slug = (words[0] ?? '').slice(0, most);
  for (const word of words.slice(1)) {
    if (slug.length + 1 + word.length > most) break;
    slug += `-${word}`;
  }
  return slug === '' ? otherwise : RESERVED.test(slug) ? `${slug}-1` : slug;
}

/** The slug, or the first of `slug-2`, `slug-3` ... that is not taken; it is then. */
export function unusedSlug(slug: string, taken: Set<string>): string {
  let unused = slug;
  for (let count = 2; taken.has(unused); count += 1) unused = `${slug}-${count}`;
  taken.add(unused);
  return unused;
}

/** Names that Windows has for devices: no folder may bear one. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
