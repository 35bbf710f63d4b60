/** Front matter that somebody wrote keeps its bytes but for what is set. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addKeys, addRows, readEditableMatter, setInRow, setKey } from '../../scripts/import/merge/edit-matter.ts';

const file = (matter: string, body = '\nBody.\n') => `---\n${matter}---\n${body}`;
const dataOf = (text: string | null) => readEditableMatter(text ?? '')?.data;

/** Keys as people write them, each with a comment of its own. */
const written = fc
  .uniqueArray(
    fc.constantFrom(
      'question: What? # q\n',
      'tags: [a, b]  # t\n',
      'tags:\n  - a # one\n  # between\n  - b\n\n',
      'tags:\n- a\n- b\n',
      'tags: []\n',
      'tags:\n',
      '"tags": ["a"]\n',
      'start: "00:00:01" # s\n',
      "end: '00:01'\n",
      'takeaway: >-\n  Folded\n  text\n\n',
      'figures:\n  - { kind: number, value: "1", label: l, alt: a }\n',
      '# alone\n',
      'speaker:   ben\n',
    ),
    { selector: (line) => line.replace(/"/g, '').split(':')[0] ?? '' },
  )
  .map((lines) => lines.join(''));

describe('setting a key', () => {
  it('sets it and touches nothing else', () => {
    fc.assert(
      fc.property(written, fc.constantFrom('tags', 'start', 'suggested'), fc.constantFrom('\n', '\r\n'), (matter, key, eol) => {
        const before = file(matter).replaceAll('\n', eol);
        const value = key === 'start' ? { quoted: '01:02:03' } : { words: ['x', 'y'] };
        const after = setKey(before, key, value);
        if (readEditableMatter(before) === null) {
          expect(after).toBeNull();
          return;
        }
        expect(dataOf(after)).toEqual({ ...parse(matter), [key]: key === 'start' ? '01:02:03' : ['x', 'y'] });
        // What is left when the key is taken out of both is the same, comments and all.
        for (const comment of matter.match(/#.*/g) ?? []) if (!/one|between/.test(comment)) expect(after).toContain(comment);
        expect(after?.endsWith(`---${eol}${eol}Body.${eol}`)).toBe(true);
        expect((after ?? '').replaceAll('\r\n', '').includes('\n')).toBe(eol === '\n');
        expect(setKey(after ?? '', key, value)).toBe(after);
      }),
    );
  });

  it('takes a key out with its line', () => {
    expect(setKey(file('a: 1\nsuggested: [x] # s\nb: 2\n'), 'suggested', null)).toBe(file('a: 1\nb: 2\n'));
    expect(setKey(file('a: 1\n'), 'suggested', null)).toBe(file('a: 1\n'));
  });
});

describe('adding items', () => {
  const row = { id: 'c', name: 'Cy: D' };
  it.each([
    [
      'people:\n  - { id: a, name: A } # first\nlang: en\n',
      'people:\n  - { id: a, name: A } # first\n  - { id: c, name: "Cy: D" }\nlang: en\n',
    ],
    [
      'people:\n- id: a\n  name: A\n\n# below\nlang: en\n',
      'people:\n- id: a\n  name: A\n- { id: c, name: "Cy: D" }\n\n# below\nlang: en\n',
    ],
    ['people: [{ id: a, name: A }]\n', 'people: [{ id: a, name: A }, { id: c, name: "Cy: D" }]\n'],
    ['people: []\nlang: en\n', 'people:\n  - { id: c, name: "Cy: D" }\nlang: en\n'],
    ['lang: en\n', 'lang: en\npeople:\n  - { id: c, name: "Cy: D" }\n'],
  ])('%j', (before, after) => {
    expect(addRows(file(before), 'people', [row])).toBe(file(after));
  });

  it.each([
    ['tags:\n  a: A # first\n', 'tags:\n  a: A # first\n  b: "B: C"\n'],
    ['tags: { a: A }\n', 'tags: { a: A, b: "B: C" }\n'],
    ['tags: {}\n', 'tags:\n  b: "B: C"\n'],
    ['# none\n', null],
  ])('declares tags in %j', (before, after) => {
    expect(addKeys(file(before), 'tags', [['b', 'B: C']])).toBe(after === null ? null : file(after));
  });

  it('sets a text in an item', () => {
    expect(setInRow(file('people:\n  - { id: a, name: S_0 } # a\n  - { id: b, name: S_1 }\n'), 'people', 'b', 'name', 'Ben')).toBe(
      file('people:\n  - { id: a, name: S_0 } # a\n  - { id: b, name: Ben }\n'),
    );
  });
});
