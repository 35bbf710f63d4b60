/** Names of other alphabets in Latin letters, where each country and decade writes them in its own way: Chaykovskiy, Tchaikovsky, Tschaikowski. */

/**
 * A pattern for all usual ways to write a name in Latin letters, from one of them (small ASCII letters). For alphabets that write vowels: Cyrillic, Greek,
 * Armenian, Georgian.
 */
export function romanisedPattern(letters: string): string {
  let pattern = '';
  for (let at = 0; at < letters.length; ) {
    const [sound, written] = SOUNDS.find(([start]) => letters.startsWith(start, at)) ?? [letters[at] ?? '', ''];
    at += sound.length;
    const isConsonant = written === '' && !/[aeiou]/.test(sound);
    pattern += written === '' ? `${sound}${isConsonant ? '{1,2}' : ''}` : written;
    // A double letter is one sound.
    while (letters[at] === sound && isConsonant) at += 1;
  }
  return pattern;
}

/** The longest first. */
const SOUNDS: readonly (readonly [string, string])[] = [
  ['shch', '(?:shch|schtsch|sch|sh|chtch)'],
  ['tsch', '(?:tsch|tch|ch|c)'],
  ['tch', '(?:tsch|tch|ch|c)'],
  ['sch', '(?:sch|sh|ch)'],
  ['zh', '(?:zh|z|j|sh|g)'],
  ['kh', '(?:kh|ch|h|x|j|k)'],
  ['ch', '(?:tsch|tch|ch|c|kh|h|x)'],
  ['sh', '(?:sh|sch|ch|s)'],
  ['th', '(?:th|t|f)'],
  ['ph', '(?:ph|f)'],
  ['ts', '(?:ts|tz|c|z)'],
  ['tz', '(?:ts|tz|c|z)'],
  ['ks', '(?:ks|x)'],
  ['mp', '(?:mp|b)'],
  ['nt', '(?:nt|d|nd)'],
  ['gk', '(?:gk|g|ng)'],
  ['ou', '(?:ou|oy|u)'],
  ['oy', '(?:ou|oy|u)'],
  ['ev', '[yji]?[eo](?:v|w|ff?)'],
  ['ey', '[yji]?e[yji]{0,2}'],
  ['ei', '[yji]?e?[yji]{1,2}'],
  ['ye', '[yji]?[eo]'],
  ['je', '[yji]?[eo]'],
  ['yo', '[yji]?[eo]'],
  ['jo', '[yji]?[eo]'],
  ['iy', '[yji]{1,2}'],
  ['ij', '[yji]{1,2}'],
  ['ii', '[yji]{1,2}'],
  ['yy', '[yji]{1,2}'],
  ['ia', '[yji]{1,2}a'],
  ['e', '(?:[yji]?e|[yji]o)'],
  ['y', '[yjiu]{1,2}'],
  ['j', '(?:[yji]{1,2}|zh|dj)'],
  ['i', '[yjieh]{1,2}'],
  ['o', '(?:o|yo|oo)'],
  ['u', '(?:u|ou|oo|oy)'],
  ['x', '(?:x|ks|ch|h)'],
  ['b', '(?:b|v|mp)'],
  ['w', '(?:v|w)'],
  ['v', '(?:v|w|ff?|b)'],
  ['f', '(?:f|ff|ph|v)'],
  ['h', '(?:h|kh|g|x|ch|e)'],
  ['g', '(?:g|gh|h|y)'],
  ['k', '(?:k|c|ck|q)'],
  ['c', '(?:c|k|ts|s)'],
];
