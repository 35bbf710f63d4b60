/** Who must not be named is in nothing that leaves the house; what cannot be read counts as "do not publish". */
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { edit, filesIn, type Project, run } from '../run.ts';
import { exchange, interview, lettersWritten, riverProject } from './river.ts';

let project: Project;
beforeEach(async () => {
  project = await riverProject();
});

const generate = (...more: string[]) => run(['generate', ...more, ...project.options]);
const withhold = () => edit(project, interview, 'affiliation: River Office', 'affiliation: River Office, attribution: role');

describe('who must not be named', () => {
  it.each([
    ['the interview', interview, 'lang: en', 'lang: en\nattribution: role'],
    ['the person', interview, 'affiliation: River Office', 'affiliation: River Office, attribution: anonymous'],
    ['one exchange', exchange, 'key: true', 'attribution: anonymous'],
  ])('is not named where %s says so, nor is the source that names everybody', async (_, file, from, to) => {
    await edit(project, file, from, to);
    const { exitCode } = await generate();
    expect(exitCode).toBe(0);
    const { 'water.md': deck = '' } = await filesIn(project.slides);
    expect(deck).toContain('The river starts as a spring');
    expect(deck).not.toMatch(/Ana|Lima|River Office|example\.org/);
  });

  it.each([
    ['a question', exchange, 'Where does', 'Where, Ana, does', exchange, /:2:18 .*the question says "Ana"/],
    ['a takeaway', exchange, 'starts as a spring', 'starts at Lima', exchange, /:6:31 .*the takeaway says "Lima"/],
    ['points, with marks in it', exchange, 'in the hills', 'of Ms **Li**ma', exchange, /the text says "Li\*\*ma"/],
    ['notes', exchange, 'Begin with', 'LIMA said: begin with', exchange, /:16:1 .*the text says "LIMA"/],
    ['the address of a link', exchange, 'in the hills', 'in [the hills](https://example.org/~lima)', exchange, /says "lima"/],
    [
      'a translation',
      'interviews/river/010-where-it-starts.zh.md',
      '\n- ',
      '\n- Lima：',
      'interviews/river/010-where-it-starts.zh.md',
      /"Lima"/,
    ],
    ['the title of the interview', interview, 'On rivers', 'Lima on rivers', interview, /:2:8 .*the title says "Lima"/],
    ['a section', interview, 'The mouth', 'Lima at the mouth', interview, /the title says "Lima"/],
    ['the id of a section', interview, 'id: mouth', 'id: lima-mouth', interview, /the id "lima-mouth" says "lima"/],
    ['a theme that shows it', 'themes/water.md', 'title: ', 'title: Lima on ', 'themes/water.md', /:2:8 .*"Lima"/],
    [
      'the answer of a theme',
      'themes/water.md',
      'order: 1',
      'order: 1\nanswer: Lima knows',
      'themes/water.md',
      /:5:9 .*the answer says "Lima"/,
    ],
    [
      'what a theme leaves open',
      'themes/water.md',
      'order: 1',
      'order: 1\nopen: What Lima says',
      'themes/water.md',
      /:5:12 .*the open point says "Lima"/,
    ],
    [
      'a headline of a story',
      'themes/water.md',
      'order: 1',
      'order: 1\nstory: [{ role: answer, show: where-it-starts, say: Lima knows }]',
      'themes/water.md',
      /:5:53 .*the headline says "Lima"/,
    ],
    [
      'what is certain',
      'themes/water.md',
      'order: 1',
      'order: 1\ncertainty: { open: [{ text: What Lima says }] }',
      'themes/water.md',
      /:5:34 .*the text says "Lima"/,
    ],
    [
      'an item of a comparison',
      exchange,
      'key: true',
      'figures: [{ kind: comparison, columns: [{ label: a, items: [Lima] }, { label: b }], alt: c }]',
      exchange,
      /:7:61 .*the item of a figure says "Lima"/,
    ],
    ['a term that it uses', 'terms/spring.md', 'term: ', 'term: Lima ', 'terms/spring.md', /:2:7 .*"Lima"/],
  ])('is an error in %s', async (_, file, from, to, where, message) => {
    await withhold();
    await edit(project, file, from, to);
    const { exitCode, stderr } = await generate();
    expect(exitCode).toBe(1);
    const line = stderr.split('\n').find((each) => each.includes('withheld-name'));
    expect(line).toContain(where);
    expect(line).toMatch(message);
    expect(await lettersWritten(project)).not.toContain('lima');
  });

  it('is an error in the name of a folder or file, for they become names of slides', async () => {
    await withhold();
    await rename(path.join(project.content, 'interviews/river'), path.join(project.content, 'interviews/ana-2024'));
    const { stderr } = await generate();
    expect(stderr).toMatch(/ana-2024\/index\.md:1:1 error withheld-name: the id "ana-2024" says "ana"/);
    expect(await filesIn(project.slides)).toEqual({});
  });

  it('may stand in a transcript, which nobody sees as long as there are points', async () => {
    await withhold();
    await edit(
      project,
      exchange,
      'Begin with the map.',
      'Begin with the map.\n\n## Transcript\n\nAs Ana Lima I say: it starts as a spring.',
    );
    expect((await generate()).exitCode).toBe(0);
    await edit(project, exchange, '- It starts as a **spring** in the hills.\n- {{ 1 + 1 }} and <b>markup</b> stay what they are.\n', '');
    expect((await generate()).stderr).toMatch(/withheld-name: the text says "Ana Lima"/);
  });

  it('may have a name that is an ordinary word', async () => {
    await withhold();
    await edit(project, interview, 'name: Ana Lima', 'name: River Starts');
    expect((await generate()).stderr).toMatch(/withheld-name: .*ordinaryWords/);
    await edit(project, interview, 'attribution: role', 'attribution: role, ordinaryWords: [river, starts, rivers]');
    expect((await generate()).stderr).toMatch(/the takeaway says "river starts"/);
    await edit(project, exchange, 'The river starts as', 'The river begins as');
    expect((await generate()).exitCode).toBe(0);
  });

  it('fails the deck where content alone does not show it, as in the name of somebody else', async () => {
    await withhold();
    await edit(project, interview, 'Ben Ode', 'Ben Lima');
    const { exitCode, stderr } = await generate();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/water\.md not generated: it says "Lima", and somebody of that name must not be named; .*ordinaryWords/);
    expect(await filesIn(project.slides)).toEqual({});
  });

  it('is listed by status', async () => {
    await withhold();
    const { stdout, stderr } = await run(['status', '--json', ...project.options]);
    expect(JSON.parse(stdout).withheld).toEqual(['ana in river: role']);
    expect(stderr).toContain('not named: \n  ana in river: role');
  });
});

describe('what was published and may not be any more', () => {
  const breakOther = () => edit(project, 'interviews/river/020-where-it-ends.md', 'tags: [', 'tags: [nothing-knows-this, ');
  const decks = async () => Object.keys(await filesIn(project.slides));

  it.each([
    ['a draft', exchange, 'key: true', 'draft: true'],
    ['a draft that is broken besides', exchange, 'tags: [water', 'draft: true\ntags: [watr'],
    ['a draft that nobody can read', exchange, 'key: true', 'draft: "yes"'],
    ['a draft misspelt', exchange, 'key: true', 'drafts: true'],
    ['a draft in YAML that nobody can read', exchange, 'key: true', 'draft: true\nquestion: "never closed'],
    ['a draft in a translation', 'interviews/river/010-where-it-starts.zh.md', 'takeaway:', 'draft: true\ntakeaway:'],
    ['an embargo', interview, 'lang: en', 'lang: en\nembargo: "2999-01"'],
    ['an embargo that nobody can read', interview, 'lang: en', 'lang: en\nembargo: next month'],
    ['a name withheld', interview, 'affiliation: River Office', 'attribution: role'],
    ['an attribution that nobody can read', interview, 'affiliation: River Office', 'attribution: rol'],
    ['an attribution of an exchange that nobody can read', 'interviews/river/030-who-pays.md', 'section:', 'attribution: anonym\nsection:'],
  ])('does not stay, also where no new deck can be made: %s', async (_, file, from, to) => {
    await generate();
    await breakOther();
    await edit(project, file, from, to);
    const check = await generate('--check', '--json');
    const gone = file.endsWith('.zh.md') ? 'water.zh.md' : 'water.md';
    expect(JSON.parse(check.stdout).stale.map(({ deck }: { deck: string }) => path.basename(deck))).toContain(gone);
    expect(await decks()).toContain(gone);
    const { exitCode, stderr } = await generate();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /water(?:\.zh)?\.md not generated: .*(?:the last version is removed, for it shows what may not be published|the earlier version is removed)/,
    );
    expect(await decks()).not.toContain(gone);
  });

  it('stays when nothing says that it may not, whatever else is broken', async () => {
    await generate();
    const before = await filesIn(project.slides);
    await breakOther();
    await edit(project, exchange, 'key: true', 'key: perhaps\ndraft: false\nattribution: named');
    expect((await generate()).stderr).toContain('the last good version stays');
    expect(await filesIn(project.slides)).toEqual(before);
  });

  it('goes as PDF too, before anything is exported', async () => {
    await run(['brief', '--lang', 'en', ...project.options]);
    expect(Object.keys(await filesIn(project.out))).toEqual([
      'manifest.json',
      'money-briefing.pdf',
      'money-short.pdf',
      'money.pdf',
      'water-briefing.pdf',
      'water-short.pdf',
      'water.pdf',
    ]);
    await edit(project, exchange, 'key: true', 'draft: true');
    const { stderr } = await generate('--lang', 'en');
    expect(stderr).toMatch(/water\.pdf shows what may not be published any more: removed/);
    expect(stderr).toMatch(/water-short\.pdf shows what may not be published any more: removed/);
    expect(stderr).toMatch(/water-briefing\.pdf shows what may not be published any more: removed/);
    expect(Object.keys(await filesIn(project.out))).toEqual(['manifest.json', 'money-briefing.pdf', 'money-short.pdf', 'money.pdf']);
    expect(JSON.parse((await filesIn(project.out))['manifest.json'] ?? '').outputs).not.toHaveProperty(['water.pdf']);

    await writeFile(path.join(project.out, 'money.pdf'), 'changed by somebody');
    await edit(project, 'interviews/river/030-who-pays.md', 'section:', 'draft: true\nsection:');
    expect((await generate('--lang', 'en')).stderr).toMatch(/money\.pdf .*somebody has changed it: remove it yourself/);
    expect((await filesIn(project.out))['money.pdf']).toBe('changed by somebody');
  });
});
