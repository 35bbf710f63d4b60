/** Makes ids for people, sections, exchanges, terms, tags and interviews from text. */
// any-ascii: transliterates every script of Unicode to ASCII, without dependencies. Chinese becomes pinyin, which readers of Chinese
// recognise, while a number or hash would not tell which question a file holds. Its readings ignore the context (重庆 becomes zhong-qing),
// which is good enough for an id.
import anyAscii from 'any-ascii';

/**
 * Returns a slug of the first words of a text: lower-case ASCII, at most `most` characters (default 48), cut between words. Every
 * ideograph becomes one syllable. Returns `otherwise` when nothing remains.
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

/** Returns the slug, or the first of `slug-2`, `slug-3` ... that is not taken. Adds the result to `taken`. */
export function unusedSlug(slug: string, taken: Set<string>): string {
  let unused = slug;
  for (let count = 2; taken.has(unused); count += 1) unused = `${slug}-${count}`;
  taken.add(unused);
  return unused;
}

/** Device names of Windows, which cannot be names of folders. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
