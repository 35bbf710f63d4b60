import fc from 'fast-check';
import { expect, it } from 'vitest';
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
      expect(problems.filter(({ code }) => code !== 'hidden-character' && code !== 'typed-mark')).toEqual([]);
      const read = Object.fromEntries(corpus.terms.map(({ id, text }) => [id, text.en?.term]));
      // White space at the ends is not part of a title.
      for (const [index, text] of texts.entries()) expect(read[`t${index}`]).toBe(`${index} ${text}`.trim());
    }),
    { numRuns: 40 },
  );
});
