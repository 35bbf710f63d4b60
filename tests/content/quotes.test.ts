/** Quotes against transcripts, through the loader: what counts as said, and what is told of what does not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../scripts/model/problems/problem-text.ts';
import { loadFiles } from './folder.ts';

interface Talk {
  quote: string;
  transcript: string | null;
  speaker?: string;
  more?: string;
}

async function findingsOf({ quote, transcript, speaker = 'ana', more = '' }: Talk): Promise<string[]> {
  const said = transcript === null ? '' : `\n## Transcript\n\n${transcript}\n`;
  const quoted = quote.replace(/^/gm, '> ');
  const { problems } = await loadFiles({
    'themes/energy.md': '---\ntitle: Energy\n---\n',
    'interviews/talk/index.md': `---\ntitle: Talk\ndate: "2024"\nlang: en\npeople:\n  - { id: ben, name: Ben Hall, role: interviewer }\n  - { id: ana, name: Ana Maria Cole, role: interviewee }\n---\n`,
    'interviews/talk/010-why.md': `---\nquestion: Why?\ntags: [energy]\n${speaker === '' ? '' : `speaker: ${speaker}\n`}${more}---\n\n${quoted}\n${said}`,
  });
  return problems.map((problem) => `${problem.code}: ${describeProblem(problem).message}`);
}

const transcript = `Ana: Prices fell, and I can tell you that nobody — not even the ministry — planned for it. American plants cost 2.5 times as much in 2-3 years; that's -5% a year. We will not build them.

Then the model was trained again on far more data. It learned things that we had not foreseen.

Ben: Would you build bombs?

Ana: I would build dams. 我们认为模型在两三年内会大不相同，但没有人知道为什么。`;

describe('counts as said', () => {
  it.each([
    ['words as they stand', 'nobody — not even the ministry — planned for it.'],
    ['other marks, case and spaces', '“NOBODY, not even the ministry: planned   for it!”'],
    ['emphasis', 'nobody **not even the ministry** planned *for* it'],
    ['other dashes and apostrophes', '2–3 years; that’s −5% a year'],
    ['several paragraphs of one speaker', 'We will not build them.\n\nThen the model was trained again'],
    ['left-out words in one answer', 'American plants cost […] Then the model ... learned things'],
    ['brackets for other words', '[The network] was trained again on far more data'],
    ['a capital in brackets', '[N]obody, not even the ministry, planned for it'],
    ['its speaker', 'I would build dams. — Ana Maria Cole, Grid Lab'],
    ['its speaker by last name', '“I would build dams.”\n\n— Dr Cole'],
    ['a single word', 'dams'],
    ['Chinese', '模型在两三年内会“大不相同”'],
    ['no words at all', '…'],
  ])('%s', async (_, quote) => {
    expect(await findingsOf({ quote, transcript })).toEqual([]);
  });
});

describe('does not count as said', () => {
  it.each([
    ['a part of a word', 'I can plants', 'it differs at "plants"'],
    ['another number', '25 times as much', 'it differs at "25"'],
    ['a number without its sign', '5% a year', 'it differs at "5"'],
    ['a dropped "not"', 'We will build them', 'it differs at "build"'],
    ['a "not" hidden by an ellipsis', 'we can tell you: we will … build them either', 'it differs at "can"'],
    ['the opposite by an ellipsis', 'things that we had … foreseen', '"foreseen", which is too short'],
    ['the opposite by longer pieces', 'a year. We will … build them', 'leaves out a "not", or puts one in'],
    ['a "not" in brackets', 'I would [not] build dams', 'leaves out a "not", or puts one in'],
    ['a "not" left out for brackets', 'We will [surely] build them', 'leaves out a "not", or puts one in'],
    ['more brackets than words', '[They all agreed on one thing:] build dams', 'more words in brackets'],
    ['scraps', 'I … would … build … bombs', '"I", which is too short'],
    ['a piece that was not said', 'Then the model was … and nobody planned', 'it differs at "nobody"'],
    ['many scraps', 'American plants … 2.5 times … as much … 2-3 years … a year', 'more than 3 times'],
    ['a wrong order of pieces', 'was trained again on … planned for it. American', 'not in this order in one answer'],
    ['pieces with a question between', 'trained again on far … I would build dams', 'not in this order in one answer'],
    ['changed Chinese', '模型在两三年内不会大不相同', 'it differs at "不"'],
    ['an invented end behind a dash', 'I would build dams — and bombs', 'it differs at "and"'],
  ])('%s', async (_, quote, words) => {
    const findings = await findingsOf({ quote, transcript });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(words);
  });

  it('what the interviewer says, or is said to say', async () => {
    expect(await findingsOf({ quote: 'Would you build bombs?', transcript })).toEqual([
      'other-speaker: the quote "Would you build bombs?" is what Ben Hall says in the transcript (line 15)',
    ]);
    expect(await findingsOf({ quote: 'I would build dams. — Ben Hall', transcript })).toEqual([
      'false-attribution: the quote is attributed to "Ben Hall", which is not a name of the speaker, Ana Maria Cole',
    ]);
    expect(await findingsOf({ quote: 'I would build dams.\n\n— Zoe Kent', transcript, speaker: '' })).toEqual([
      'false-attribution: the quote is attributed to "Zoe Kent", which is not the name of anybody in the interview',
    ]);
    expect(await findingsOf({ quote: 'Would you build bombs? I would build dams.', transcript, speaker: '' })).toHaveLength(1);
  });

  it('words that stand more than a hundred apart', async () => {
    const filled = (words: number) => `We built it ${'um '.repeat(words)} and it held.`;
    const quote = 'We built it … and it held.';
    expect(await findingsOf({ quote, transcript: filled(100) })).toEqual([]);
    expect(await findingsOf({ quote, transcript: filled(101) })).toHaveLength(1);
  });

  it('but a description may stand for a speaker who must not be named', async () => {
    const withheld = { quote: 'I would build dams.\n\n— an engineer', transcript, more: 'attribution: role\n' };
    expect(await findingsOf(withheld)).toEqual([]);
    expect(await findingsOf({ ...withheld, quote: 'I would build dams. — Ben' })).toHaveLength(1);
  });

  it('tells the nearest passage and its line, or none', async () => {
    expect(await findingsOf({ quote: 'the model was trained again on much more data', transcript })).toEqual([
      'unverified-quote: the transcript does not contain the quote "the model was trained again on much more data": it differs at "much"; the nearest passage, line 13: "Then the model was trained again on far more data. It learned things …"',
    ]);
    expect(await findingsOf({ quote: 'Entirely elsewhere', transcript })).toEqual([
      'unverified-quote: the transcript does not contain the quote "Entirely elsewhere": it differs at "Entirely"',
    ]);
  });

  it('where words stand together, not where each stands somewhere', async () => {
    const somewhere = ['dam', 'river', 'at the', 'gate', 'closed', 'we'].map((words) => `${words} ${'um '.repeat(30)}`).join('');
    const findings = await findingsOf({
      quote: 'We closed the new gate at the river dam',
      transcript: `We closed the old gate at the river dam.\n\n${somewhere}`,
    });
    expect(findings[0]).toContain('it differs at "new"; the nearest passage, line 11: "We closed the old gate at the river dam."');
  });

  it('what nobody can look up', async () => {
    expect(await findingsOf({ quote: 'Prices fell', transcript: null })).toEqual([
      'unchecked-quote: the quote "Prices fell" cannot be checked: the exchange has no transcript',
    ]);
  });
});

/** Words that occur once each, with what stands between them. */
const spoken = fc
  .array(
    fc.tuple(fc.constantFrom('word', 'Straße', 'élan', "can't", '3.5', '-4', '模', 'слово'), fc.constantFrom(' ', ', ', '. ', '\n', ' — ')),
    {
      minLength: 8,
      maxLength: 60,
    },
  )
  .map((parts) =>
    parts.map(([stem, mark], index) => {
      // Letters for the place, so that no word occurs twice.
      const place = [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
      const word = stem === '模' ? String.fromCodePoint(0x5000 + index) : /\d/.test(stem) ? `${stem}${index}` : `${stem}${place}`;
      return { word, mark };
    }),
  );
const marks = fc.constantFrom(' ', '  ', ', ', '; ', '! ', ' – ', '\n', ' “', '” ', ' (', ') ', '\u00a0', ' ** ');
const look = (word: string, upper: boolean) =>
  (upper ? word.toUpperCase() : word).replace("'", upper ? '’' : "'").replace('-', upper ? '−' : '-');

const numRuns = fc.readConfigureGlobal().numRuns ?? 20;

describe('for any transcript', () => {
  const text = spoken.map((words) => ({
    words,
    transcript: words
      .map(({ word, mark }) => word + mark)
      .join('')
      .trim(),
  }));
  const run = text.chain(({ words, transcript: said }) =>
    fc.record({
      transcript: fc.constant(said),
      run: fc
        .nat(words.length - 6)
        .chain((from) =>
          fc.integer({ min: from + 5, max: Math.min(words.length, from + 25) }).map((to) => words.slice(from, to).map(({ word }) => word)),
        ),
      marks: fc.array(marks, { minLength: 26, maxLength: 26 }),
      upper: fc.array(fc.boolean(), { minLength: 26, maxLength: 26 }),
    }),
  );
  const written = (words: readonly string[], between: readonly string[], upper: readonly boolean[]) =>
    words.map((word, index) => look(word, upper[index] ?? false) + (between[index] ?? ' ')).join('');

  it('every run of its words counts, however it is punctuated', async () => {
    await fc.assert(
      fc.asyncProperty(run, async (each) => {
        expect(await findingsOf({ quote: written(each.run, each.marks, each.upper), transcript: each.transcript })).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('no run counts with a word changed, dropped, added, swapped or negated, and its neighbourhood is shown', async () => {
    const change = fc.constantFrom('change', 'drop', 'add', 'swap', 'negate');
    await fc.assert(
      fc.asyncProperty(run, change, fc.nat(), async (each, how, seed) => {
        // Dropping the first or last word would leave a shorter run.
        const at = 1 + (seed % (each.run.length - 2));
        const words = [...each.run];
        if (how === 'change') words[at] = `${words[at]}x`;
        if (how === 'drop') words.splice(at, 1);
        if (how === 'add') words.splice(at, 0, 'indeed');
        if (how === 'swap') words.splice(at, 2, words[at + 1] ?? '', words[at] ?? '');
        if (how === 'negate') words.splice(at, 0, 'not');
        const findings = await findingsOf({ quote: written(words, each.marks, each.upper), transcript: each.transcript });
        expect(findings).toHaveLength(1);
        expect(findings[0]).toMatch(/^unverified-quote: .*; the nearest passage, line \d+: /s);
        const shown = (findings[0] ?? '').split('the nearest passage')[1] ?? '';
        expect(each.run.some((word, index) => Math.abs(index - at) <= each.run.length / 2 && shown.includes(word))).toBe(true);
      }),
      { numRuns },
    );
  });
});

it('reads a long transcript once, not once a word', async () => {
  const long = Array.from({ length: 60_000 }, (_, index) => `w${(index * 7919) % 20011}`).join(' ');
  expect(await findingsOf({ quote: 'w1 w1 w1 … w2 w2 w2', transcript: long })).toHaveLength(1);
  expect(await findingsOf({ quote: 'Ana Ana Ana … Ana Ana Ana Ana x', transcript: 'Ana '.repeat(60_000) })).toHaveLength(1);
});
