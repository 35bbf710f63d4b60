/** The command `import`: files in, content out that `check` accepts and decks can show. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { importCommand } from '../../scripts/commands/import.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { createReport } from '../../scripts/shared/report.ts';
import { type Project, projectFrom, run, temporaryFolder } from '../run.ts';

const small = path.join(import.meta.dirname, 'input/small');
const recordings = path.join(import.meta.dirname, 'input/recordings');
const river = path.join(recordings, 'river.txt');
const seed = path.resolve(projectRoot, '../shared/seed/interview.zh.txt');

/** A project whose content folder is not there yet. */
async function emptyProject(): Promise<Project> {
  const project = await projectFrom(small);
  await rm(project.content, { recursive: true });
  return project;
}

const filesOf = async (folder: string) => (await readdir(folder, { recursive: true })).filter((name) => /\.[a-z]+$/.test(name)).sort();

describe('a recording becomes an interview', () => {
  it('in a folder that is not there yet; check accepts it, and what the file says of itself is in it', async () => {
    const { content, options } = await emptyProject();
    const { exitCode, stderr } = await run(['import', river, ...options]);
    expect(stderr).toContain('interviews/river new: 2 exchanges in 2 sections, 2 people (Ana Lee asks)');
    expect(exitCode).toBe(0);
    expect(await filesOf(content)).toEqual([
      'interviews/river/010-what-has-changed-most.md',
      'interviews/river/020-what-would-it-cost-to-bring-the-shade-back.md',
      'interviews/river/index.md',
    ]);
    expect(await readFile(path.join(content, 'interviews/river/index.md'), 'utf8')).toBe(
      [
        '---',
        'title: Thirty years at the river',
        'date: "2024-05-14"',
        'lang: en',
        'people:',
        '  - { id: ana-lee, name: Ana Lee, role: interviewer }',
        '  - { id: ben-ode, name: Ben Ode, role: interviewee }',
        'source:',
        '  title: Thirty years at the river',
        'sections:',
        '  - { id: the-water, title: The water }',
        '  - { id: the-farms, title: The farms }',
        '---',
        '',
        'Ben Ode has counted fish at the mill since 1994.',
        '',
      ].join('\n'),
    );
    const checked = await run(['check', ...options]);
    expect(checked.stderr).toContain('checked 1 interview, 2 exchanges, no themes, no terms: no errors');
    expect(checked.exitCode).toBe(0);
  });

  it('tags by keywords: suggested, counted by check, shown by status; or written; and decks show the leading sentences of who answers', async () => {
    const { content, slides, options } = await emptyProject();
    await mkdir(path.join(content, 'themes'), { recursive: true });
    await writeFile(path.join(content, 'themes/water.md'), '---\ntitle: Water\nkeywords: [water, fish, river]\n---\n');
    await writeFile(
      path.join(content, 'themes/money.md'),
      '---\ntitle: Money\nquery: cost or price\nkeywords: [cost, pay, price, money]\n---\n',
    );
    await writeFile(path.join(content, 'tags.md'), '---\ntags:\n  cost: What it takes\n  price: What is asked\n---\n');
    const explained = await run(['import', river, '--explain', ...options]);
    expect(explained.stderr).toMatch(
      /010-what-has-changed-most\.md: water\n {4}"water", 2 times, first in: The water is warmer, by two degrees in August\.\n {4}"fish" in: Fish/,
    );
    expect(explained.stderr).toContain('2 exchanges with tags suggested by the keywords of the themes: written to `suggested`');
    expect((await run(['check', ...options])).stderr).toMatch(/2 exchanges with suggested tags/);
    expect((await run(['status', ...options])).stderr).toMatch(
      /suggested tags .*: \n +interviews\/river\/010-.*: water\n +interviews\/river\/020-.*: cost\n/,
    );

    expect((await run(['import', river, '--suggest-tags', ...options])).stderr).toContain('0 added, 2 changed, 0 kept, 0 gone');
    const first = await readFile(path.join(content, 'interviews/river/010-what-has-changed-most.md'), 'utf8');
    expect(first).toContain('\ntags: [water]\n');
    expect(first).not.toContain('suggested');
    expect((await run(['import', river, '--suggest-tags', ...options])).stderr).toContain('0 added, 0 changed, 2 kept, 0 gone');

    const generated = await run(['generate', ...options]);
    expect(generated.exitCode).toBe(0);
    const deck = await readFile(path.join(slides, 'water.md'), 'utf8');
    expect(deck).toContain('The water is warmer');
    expect(deck).not.toContain('Ana Lee:');
    expect(deck).not.toContain('Why is that?');
    // Greetings before the question are no answer.
    expect(deck).not.toContain('Thank you for having me');
  });

  it('codes become declared tags', async () => {
    const project = await projectFrom(small);
    const { exitCode, stderr } = await run(['import', path.join(recordings, 'coded.csv'), '--date', '2024', ...project.options]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/tags\.md 1 new tag: warm-summers/);
    expect(await readFile(path.join(project.content, 'interviews/coded/010-what-has-changed-most.md'), 'utf8')).toContain(
      '\ntags: [water, warm-summers]\n',
    );
    expect((await run(['check', ...project.options])).exitCode).toBe(0);
  });

  it('several files, a folder, standard input', async () => {
    const { content, options } = await emptyProject();
    expect((await run(['import', recordings, '--date', '2024', ...options])).exitCode).toBe(0);
    expect(await readdir(path.join(content, 'interviews'))).toEqual(['coded', 'river']);
    const report = createReport({
      json: false,
      quiet: true,
      out: process.stdout,
      err: new Writable({ write: (_chunk, _encoding, done) => done() }),
    });
    const making = { names: new Map(), interviewers: [], lang: null, id: null, title: null, date: null, url: null, suggestTags: false };
    const exitCode = await importCommand(
      ['-'],
      { making, reading: { from: null, encoding: null }, explain: false, dryRun: false },
      {
        folders: { content, templates: path.join(projectRoot, 'templates'), slides: '', out: '' },
        languages: null,
        report,
        signal: new AbortController().signal,
        env: {},
        now: new Date(),
      },
      (async function* () {
        yield await readFile(river);
      })(),
    );
    expect(exitCode).toBe(0);
    expect(await readdir(path.join(content, 'interviews'))).toEqual(['coded', 'river', 'thirty-years-at-the-river']);
  });
});

describe('--dry-run', () => {
  it('writes nothing and shows a diff that git can apply', async () => {
    const { content, options } = await emptyProject();
    const { exitCode, stdout, stderr } = await run(['import', river, '--dry-run', '--json', ...options]);
    expect(exitCode).toBe(0);
    expect(existsSync(content)).toBe(false);
    expect(stderr).toContain('+++ b/interviews/river/index.md\n@@ -0,0 +1,');
    expect(stderr).toContain('nothing was written (--dry-run)');
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({
      command: 'import',
      exitCode: 0,
      dryRun: true,
      interviews: [{ id: 'river', state: 'new', sections: 2 }],
    });
    const { execFileSync } = await import('node:child_process');
    const target = await temporaryFolder();
    execFileSync('git', ['apply', '--unsafe-paths', `--directory=${target}`, '-'], { input: summary.diff, cwd: target });
    await run(['import', river, ...options]);
    for (const file of await filesOf(content))
      expect(await readFile(path.join(target, file), 'utf8')).toBe(await readFile(path.join(content, file), 'utf8'));
  });

  it('shows what a change of the file would do', async () => {
    const { options } = await emptyProject();
    await run(['import', river, ...options]);
    const folder = await temporaryFolder();
    const changed = path.join(folder, 'river.txt');
    await writeFile(changed, (await readFile(river, 'utf8')).replace('by two degrees', 'by three degrees'));
    const { stderr } = await run(['import', changed, '--dry-run', ...options]);
    expect(stderr).toMatch(
      /\n-\*\*Ben Ode:\*\* The water is warmer, by two degrees.*\n\+\*\*Ben Ode:\*\* The water is warmer, by three degrees/,
    );
    expect(stderr).toContain('0 added, 1 changed, 1 kept, 0 gone');
  });
});

describe('what cannot be done is told, and nothing is half done', () => {
  it.each([
    [['import'], /missing required argument 'file'/],
    [['import', 'nowhere.txt'], /nowhere\.txt: there is no such file/],
    [['import', river, '--date', 'May'], /"May" is no date; write 2023/],
    [['import', river, '--url', 'example.org'], /"example\.org" is no address/],
    [['import', river, '--id', 'A B'], /"A B" is no id/],
    [['import', river, '--name', 'Ana'], /write for instance --name SPEAKER_00="Ana Lee"/],
    [['import', river, '--name', 'Cy=Dee'], /nobody in the file is called "Cy"\s+it has: Ana Lee, Ben Ode/],
    [['import', river, '--interviewer', 'Cy'], /nobody in the file is called "Cy"/],
    [['import', river, '--lang', 'en,zh'], /a recording is in one language/],
    [['import', river, '--lang', 'fr'], /there is no locale for the language "fr"/],
    [['import', river, '--from', 'pdf'], /argument 'pdf' is invalid\. Allowed choices are turns, /],
    [['import', recordings, '--id', 'x', '--date', '2024'], /--id is for one interview, and there are 2/],
    [
      ['import', path.join(recordings, 'coded.csv')],
      /the file does not say when the interview was \(.*coded\.csv\)\s+add --date 2023-08-21/,
    ],
  ])('%j', async (args, words) => {
    const { content, options } = await emptyProject();
    const { exitCode, stderr } = await run([...args, ...options]);
    expect(stderr).toMatch(words);
    expect(exitCode).toBe(2);
    expect(existsSync(content)).toBe(false);
  });

  it('another interview of the same id; the one that is there stays as it is', async () => {
    const { content, options } = await emptyProject();
    await run(['import', river, '--id', 'talk', ...options]);
    const { exitCode, stderr } = await run(['import', path.join(recordings, 'coded.csv'), '--id', 'talk', '--date', '2024', ...options]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('1 changed');
    const other = path.join(await temporaryFolder(), 'bread.txt');
    await writeFile(
      other,
      'Cy: What is bread?\n\nDee: Flour and water, salt, and a night of patience.\n\nCy: And butter, where is it from?\n\nDee: From the valley.\n',
    );
    const refused = await run(['import', other, '--id', 'talk', '--date', '2024', ...options]);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(
      /talk holds another interview: nothing that is said there is in .*bread\.txt\s+nothing of it was written; .*--id talk-2/,
    );
    expect(await readdir(path.join(content, 'interviews'))).toEqual(['talk']);
  });

  it('one bad file among several: the others are imported, and the exit code says so', async () => {
    const { content, options } = await emptyProject();
    const bad = path.join(await temporaryFolder(), 'bad.txt');
    await writeFile(bad, 'Nobody says anything here.\n');
    const { exitCode, stderr } = await run(['import', bad, river, ...options]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/✗ .*bad\.txt: /);
    expect(await readdir(path.join(content, 'interviews'))).toEqual(['river']);
    expect((await run(['import', bad, ...options])).exitCode).toBe(1);
  });

  it('an import that would change the language of the content', async () => {
    const { content, options } = await projectFrom(small);
    const zh = path.join(await temporaryFolder(), 'zh');
    await mkdir(zh);
    for (const name of ['a', 'b'])
      await writeFile(
        path.join(zh, `${name}.txt`),
        `安娜:河流${name}有什么变化?\n\n本:水温升高了两度,鱼都游走了。\n\n安娜:那么树呢?\n\n本:都被砍掉了。\n`,
      );
    const { exitCode, stderr } = await run(['import', zh, '--date', '2024', ...options]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/most interviews would be in zh, and themes and terms, which are in en, would be read as zh/);
    expect(await readdir(path.join(content, 'interviews'))).toEqual(['ana-2024']);
  });
});

describe.skipIf(!existsSync(seed))('the article of the shipped content, which lies beside the project', () => {
  it('gives 47 exchanges in five sections with its notes as terms; check accepts it', async () => {
    const { content, options } = await emptyProject();
    const { exitCode, stderr } = await run(['import', seed, '--id', 'article', ...options]);
    expect(stderr).toContain('interviews/article new: 47 exchanges in 5 sections, 2 people (Dwarkesh Patel asks), 17 terms');
    expect(exitCode).toBe(0);
    expect(await readdir(path.join(content, 'terms'))).toEqual(
      expect.arrayContaining([
        'adam.md',
        'alec-radford.md',
        'fractal-dimension.md',
        'induction-head.md',
        'loss-function.md',
        'sgd.md',
        'sydney.md',
      ]),
    );
    const checked = await run(['check', ...options]);
    expect(checked.exitCode).toBe(0);
  });
});
