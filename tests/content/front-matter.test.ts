import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseAnyYaml, parseYaml } from '../../scripts/content/yaml.ts';
import { readPlainYaml } from '../../scripts/content/yaml-plain.ts';
import { anyLine } from '../arbitraries.ts';
import { loadFiles } from './folder.ts';

it('gives back every text that is written in JSON quotes', async () => {
  const written = fc
    .oneof(anyLine, fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }))
    .filter((text) => text.trim() !== '' && !text.includes('\0'));
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 20 }), async (texts) => {
      const files = texts.map((text, index) => [`terms/t${index}.md`, `---\nterm: ${JSON.stringify(`${index} ${text}`)}\n---\n`]);
      const { corpus, problems } = await loadFiles(Object.fromEntries(files));
      expect(problems).toEqual([]);
      const read = Object.fromEntries(corpus.terms.map(({ id, text }) => [id, text.en?.term]));
      // White space at the ends is not part of a title.
      for (const [index, text] of texts.entries()) expect(read[`t${index}`]).toBe(`${index} ${text}`.trim());
    }),
    { numRuns: 40 },
  );
});

/** Front matter as people write it, with up to two slips: what the short cut reads, and what comes close to it. */
const goodScalars = [
  'Plain text',
  'true',
  '12',
  '0.50',
  '25 July',
  '2–3 年',
  '中文',
  'it\'s "so"',
  'a#b',
  '"quoted, [text]: #"',
  "'single'",
];
const oddScalars = [
  'Null',
  '1e3',
  '010',
  '0x1f',
  '2023-08-21',
  '1:30',
  'a: b',
  'a #b',
  '"a \\" b"',
  "'it''s'",
  '~',
  '-1',
  '.5',
  '@a',
  '=',
  'x y:',
];
const flows = [
  '[a, b-c]',
  '[ a, "b, c" ]',
  '[a, 1, 2 km, true]',
  '[]',
  '{ a: b, c: "d, e", f: 1 }',
  "{ a: it's }",
  '{ a: b, a: c }',
  '[a,b]',
  '[a, ]',
];
const slips = [
  ' ',
  '  ',
  '\n',
  '\n\n',
  '\t',
  ':',
  ': ',
  '- ',
  '-',
  '#',
  ' #',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  ', ',
  '&a ',
  '*a',
  '!x ',
  '|',
  '>',
  '~',
  '?',
  '%',
  'null: 1',
];
const scalar = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...goodScalars) }, fc.constantFrom(...oddScalars), {
  weight: 3,
  arbitrary: fc.constantFrom(...flows),
});
const keys = fc.uniqueArray(fc.constantFrom('a', 'bc', 'items', 'x', 'true', 'constructor'), { minLength: 1, maxLength: 4 });
const { map } = fc.letrec<{ map: string[]; value: string[] }>((tie) => ({
  // The lines of a value: one that stands behind its key, or several below it.
  value: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    scalar.map((text) => [text]),
    tie('map').map((lines) => ['', ...lines.map((line) => `  ${line}`)]),
    fc
      .array(
        fc.oneof(
          scalar.map((text) => [text]),
          tie('map'),
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((items) => [
        '',
        ...(items.flat().length > 0 ? items.flatMap(([first, ...rest]) => [`  - ${first}`, ...rest.map((line) => `    ${line}`)]) : []),
      ]),
  ),
  map: keys.chain((names) =>
    fc
      .tuple(...names.map(() => tie('value')))
      .map((values) => values.flatMap(([first, ...rest], index) => [`${names[index]}:${first === '' ? '' : ` ${first}`}`, ...rest])),
  ),
}));
const front = fc.tuple(map, fc.array(fc.tuple(fc.nat(), fc.constantFrom(...slips)), { maxLength: 2 })).map(([lines, found]) =>
  found.reduce((text, [at, slip]) => {
    const position = at % (text.length + 1);
    return text.slice(0, position) + slip + text.slice(position);
  }, lines.join('\n')),
);

it('the short cut for plain front matter gives what the parser gives', () => {
  let taken = 0;
  fc.assert(
    fc.property(front, (source) => {
      const plain = readPlainYaml(`\n${source}`);
      if (plain === null) return;
      taken += 1;
      const { data, failures } = parseAnyYaml(`\n${source}`);
      expect(failures).toEqual([]);
      expect(plain).toEqual(data);
    }),
    { numRuns: 5000 },
  );
  expect(taken).toBeGreaterThan(300);
});

it('the short cut and the parser agree on places', () => {
  const source = '\na: one\nitems:\n  - { id: x, label: y }\n  - id: z\n    label: [p, q]\n';
  expect(readPlainYaml(source)).not.toBeNull();
  const place = (path: (string | number)[], part: 'key' | 'value') => {
    const yaml = parseYaml(source);
    const { line, column } = yaml.placeOf(yaml.offsetOf(path, part) ?? -1);
    return `${line}:${column}`;
  };
  expect(place(['items', 0, 'label'], 'key')).toBe('4:14');
  expect(place(['items', 0, 'label'], 'value')).toBe('4:21');
  expect(place(['items', 1, 'label', 1], 'value')).toBe('6:16');
  expect(place(['items', 1, 'nothing'], 'value')).toBe('5:5');
});
