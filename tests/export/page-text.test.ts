import { expect, it } from 'vitest';
import { readingsOf } from '../../scripts/export/page-text.ts';

const ltr = (str: string, hasEOL = false) => ({ str, dir: 'ltr', hasEOL });
const rtl = (str: string) => ({ str, dir: 'rtl', hasEOL: false });

it('reads a page as it is drawn', () => {
  expect(readingsOf([ltr('We'), ltr(' '), ltr('built', true), ltr(' it')])).toEqual(['We built it']);
});

it('reads words from right to left line by line, as pdf.js gives those of a sentence in Hebrew inside an English one', () => {
  const line = [ltr('million.'), ltr(' '), rtl('בונים'), ltr(' '), rtl('אנחנו'), ltr('', true)];
  const next = [rtl('קטן'), ltr(' 2 '), rtl('סכר'), ltr(' '), ltr('today.')];
  expect(readingsOf([...line, ...next])[1]).toBe('million. אנחנו בוניםסכר 2 קטן today.');
});
