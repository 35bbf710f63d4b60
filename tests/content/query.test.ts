import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesQuery, parseQuery, type Query, tagsOfQuery } from '../../scripts/model/query.ts';
import { loadFixture } from './folder.ts';

const tag = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,4})?$/).filter((word) => !['and', 'or', 'not'].includes(word));
const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small' },
    tag.map((name): Query => ({ type: 'tag', tag: name, offset: 0 })),
    tie('query').map((operand): Query => ({ type: 'not', operand })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), tie('query'), tie('query'))
      .map(([type, left, right]): Query => ({ type, left, right })),
  ),
}));

function print(node: Query): string {
  if (node.type === 'tag') return node.tag;
  return node.type === 'not' ? `not (${print(node.operand)})` : `(${print(node.left)}) ${node.type} (${print(node.right)})`;
}

function withoutOffsets(node: Query): Query {
  if (node.type === 'tag') return { ...node, offset: 0 };
  if (node.type === 'not') return { type: 'not', operand: withoutOffsets(node.operand) };
  return { type: node.type, left: withoutOffsets(node.left), right: withoutOffsets(node.right) };
}

it('parses what it prints, and knows where every tag stands', () => {
  fc.assert(
    fc.property(query, (node) => {
      const text = print(node);
      const parsed = parseQuery(text);
      if (!parsed.ok) throw new Error(`"${text}" does not parse: ${parsed.expected}`);
      expect(withoutOffsets(parsed.query)).toEqual(node);
      for (const { tag: name, offset } of tagsOfQuery(parsed.query)) expect(text.slice(offset, offset + name.length)).toBe(name);
    }),
  );
});

it('never throws, and places a syntax error inside the query or at its end', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('and', 'or', 'not', '(', ')', 'a', 'b-c', 'A', '  ', '"'), { maxLength: 8 }), (words) => {
      const text = words.join(' ');
      const parsed = parseQuery(text);
      if (!parsed.ok) expect(text.startsWith(parsed.found, parsed.offset)).toBe(true);
    }),
  );
});

it.each([
  ['a or b and not c', ['a', 'c'], true],
  ['(a or b) and not c', ['a', 'c'], false],
  ['not a and b', ['b'], true],
])('%s over %j is %s: not binds tightest, then and', (text, tags, expected) => {
  const parsed = parseQuery(text);
  expect(parsed.ok && matchesQuery(parsed.query, new Set(tags))).toBe(expected);
});

it.each([
  ['energy and (unheard)', '3:20'],
  ["'energy and (unheard)'", '3:21'],
  ['"energy   and  unheard"', '3:23'],
  ['>-\n  energy\n\n  and\n  unheard', '7:3'],
  ['|\n  energy or\n    unheard', '5:5'],
  ['energy and', '3:18'],
  ['"energy and" # later', '3:19'],
])('a finding in the query %j stands at %s', async (text, place) => {
  const { list } = await loadFixture('good', {}, { 'themes/other.md': `---\ntitle: Other\nquery: ${text}\n---\n` });
  expect(list.map((line) => line.split(' ')[0])).toEqual([`themes/other.md:${place}`]);
});
