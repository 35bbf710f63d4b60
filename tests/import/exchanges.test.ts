/** How turns become exchanges, people and sections. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { blocksToPlain } from '../../scripts/model/text/text.ts';
import { temporaryFolder } from '../run.ts';
import { importInto, type Line, read, transcriptOf } from './making.ts';

const long = 'The water is warmer by two degrees, and it has been so since the trees along the bank were cut.';

/** The exchanges that lines become: file name, question and transcript. */
async function made(
  lines: readonly Line[],
  options = {},
): Promise<{ files: string[]; questions: string[]; transcripts: string[]; plan: Awaited<ReturnType<typeof importInto>> }> {
  const folder = await temporaryFolder();
  const plan = await importInto(folder, transcriptOf(lines), options);
  const { corpus, errors } = await read(folder);
  expect(errors).toEqual([]);
  const texts = corpus.exchanges.map(({ text }) => Object.values(text)[0]);
  return {
    files: (await readdir(path.join(folder, 'interviews/talk'))).filter((name) => name !== 'index.md'),
    questions: texts.map((text) => text?.question ?? ''),
    transcripts: texts.map((text) => blocksToPlain(text?.transcript ?? [])),
    plan,
  };
}

describe('what belongs together', () => {
  it('every question begins an exchange, and the answer alone is its transcript', async () => {
    const { files, questions, transcripts } = await made([
      ['Ana', 'What has changed?'],
      ['Ben', long],
      ['Ana', 'Who noticed it first?'],
      ['Ben', `${long}\n\nAnd the fish.`],
    ]);
    expect(files).toEqual(['010-what-has-changed.md', '020-who-noticed-it-first.md']);
    expect(questions).toEqual(['What has changed?', 'Who noticed it first?']);
    expect(transcripts).toEqual([long, `${long}\nAnd the fish.`]);
  });

  it.each(['Why?', 'Why is that?', 'Right.', 'For example?', 'Can you give an example of such a fish?', 'Mm-hmm, yes, I see.'])(
    '"%s" goes on in the same exchange',
    async (words) => {
      const { questions, transcripts } = await made([
        ['Ana', 'What has changed?'],
        ['Ben', long],
        ['Ana', words],
        ['Ben', 'It was the trees, as far as we can tell.'],
      ]);
      expect(questions).toEqual(['What has changed?']);
      expect(transcripts).toEqual([`Ben: ${long}\nAna: ${words}\nBen: It was the trees, as far as we can tell.`]);
    },
  );

  it.each(['What is a river to you?', 'Tell me about the three farms.', '你认为鱼会有意识吗?'])('"%s" begins another', async (words) => {
    const { questions } = await made([
      ['Ana', 'What has changed?'],
      ['Ben', long],
      ['Ana', words],
      ['Ben', long],
    ]);
    expect(questions).toEqual(['What has changed?', words]);
  });

  it('greetings stand before the first question, an answer of a word behind the exchange before it', async () => {
    const { questions, transcripts } = await made([
      ['Ana', 'Hello, Ben.'],
      ['Ben', 'Thank you for having me.'],
      ['Ana', 'What has changed?'],
      ['Ben', long],
      ['Ana', 'Is there no other reason?'],
      ['Ben', 'No.'],
    ]);
    expect(questions).toEqual(['What has changed?']);
    expect(transcripts[0]).toMatch(
      /^Ana: Hello, Ben\.\nBen: Thank you for having me\.\nAna: What has changed\?\nBen: .*\nAna: Is there no other reason\?\nBen: No\.$/,
    );
  });

  it('two who ask one after the other ask one question, and several answers are one exchange', async () => {
    const { questions, transcripts, plan } = await made(
      [
        ['Ana', 'You saw the river?'],
        ['Cy', 'And did you count fish?'],
        ['Ben', long],
        ['Dee', 'I counted them too, every August.'],
      ],
      { interviewers: ['Ana', 'cy'] },
    );
    expect(questions).toEqual(['You saw the river? And did you count fish?']);
    expect(transcripts).toEqual([`Ben: ${long}\nDee: I counted them too, every August.`]);
    expect(plan?.people.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'Ana interviewer',
      'Cy interviewer',
      'Ben interviewee',
      'Dee interviewee',
    ]);
  });

  it('a long question is shortened to what is asked, and stands whole in the transcript', async () => {
    const before =
      'You have measured this river for thirty years, in summer and in winter, at the mill and at the mouth, and written three books about it. '.repeat(
        2,
      );
    const { questions, transcripts } = await made([
      ['Ana', `${before}What has changed most?`],
      ['Ben', long],
    ]);
    expect(questions).toEqual(['What has changed most?']);
    expect(transcripts).toEqual([`Ana: ${before}What has changed most?\nBen: ${long}`]);
  });

  it('nobody asks: exchanges begin at headings and after two minutes, and first sentences stand for questions', async () => {
    const minute = Array.from(
      { length: 5 },
      (_, index) => `Paragraph ${index + 1} begins here. ${'It goes on for a while with words. '.repeat(8)}`,
    ).join('\n\n');
    const { questions, plan } = await made([
      { heading: 'The river' },
      ['Ben', minute],
      { heading: 'The farms' },
      ['Ben', 'There are three of them. All have trees.'],
    ]);
    expect(questions).toEqual(['Paragraph 1 begins here.', 'Paragraph 5 begins here.', 'There are three of them.']);
    expect(plan?.people).toEqual([{ name: 'Ben', role: 'interviewee' }]);
  });
});

describe('who asks', () => {
  const lines: Line[] = [
    ['SPEAKER_00', 'you measured the river for thirty years'],
    ['SPEAKER_01', long],
    ['SPEAKER_00', 'and what would you do first'],
    ['SPEAKER_01', long],
  ];

  it('is guessed without question marks too', async () => {
    expect((await made(lines)).plan?.people).toEqual([
      { name: 'SPEAKER_00', role: 'interviewer' },
      { name: 'SPEAKER_01', role: 'interviewee' },
    ]);
  });

  it('is who asks most often for their words, not who asks back', async () => {
    const { plan } = await made([
      ['Ana', 'What has changed?'],
      ['Ben', `${long} And is that not strange? ${long}`],
      ['Ana', 'Who noticed it first?'],
      ['Ben', `Who? ${long}`],
    ]);
    expect(plan?.people.map(({ role }) => role)).toEqual(['interviewer', 'interviewee']);
  });

  it('is whom the user names, by either name; names are given to labels', async () => {
    const names = new Map([['speaker_00', 'Ana Lee']]);
    const { plan } = await made(lines, { names, interviewers: ['SPEAKER_01'] });
    expect(plan?.people).toEqual([
      { name: 'Ana Lee', role: 'interviewee' },
      { name: 'SPEAKER_01', role: 'interviewer' },
    ]);
  });

  it('a file that names nobody has one unknown speaker, which is told', async () => {
    const { plan } = await made([
      [null, long],
      [null, 'And more of it.'],
    ]);
    expect(plan?.people).toEqual([{ name: 'Unknown speaker', role: 'interviewee' }]);
    expect(plan?.findings.map(({ code }) => code)).toEqual(['unnamed-speaker']);
  });
});

describe('what a file says besides', () => {
  it('sections, times, remarks and context have their places', async () => {
    const folder = await temporaryFolder();
    await importInto(
      folder,
      transcriptOf([
        { prose: 'Ben measures rivers.' },
        { heading: 'The river' },
        ['Ana', 'What has changed?', { start: 61_500, end: 63_000 }],
        { prose: '[A map is shown.]' },
        ['Ben', long, { start: 63_000, end: 3_723_001 }],
        { heading: 'The river' },
        ['Ana', 'Who noticed it first?'],
        ['Ben', long],
        { prose: 'Recorded in May.' },
      ]),
    );
    const { corpus, errors } = await read(folder);
    expect(errors).toEqual([]);
    const [interview] = corpus.interviews;
    expect(interview?.text.en?.sections).toEqual([
      { id: 'the-river', title: 'The river' },
      { id: 'the-river-2', title: 'The river' },
    ]);
    expect(blocksToPlain(interview?.text.en?.context ?? [])).toBe('Ben measures rivers.\nRecorded in May.');
    const [first, second] = corpus.exchanges;
    expect(first).toMatchObject({ section: 'the-river', speaker: 'ben', start: '00:01:01', end: '01:02:04' });
    expect(blocksToPlain(first?.text.en?.notes ?? [])).toBe('[A map is shown.]');
    expect(second).toMatchObject({ section: 'the-river-2', start: null, end: null });
  });

  it('Chinese questions have readable names, and labels with the colon of the language', async () => {
    const folder = await temporaryFolder();
    await importInto(
      folder,
      transcriptOf([
        ['安娜', '河流有什么变化?'],
        ['本', '水温升高了两度,鱼都游到了支流里。'],
        ['安娜', '为什么呢?'],
        ['本', '因为岸边的树被砍掉了,河水没有了树荫。'],
      ]),
      { lang: 'zh' },
    );
    const { corpus, errors } = await read(folder);
    expect(errors).toEqual([]);
    expect(corpus.exchanges.map(({ file }) => file)).toEqual(['interviews/talk/010-he-liu-you-shen-me-bian-hua.md']);
    expect(corpus.interviews[0]?.text.zh?.people.map(({ id, name }) => `${id} ${name}`)).toEqual(['an-na 安娜', 'ben 本']);
    const text = await readFile(path.join(folder, corpus.exchanges[0]?.file ?? ''), 'utf8');
    expect(text).toContain('\n**安娜：** 为什么呢?\n');
  });

  it("editor's notes become terms of the exchange they stand in; two on one thing are one", async () => {
    const folder = await temporaryFolder();
    const place = (line: number) => ({ file: 'talk.txt', line, column: 1 });
    await importInto(
      folder,
      transcriptOf(
        [
          ['Ana', 'What has changed?'],
          ['Ben', long],
          ['Ana', 'Who noticed it first?'],
          ['Ben', long],
        ],
        {
          notes: [
            { term: '损失函数(loss function)', definition: 'A measure.', place: place(2) },
            { term: 'Loss Function', definition: 'More of it.', place: place(4) },
            { term: 'SGD (Stochastic Gradient Descent, 随机梯度下降)', definition: 'A method.', place: place(4) },
            { term: 'The committee of the house met in July and asked everybody', definition: 'It was long.', place: place(4) },
          ],
        },
      ),
    );
    const { corpus, errors } = await read(folder);
    expect(errors).toEqual([]);
    expect(corpus.terms.map(({ id, text }) => [id, text.en?.term, text.en?.aliases, blocksToPlain(text.en?.definition ?? [])])).toEqual([
      ['loss-function', '损失函数', ['loss function'], 'A measure.\nMore of it.'],
      ['sgd', 'SGD', ['Stochastic Gradient Descent', '随机梯度下降'], 'A method.'],
    ]);
    expect(corpus.exchanges.map(({ terms }) => terms)).toEqual([['loss-function'], ['loss-function', 'sgd']]);
    expect(blocksToPlain(corpus.exchanges[1]?.text.en?.notes ?? [])).toContain('The committee of the house met in July');
  });

  it('codes become tags: a theme by its title or id, a declared tag, or a new one', async () => {
    const folder = await temporaryFolder();
    const plan = await importInto(
      folder,
      transcriptOf([
        ['Ana', 'What has changed?'],
        ['Ben', long, { codes: ['Running water', 'heat', 'Cold: fish & ice'] }],
      ]),
      {},
      {
        baseLanguage: null,
        themes: [{ id: 'water', titles: ['Running water'], tag: 'water', keywords: {} }],
        tags: new Set(['heat']),
        terms: [],
      },
    );
    expect([...(plan?.undeclared ?? [])]).toEqual([['cold-fish-ice', 'Cold: fish & ice']]);
    expect(await readFile(path.join(folder, 'interviews/talk/010-what-has-changed.md'), 'utf8')).toContain(
      '\ntags: [water, heat, cold-fish-ice]\n',
    );
  });
});
