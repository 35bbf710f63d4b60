/** Numbers as their authors write them: a double would lose digits (`1.50`, `12345678901234567890`). */

/** Digits with at most one full stop, perhaps a power of ten: what YAML takes for a number that is not negative. */
export const WRITTEN_NUMBER = /^\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

/** The number with the separators of a language (a BCP 47 tag), every digit as it is written. */
export function withSeparators(written: string, languageTag: string): string {
  const [, sign = '', whole = '', fraction = '', power = ''] = /^(\+?)(\d*)\.?(\d*)(e.*)?$/i.exec(written) ?? [];
  const { format, decimal } = separatorsFor(languageTag);
  // Who writes zeros in front means them.
  const grouped = /^0\d/.test(whole) ? whole : format(BigInt(whole));
  return `${sign}${grouped}${fraction === '' ? '' : decimal}${fraction}${power}`;
}

interface Separators {
  format: (whole: bigint) => string;
  decimal: string;
}

/** Making a formatter costs a hundred times what using it does. */
const known = new Map<string, Separators>();

function separatorsFor(languageTag: string): Separators {
  const made = known.get(languageTag) ?? makeSeparators(languageTag);
  known.set(languageTag, made);
  return made;
}

function makeSeparators(languageTag: string): Separators {
  const formatter = new Intl.NumberFormat(languageTag, { numberingSystem: 'latn' });
  return {
    format: (whole) => formatter.format(whole),
    decimal: formatter.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.',
  };
}
