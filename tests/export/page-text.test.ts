import { expect, it } from 'vitest';
import { readPage } from '../../scripts/export/page-text.ts';

const ltr = (str: string, hasEOL = false) => ({ str, dir: 'ltr', hasEOL });
const rtl = (str: string) => ({ str, dir: 'rtl', hasEOL: false });

it('holds what stands on the page in one piece, however its lines are broken', () => {
  const page = readPage([ltr('We'), ltr(' '), ltr('built it', true), ltr('si-', true), ltr('lently, and it isn’t ﬁnished')]);
  expect(page.isEmpty).toBe(false);
  expect(page.holds('it si\u00adlently, and')).toBe(true);
  expect(page.holds('isnʼt finished')).toBe(true);
  expect(page.holds('it silently')).toBe(false);
  expect(page.holds('We it')).toBe(false);
  expect(readPage([ltr(' ', true)]).isEmpty).toBe(true);
});

it('reads words from right to left line by line, as pdf.js gives a sentence in Hebrew inside an English one', () => {
  const line = [
    ltr('small.'),
    ltr(' '),
    ltr('('),
    rtl('בלבד'),
    ltr(') '),
    rtl('מטר'),
    ltr(' 2 '),
    rtl('בונים'),
    ltr(' '),
    rtl('אנחנו'),
    ltr('', true),
  ];
  const page = readPage([...line, rtl('קטן'), ltr(' '), rtl('סכר'), ltr(' '), ltr('today.')]);
  expect(page.holds('small. אנחנו בונים 2 מטר (בלבד) סכר קטן today.')).toBe(true);
  expect(page.holds('small. אנחנו בונים 2 מטר סכר קטן today.')).toBe(false);
});
