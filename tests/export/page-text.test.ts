import { expect, it } from 'vitest';
import { isOnPages, readPage } from '../../scripts/pdf/page-text.ts';

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

it('finds words that mix directions beside numbers and beside characters that no font has, also where a passage goes on overleaf', () => {
  // The number stands on the other side of the Hebrew letters; of the two characters without a font only one can be read.
  const first = readPage([ltr('a4'), rtl('אב'), ltr('b \ue000 c')], new Set(['\ue000', '\ue001']));
  const second = readPage([ltr('overleaf'), rtl('גד')]);
  expect(first.holdsWords('aאב4b \ue000\ue001c')).toBe(true);
  expect(first.holdsWords('aאב5b')).toBe(false);
  expect(isOnPages('אב b overleaf גד', [first, second])).toBe(true);
  expect(isOnPages('אב b overleaf דג', [first, second])).toBe(false);
});

it('finds digits and letters that an override turns around', () => {
  const page = readPage([ltr('level 4321 cba')]);
  expect(page.holdsWords('level \u202e1234 abc')).toBe(true);
  expect(page.holdsWords('level \u202e1235 abc')).toBe(false);
  // Letters keep their marks behind them.
  expect(readPage([ltr('រខ្មែ')]).holdsWords('\u202eខ្មែរ')).toBe(true);
  expect(page.holds('level 1234 abc')).toBe(false);
});

it('finds a word beside letters from right to left that a line end divides in a table', () => {
  const page = readPage([ltr('x '), ltr('ヴァイ'), rtl('שלום'), ltr('リン'), ltr('y')]);
  expect(page.holdsWords('שלום ヴァイリン')).toBe(true);
  expect(page.holdsWords('שלום ヴァイラン')).toBe(false);
});
