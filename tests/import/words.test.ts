/** The law of imports: every word of a file is in the content, in its order, and the content has no errors. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Transcript } from '../../scripts/import/transcript.ts';
import { type Block, blocksToPlain, inlineToPlain } from '../../scripts/model/text/text.ts';
import { temporaryFolder } from '../run.ts';
import { importInto, type Line, read, transcriptOf } from './making.ts';

/** Beginnings of lines and pieces of lines that mean something in Markdown, YAML, Vue or to Slidev. */
const hostile = [
  ...[
    '# ',
    '## Notes',
    '## Transcript',
    '---',
    '--- a',
    '***',
    '___',
    '- ',
    '+ ',
    '* ',
    '> ',
    '>>> ',
    '1. ',
    '1) ',
    '10. ',
    '```',
    '~~~js',
    '    ',
  ],
  ...[
    '[x](https://a.example)',
    '![x](a.png)',
    '[a]: https://a.example',
    '[^1]',
    '[^1]: n',
    '<b>',
    '</b>',
    '<!--',
    '-->',
    '<script>',
    '{{ 1+1 }}',
  ],
  ...[
    '&amp;',
    '&#35;',
    '\\',
    '\\*',
    '*a*',
    '_a_',
    'a_b_c',
    '**',
    '`',
    '``',
    '| a | b |',
    '|---|',
    '$x$',
    '<<< a.ts',
    '::x::',
    '===',
    'a: b',
    '"',
    "'",
  ],
  ...[
    'Note: ',
    'https://a.example/?b=1&c=*',
    '(c)',
    '...',
    '!',
    '?',
    '：',
    '“',
    '\u202e',
    '\u3000',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\u0007',
    'é',
    '🙂',
    '中文',
  ],
];
const piece = fc.oneof(
  fc.constantFrom(...hostile),
  fc.constantFrom(...hostile),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const text = fc
  .array(piece, { maxLength: 8 })
  .chain((pieces) => fc.constantFrom('', ' ', '\n').map((joint) => pieces.join(joint).replace(/\n\s*\n/g, '\n')));
const name = fc.constantFrom('Ana', 'Ben *B*', '[Cy]', '李雷', 'Dr. X: Y', '# D', 'notes', null);
const part = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('turn' as const), name, texts: fc.array(text, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('heading' as const), name: fc.constant(null), texts: fc.tuple(text) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('prose' as const),
      name: fc.constant(null),
      texts: fc.array(text, { minLength: 1, maxLength: 2 }),
    }),
  },
);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are no words
const bare = (words: string) => words.toWellFormed().replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, '');

/** Every paragraph has a number of its own in it, by which it is found again. */
function numbered(parts: readonly { type: 'turn' | 'heading' | 'prose'; name: string | null; texts: readonly string[] }[]) {
  let count = 0;
  const paragraphs = { turn: [] as string[], heading: [] as string[], prose: [] as string[] };
  const lines = parts.map(({ type, name: speaker, texts }): Line => {
    const written = texts.map((each, index) => `${each}${index % 2 === 0 ? ' ' : ''}w${count + index + 1}w${index % 3 === 0 ? '?' : ''}`);
    count += texts.length;
    paragraphs[type].push(...written);
    if (type === 'turn') return [speaker, written.join('\n\n')];
    return type === 'heading' ? { heading: written.join(' ') } : { prose: written.join('\n\n') };
  });
  return { paragraphs, transcript: transcriptOf([...lines, ['Ana', 'Good bye w0w']]) };
}

/** A paragraph of a transcript without `**Name:**`. */
function withoutLabel(block: Block): string {
  if (block.type !== 'paragraph') return `(${block.type})`;
  const [first, ...rest] = block.children;
  return first?.type === 'strong' && /[:：]$/.test(inlineToPlain([first])) ? inlineToPlain(rest) : inlineToPlain(block.children);
}

async function expectWords({
  paragraphs,
  transcript,
}: {
  paragraphs: Record<'turn' | 'heading' | 'prose', string[]>;
  transcript: Transcript;
}): Promise<void> {
  const folder = await temporaryFolder();
  await importInto(folder, transcript);
  const { corpus, errors } = await read(folder);
  expect(errors).toEqual([]);
  const [interview] = corpus.interviews;
  const exchanges = corpus.exchanges.map(({ text: { en } }) => ({
    question: bare(en?.question ?? ''),
    said: (en?.transcript ?? []).map(withoutLabel).map(bare),
  }));

  const where = paragraphs.turn.map((paragraph) => {
    const wanted = bare(paragraph);
    const at = exchanges.findIndex(({ question, said }) => said.includes(wanted) || question.includes(wanted));
    expect(at, `${JSON.stringify(paragraph)} is in no exchange`).not.toBe(-1);
    // What a question holds stands before what is answered.
    return at * 1e6 + (exchanges[at]?.said.indexOf(wanted) ?? -1) + 1;
  });
  expect(where).toEqual([...where].sort((a, b) => a - b));

  const titles = interview?.text.en?.sections.map(({ title }) => bare(title)) ?? [];
  const unspoken = [...(interview?.text.en?.context ?? []), ...corpus.exchanges.flatMap(({ text: { en } }) => en?.notes ?? [])].map(
    (block) => bare(blocksToPlain([block])),
  );
  for (const heading of paragraphs.heading) expect([...titles, ...unspoken]).toContain(bare(heading));
  for (const prose of paragraphs.prose) expect(unspoken).toContain(bare(prose));
}

/** Each writes and reads a folder; the long run has more of them. */
const runs = { numRuns: fc.readConfigureGlobal()?.numRuns ?? 40 };

describe('every word of a file is in its content, in order, and check accepts it', () => {
  it('whatever the words look like', async () => {
    await fc.assert(fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 12 }).map(numbered), expectWords), runs);
  });

  it('whatever mark a turn begins with', async () => {
    await expectWords(
      numbered(
        hostile.map((words, index) => ({
          type: 'turn',
          name: index % 2 === 0 ? 'Ben' : 'Ana',
          texts: [words, `${words}\n${words}`, ` ${words} x ${words}`],
        })),
      ),
    );
  });

  it('a paragraph of 300,000 characters, and a turn of as many paragraphs as no content file may hold', async () => {
    const folder = await temporaryFolder();
    const long = 'word '.repeat(60_000);
    const many = Array.from({ length: 400 }, () => 'x '.repeat(500)).join('\n\n');
    await importInto(
      folder,
      transcriptOf([
        ['Ana', 'Why?'],
        ['Ben', long],
        ['Ana', 'And what is there to be done?'],
        ['Ben', `${many}\n\n${many}`],
      ]),
    );
    const { corpus, errors } = await read(folder);
    expect(errors).toEqual([]);
    const words = corpus.exchanges.map(({ text: { en } }) => blocksToPlain(en?.transcript ?? [])).join(' ');
    expect(words.match(/\bword\b/g)).toHaveLength(60_000);
    expect(words.match(/\bx\b/g)).toHaveLength(400_000);
  });
});
