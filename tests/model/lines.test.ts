import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextWidth } from '../../scripts/model/outputs/metrics.ts';
import { breakOffsets } from '../../scripts/model/text/line-breaks.ts';
import { breakLines, breakRuns } from '../../scripts/model/text/lines.ts';
import { type Inline, inlineToPlain } from '../../scripts/model/text/text.ts';
import { cutTail, splitAtStretches, tailStart, wordsIn, wordsInInline } from '../../scripts/model/text/text-pieces.ts';
import { anyLine } from '../arbitraries.ts';

/** Ideographs are one em wide, all else half of one. */
const width: TextWidth = (text, _face, size) => [...text].reduce((sum, c) => sum + (c > '\u2e7f' ? 1 : 0.5), 0) * size;
const at = (column: number, tail = false) => ({ face: 'sans', size: 10, column, tail }) as const;
const pieces = (text: string) => {
  const ends = breakOffsets(text);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
};

describe('where a line may end', () => {
  it.each([
    ['words and hyphens', 'a well-known fact', ['a ', 'well-', 'known ', 'fact']],
    ['numbers keep sign, unit and range together', 'from -3 to 2–3% or $5', ['from ', '-3 ', 'to ', '2–', '3% ', 'or ', '$5']],
    ['a web address, at its query only', 'https://a.org/b/c?d=e', ['https://a.org/b/c?', 'd=e']],
    ['ideographs, but not before closing marks', '规模（一）、二。', ['规', '模', '（一）、', '二。']],
    ['Chinese quotes go with what they enclose', '叫“乘数”，好', ['叫', '“乘', '数”，', '好']],
    ['dashes and ellipses stay whole', '好——对……吧', ['好', '——', '对……', '吧']],
    ['Latin quotes', 'so “called” by', ['so ', '“called” ', 'by']],
    ['Latin in Chinese', '用 GPT-4 与Claude', ['用 ', 'GPT-', '4 ', '与', 'Claude']],
    ['Korean', '한국어', ['한', '국', '어']],
    ['emoji with their joiners', '👩‍👩‍👧👍🏽🇨🇳🇫🇷', ['👩‍👩‍👧', '👍🏽', '🇨🇳', '🇫🇷']],
    ['no-break space', '5\u00a0km', ['5\u00a0km']],
  ])('%s', (_, text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });
});

describe('lines', () => {
  it('are filled greedily', () => {
    expect(breakLines('aaa bbb ccc', at(35), width)).toEqual(['aaa bbb', 'ccc']);
    expect(breakLines('一二三，四五', at(30), width)).toEqual(['一二', '三，四', '五']);
    expect(breakLines('a  b\nc', at(100), width)).toEqual(['a b', 'c']);
    expect(breakLines('', at(100), width)).toEqual(['']);
  });

  it('keep ranges whole, in Chinese too', () => {
    expect(breakLines('过 2～3 年', at(30), width)).toEqual(['过', '2～3', '年']);
    expect(breakLines('在2014—2017', at(50), width)).toEqual(['在', '2014—2017']);
    expect(breakLines('in 2–3 years', at(28), width)).toEqual(['in', '2–3', 'years']);
  });

  it('break a word that is wider than the column, and go on behind its rest', () => {
    expect(breakLines('xx abcdefgh i', at(25), width)).toEqual(['xx', 'abcde', 'fgh i']);
  });

  it('measure every word in its own face, and count the room around code', () => {
    const bold: TextWidth = (text, face, size) => width(text, face, size) * (face === 'sans-bold' ? 2 : 1);
    const runs = [
      { text: 'aa ', face: 'sans' } as const,
      { text: 'bb', face: 'sans-bold' } as const,
      { text: '. cc', face: 'sans' } as const,
    ];
    expect(breakRuns(runs, { size: 10, column: 40 }, bold)).toEqual(['aa bb.', 'cc']);
    const code = [{ text: 'aa ', face: 'sans' } as const, { text: 'bb', face: 'mono', padding: 0.5 } as const];
    expect(breakRuns(code, { size: 10, column: 34 }, width)).toEqual(['aa', 'bb']);
    expect(breakRuns(code, { size: 10, column: 35 }, width)).toEqual(['aa bb']);
  });

  it('are the text again, and no wider than the column but for what cannot be broken', () => {
    fc.assert(
      fc.property(anyLine, fc.integer({ min: 20, max: 200 }), fc.boolean(), (text, column, tail) => {
        const lines = breakLines(text, at(column, tail), width);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
        for (const [index, line] of lines.entries()) {
          const single = [...graphemes.segment(line)].length === 1;
          const isTail = tail && index === lines.length - 1;
          if (!single && !isTail) expect(width(line, 'sans', 10)).toBeLessThanOrEqual(column + 0.1);
        }
      }),
    );
  });
});

describe('the tail of a Chinese paragraph', () => {
  it.each([
    ['能力会随规模平稳提升。', '平稳提升。'],
    ['他说这叫“计算乘数”。', '“计算乘数”。'],
    ['早期工作大多使用 MRI', '用 MRI'],
    ['模型叫 Mechanistic Interpretability 的研究', null],
    ['短句', null],
    ['Only Latin words here.', null],
  ])('%s', (text, tail) => {
    const start = tailStart(text);
    expect(start === null ? null : text.slice(start)).toBe(tail);
  });

  it('stands on the last line in one piece and never makes a line more', () => {
    expect(breakLines('一二三四五六七八九十。', at(50), width)).toEqual(['一二三四五', '六七八九', '十。']);
    expect(breakLines('一二三四五六七八九十。', at(50, true), width)).toEqual(['一二三四五', '六', '七八九十。']);
    expect(breakLines('一二三四五六七八九。', at(90, true), width)).toEqual(['一二三四五', '六七八九。']);
  });

  it('is cut from inline text without losing a word or a mark', () => {
    const children: Inline[] = [
      { type: 'text', value: '一二三，' },
      { type: 'strong', children: [{ type: 'text', value: '四五六七' }] },
      { type: 'text', value: '八九。' },
    ];
    const [head, tail] = cutTail(children);
    expect(inlineToPlain(head)).toBe('一二三，四五');
    expect(tail).toEqual([
      { type: 'strong', children: [{ type: 'text', value: '六七' }] },
      { type: 'text', value: '八九。' },
    ]);
  });

  it('does not divide inline code, which has one box', () => {
    const code: Inline = { type: 'code', value: '四五六七' };
    const [head, tail] = cutTail([
      { type: 'text', value: '一二，三' },
      { type: 'strong', children: [code] },
      { type: 'text', value: '八九。' },
    ]);
    expect(inlineToPlain(head)).toBe('一二，三');
    expect(tail).toEqual([
      { type: 'strong', children: [code] },
      { type: 'text', value: '八九。' },
    ]);
    const long: Inline = { type: 'code', value: '一二三四五六七八九十一二三四五六' };
    expect(cutTail([{ type: 'text', value: '一二' }, long])).toEqual([[{ type: 'text', value: '一二' }, long], []]);
    const runs = [
      { text: '一二三', face: 'sans' as const },
      { text: '四五六七', face: 'mono' as const, padding: 0 },
      { text: '八。', face: 'sans' as const },
    ];
    expect(breakRuns(runs, { size: 10, column: 60, tail: true }, width)).toEqual(['一二三', '四五六七八。']);
  });
});

describe('Chinese words', () => {
  /** Cuts behind every character that these words do not hold together. */
  const known = ['规模', '定律', '对齐', '价值观', '机制', '不大可能'];
  const words = (text: string): string[] => {
    if (text === '') return [];
    const word = known.find((each) => text.startsWith(each)) ?? [...text][0] ?? '';
    return [word, ...words(text.slice(word.length))];
  };
  const kept = (column: number, tail = false) => ({ ...at(column, tail), words });

  it('are not divided where a line ends; the same text without words is', () => {
    expect(breakLines('关于规模定律的事', at(30), width)).toEqual(['关于规', '模定律', '的事']);
    expect(breakLines('关于规模定律的事', kept(30), width)).toEqual(['关于', '规模', '定律的', '事']);
    expect(breakLines('（规模）定律', kept(45), width)).toEqual(['（规模）', '定律']);
  });

  it('are only looked for in Chinese text that needs more than one line', () => {
    const asked: string[] = [];
    const ask = (text: string) => {
      asked.push(text);
      return words(text);
    };
    breakLines('规模定律', { ...at(40), words: ask }, width);
    breakLines('Words that take more than one line', { ...at(40), words: ask }, width);
    expect(asked).toEqual([]);
    breakLines('规模 AI 定律', { ...at(40), words: ask }, width);
    expect(asked).toEqual(['规模', '定律']);
  });

  it('are where the tail of a paragraph begins', () => {
    expect(breakLines('一二三四机制价值观。', at(70, true), width)).toEqual(['一二三四机', '制价值观。']);
    expect(breakLines('一二三四机制价值观。', kept(70, true), width)).toEqual(['一二三四', '机制价值观。']);
    const children: Inline[] = [
      { type: 'text', value: '一二' },
      { type: 'strong', children: [{ type: 'text', value: '机制' }] },
      { type: 'text', value: '价值观。' },
    ];
    expect(inlineToPlain(cutTail(children, wordsInInline(children, words))[1])).toBe('机制价值观。');
  });

  it('end with their element, and those in code are none', () => {
    const children: Inline[] = [
      { type: 'text', value: '规模定' },
      { type: 'strong', children: [{ type: 'text', value: '律对齐' }] },
      { type: 'code', value: '对齐' },
      { type: 'text', value: '机制' },
    ];
    expect(wordsInInline(children, words)).toEqual([
      [0, 2],
      [4, 6],
      [8, 10],
    ]);
    expect(splitAtStretches('论规模与对齐', wordsIn('论规模与对齐', words))).toEqual(['论', '规模', '与', '对齐', '']);
  });

  it('stay whole in every column that is wider, and no character is lost', () => {
    const parts = fc.array(fc.constantFrom(...known, '的', '与', '，', '。', '“', '”', ' AI ', '2～3', ' '), { maxLength: 30 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 60, max: 300 }), fc.boolean(), (given, column, tail) => {
        const text = given.join('').trim();
        const lines = breakLines(text, kept(column, tail), width);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        const bare = text.replace(/\s/g, '');
        const inside = new Set(
          wordsIn(bare, words).flatMap(([from, to]) => Array.from({ length: to - from - 1 }, (_, at) => from + 1 + at)),
        );
        let end = 0;
        for (const line of lines) {
          end += line.replace(/\s/g, '').length;
          expect(inside.has(end), `${text} in ${column}: ${lines.join(' | ')}`).toBe(false);
        }
      }),
    );
  });
});
