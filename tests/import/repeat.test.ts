/** Importing again: what a person has made of it stays, byte for byte; what the file says is brought up to date. */
import { readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../scripts/shared/errors.ts';
import { temporaryFolder } from '../run.ts';
import { importInto, type Line, read, transcriptOf } from './making.ts';

const answers = [
  'The water is warmer by two degrees, and it has been so since the trees along the bank were cut.',
  'Fish that need cold water have moved up into the side valleys; we see it in every count since that year.',
  'I would plant trees, for it costs little, and in ten years you have shade on every one of the farms.',
  'Nobody can tell, because the flood walls were built at the same time and changed the river as well.',
];
const questions = ['What has changed?', 'Where did the fish go?', 'What would you do first?', 'Was it the walls?'];
const lines = (count = 4): Line[] =>
  questions.slice(0, count).flatMap((question, index): Line[] => [
    ['Ana', question],
    ['Ben', answers[index] ?? ''],
  ]);
const talk = 'interviews/talk';

async function started(
  more: Line[] = [],
): Promise<{ folder: string; file: (name: string) => string; text: (name: string) => Promise<string>; files: () => Promise<string[]> }> {
  const folder = await temporaryFolder();
  await importInto(folder, transcriptOf([...lines(), ...more]));
  const file = (name: string) => path.join(folder, talk, name);
  return { folder, file, text: (name) => readFile(file(name), 'utf8'), files: () => readdir(path.join(folder, talk)) };
}

describe('the same file again', () => {
  it('changes nothing', async () => {
    const { folder } = await started();
    const plan = await importInto(folder, transcriptOf(lines()));
    expect(plan?.changes).toEqual([]);
    expect(plan?.exchanges).toMatchObject({ added: [], changed: [], gone: [] });
    expect(plan?.exchanges.kept).toHaveLength(4);
  });

  it('a law: whatever is said, nothing changes', async () => {
    const text = fc.oneof(
      fc.constantFrom(...answers, 'Yes.', '## Notes', '---', '```', '## Transcript', 'Why? Because.'),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    );
    const turn = fc.record({ speaker: fc.constantFrom('Ana', 'Ben', 'Cy: D', null), text, start: fc.option(fc.nat(1e7)) });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 10 }), async (turns) => {
        const folder = await temporaryFolder();
        const transcript = transcriptOf([
          ...turns.map(({ speaker, text: words, start }): Line => [speaker, words, { start }]),
          ['Ana', 'Good bye to all of you.'],
        ]);
        await importInto(folder, transcript);
        expect((await importInto(folder, transcript))?.changes).toEqual([]);
      }),
      { numRuns: fc.readConfigureGlobal()?.numRuns ?? 30 },
    );
  });
});

describe('what a person has written stays', () => {
  const edited = [
    '---',
    'question:   "What HAS changed?" # shorter',
    'tags:',
    '  # my own',
    '  - water   # yes',
    'suggested: [a, b]',
    "takeaway: 'The water is warmer'",
    '# a comment of its own',
    'speaker: ben',
    '---',
    '',
    '- A point with `## Transcript` in it',
    '',
    '```',
    '## Transcript',
    '```',
    '',
    '## Notes',
    '',
    'Mine.',
    '',
  ];

  it.each(['\n', '\r\n'])('with line ends %j: all but the transcript and the times', async (eol) => {
    const { folder, file, text } = await started();
    const name = '010-what-has-changed.md';
    await writeFile(file(name), [...edited, '## Transcript', '', answers[0], ''].join(eol));
    const changed = `${answers[0]} And the walls.`;
    const plan = await importInto(
      folder,
      transcriptOf([['Ana', 'What has changed?', { start: 1000 }], ['Ben', changed], ...lines().slice(2)]),
    );
    expect(plan?.exchanges.changed).toEqual([`${talk}/${name}`]);
    const wanted = [
      ...edited.slice(0, 5),
      ...edited.slice(6, 9),
      'start: "00:00:01"',
      ...edited.slice(9),
      '## Transcript',
      '',
      changed,
      '',
    ];
    expect(await text(name)).toBe(wanted.join(eol));
  });

  it('an exchange is known by what was said, not by its number or name; a new one comes between its neighbours', async () => {
    const { folder, file, files } = await started();
    await rename(file('020-where-did-the-fish-go.md'), file('025-fish.md'));
    await importInto(
      folder,
      transcriptOf([
        ...lines(2),
        ['Ana', 'How cold do they like it?'],
        ['Ben', 'Below twelve degrees in summer, if they are to have young in that year.'],
        ...lines().slice(4),
      ]),
    );
    expect(await files()).toEqual([
      '010-what-has-changed.md',
      '025-fish.md',
      '027-how-cold-do-they-like-it.md',
      '030-what-would-you-do-first.md',
      '040-was-it-the-walls.md',
      'index.md',
    ]);
  });

  it('what is gone from the file stays and is told', async () => {
    const { folder, files } = await started();
    const before = await files();
    const plan = await importInto(folder, transcriptOf(lines(3)));
    expect(plan?.exchanges).toMatchObject({ added: [], changed: [], gone: [`${talk}/040-was-it-the-walls.md`] });
    expect(await files()).toEqual(before);
  });

  it('an exchange that was divided by hand stays divided', async () => {
    const both = `${answers[0]}\n\n${answers[3]}`;
    const { folder, file, text } = await started([
      ['Ana', 'And the mill, what of that?'],
      ['Ben', both.replaceAll('river', 'mill').replaceAll('water', 'wheel')],
    ]);
    const name = (await readdir(path.join(folder, talk))).find((each) => each.startsWith('050')) ?? '';
    const [first = '', second = ''] = (await text(name)).split(/\n\n(?=Nobody)/);
    await writeFile(file(name), `${first}\n`);
    await writeFile(file('055-walls-of-the-mill.md'), `---\nquestion: The walls of the mill\n---\n\n## Transcript\n\n${second}`);
    const again = [
      ...lines(),
      ['Ana', 'And the mill, what of that?'],
      ['Ben', both.replaceAll('river', 'mill').replaceAll('water', 'wheel')],
    ] as Line[];
    const plan = await importInto(folder, transcriptOf(again));
    expect(plan?.changes).toEqual([]);
    expect(plan?.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning regrouped']);
    const more = [
      ...again.slice(0, -1),
      [
        'Ben',
        `${both.replaceAll('river', 'mill').replaceAll('water', 'wheel')}\n\nAnd then the miller came and asked us all for the money that we owed him.`,
      ],
    ] as Line[];
    expect((await importInto(folder, transcriptOf(more)))?.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'error regrouped-news',
    ]);
  });

  it('names and sections that a person has given are used; new ones come behind them', async () => {
    const folder = await temporaryFolder();
    const speakers = (more: Line[] = []): Line[] => [
      { heading: 'The river' },
      ...lines(2).map((line) =>
        'heading' in line || 'prose' in line ? line : ([line[0] === 'Ana' ? 'SPEAKER_00' : 'SPEAKER_01', line[1]] as Line),
      ),
      ['SPEAKER_00', 'Why?'],
      ['SPEAKER_01', 'Because of the trees.'],
      ...more,
    ];
    await importInto(folder, transcriptOf(speakers()));
    const index = path.join(folder, talk, 'index.md');
    const before = await readFile(index, 'utf8');
    const named = before.replace('name: SPEAKER_01', 'name: Ben Ode').replace('title: The river }', "title: 'Our river' } # mine");
    await writeFile(index, named);
    const farms: Line[] = [{ heading: 'The farms' }, ['SPEAKER_02', answers[2] ?? '']];
    await importInto(folder, transcriptOf(speakers(farms)), { names: new Map([['SPEAKER_00', 'Ana Lee']]) });
    expect(await readFile(index, 'utf8')).toBe(
      named
        .replace('name: SPEAKER_00', 'name: Ana Lee')
        .replace("'Our river' } # mine\n", "'Our river' } # mine\n  - { id: the-farms, title: The farms }\n")
        .replace(
          'name: Ben Ode, role: interviewee }\n',
          'name: Ben Ode, role: interviewee }\n  - { id: speaker-02, name: SPEAKER_02, role: interviewee }\n',
        ),
    );
    const { corpus, errors } = await read(folder);
    expect(errors).toEqual([]);
    expect(corpus.exchanges.map(({ section }) => section)).toEqual(['the-river', 'the-river', 'the-farms']);
    expect(await readFile(path.join(folder, corpus.exchanges[1]?.file ?? ''), 'utf8')).toContain(
      '**Ana Lee:** Why?\n\n**Ben Ode:** Because',
    );
  });

  it('what the user says otherwise of an interview that is there: who asks is taken over, the rest is told', async () => {
    const { folder, text } = await started();
    const before = await text('index.md');
    const plan = await importInto(folder, transcriptOf(lines()), { interviewers: ['Ben'], date: '2025', title: 'Otherwise' });
    expect(await text('index.md')).toBe(
      before.replace('Ana, role: interviewer', 'Ana, role: interviewee').replace('Ben, role: interviewee', 'Ben, role: interviewer'),
    );
    expect(plan?.findings.map(({ code, args }) => [code, args])).toContainEqual([
      'kept-as-written',
      { key: 'date', given: '2025', written: '2024-03' },
    ]);
  });

  it("notes and the text of the interview are somebody's once they are there; what the file has besides is told", async () => {
    const folder = await temporaryFolder();
    await importInto(folder, transcriptOf([{ prose: 'About the river.' }, ...lines(2), { prose: '[A map.]' }, ...lines().slice(4)]));
    const plan = await importInto(
      folder,
      transcriptOf([{ prose: 'About the mill.' }, ...lines(2), { prose: '[A map.]\n\n[A boat.]' }, ...lines().slice(4)]),
    );
    expect(plan?.changes).toEqual([]);
    expect(plan?.findings.map(({ code, severity, args }) => [severity, code, args])).toEqual([
      ['warning', 'remark-left-out', { text: '[A boat.]', file: `${talk}/020-where-did-the-fish-go.md` }],
      ['warning', 'remark-left-out', { text: 'About the mill.', file: `${talk}/index.md` }],
    ]);
  });

  it('a file that is no text is left alone and told', async () => {
    const { folder, file } = await started();
    await writeFile(file('010-what-has-changed.md'), Buffer.from([0x2d, 0xff, 0xfe]));
    const plan = await importInto(folder, transcriptOf(lines()));
    expect(plan?.exchanges.added).toEqual([`${talk}/010-what-has-changed-2.md`]);
    expect(plan?.findings.map(({ code, severity, file: where }) => [severity, code, where])).toEqual([
      ['error', 'not-read', `${talk}/010-what-has-changed.md`],
    ]);
  });

  it('front matter that cannot be read is left alone and told', async () => {
    const { folder, file, text } = await started();
    const name = '010-what-has-changed.md';
    const broken = (await text(name)).replace('question:', 'question: "');
    await writeFile(file(name), broken);
    const plan = await importInto(folder, transcriptOf(lines()));
    expect(await text(name)).toBe(broken);
    expect(plan?.changes).toEqual([]);
    expect(plan?.findings.map(({ code, file: where }) => `${where} ${code}`)).toEqual([`${talk}/${name} not-updated`]);
  });
});

describe('nothing of anybody else is written over', () => {
  it('another interview of that id is refused', async () => {
    const { folder } = await started();
    const other = transcriptOf([
      ['Cy', 'What is bread?'],
      ['Dee', 'Flour and water and salt, and a night of patience before the oven is hot.'],
    ]);
    expect(await importInto(folder, other)).toBeNull();
  });

  it('a folder that is a link out of the content is refused before anything is written', async () => {
    const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
    await symlink(elsewhere, path.join(folder, 'interviews'));
    await expect(importInto(folder, transcriptOf(lines()))).rejects.toThrow(/leads out of the content folder/);
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it.each(['file', 'link'])('a %s in the place of a new term is refused, and nothing else is written', async (kind) => {
    const folder = await temporaryFolder();
    const term = path.join(folder, 'terms', 'shade.md');
    await importInto(
      folder,
      transcriptOf([['Ana', 'Bye to all of you.']], {
        notes: [{ term: 'Other', definition: 'x', place: { file: 'talk.txt', line: 1, column: 1 } }],
      }),
      { id: 'first' },
    );
    if (kind === 'file') await writeFile(term, 'mine');
    else await symlink('/etc/hostname', term);
    const notes = [{ term: 'Shade', definition: 'What trees give.', place: { file: 'talk.txt', line: 1, column: 1 } }];
    await expect(importInto(folder, transcriptOf(lines(), { notes }))).rejects.toThrow(ExpectedError);
    expect(await readdir(path.join(folder, 'interviews'))).toEqual(['first']);
    expect((await readdir(path.join(folder, 'terms'))).sort()).toEqual(['other.md', 'shade.md']);
    if (kind === 'file') expect(await readFile(term, 'utf8')).toBe('mine');
    await rm(term);
  });
});
