/** `--since`, with real git repositories: what the slide says, and what it never says. */
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { commitAll, git } from '../git-folder.ts';
import { filesIn, type Project, projectFrom, type Ran, run, temporaryFolder } from '../run.ts';
import { exchange, interview, riverProject } from './river.ts';

const small = path.join(import.meta.dirname, 'input/small');
const folder = 'interviews/ana-2024';
const first = `${folder}/010-where-it-starts.md`;
const second = `${folder}/020-where-it-ends.md`;

const repository = await mkdtemp(path.join(tmpdir(), 'briefdeck-since-'));
await cp(small, repository, { recursive: true });
commitAll(repository, '2026-11-01T12:00:00Z');
afterAll(() => rm(repository, { recursive: true }));

/** The small content, committed on 1 November 2026. */
const committed = (): Promise<Project> => projectFrom(repository);

async function edit(project: Project, file: string, from: string | RegExp, to: string): Promise<void> {
  const full = path.join(project.content, file);
  const before = await readFile(full, 'utf8');
  const after = before.replace(from, to);
  expect(after, `the edit of ${file} changes nothing`).not.toBe(before);
  await writeFile(full, after);
}

async function add(project: Project, file: string, text: string): Promise<void> {
  await writeFile(path.join(project.content, file), text);
}

/** Generates the English deck about water, unless told otherwise. */
const generate = (project: Project, since: string, ...what: string[]): Promise<Ran> =>
  run(['generate', ...(what.length > 0 ? what : ['water', '--lang', 'en']), '--since', since, ...project.options]);

interface Slide {
  headline: string;
  rows: { slide: string; mark: string; label: string; text: string; earlier: string | null }[];
  gone?: string;
  nothing?: string;
}

/** The front matter of the changes slides of a deck. */
function changesIn(deck = ''): Slide[] {
  return deck.split(/^---\n/m).flatMap((part) => (part.startsWith('layout: changes\n') ? [parse(part) as Slide] : []));
}

/** `mark slide` for each row of each deck. */
async function rowsOf(project: Project): Promise<Record<string, string[]>> {
  const decks = Object.entries(await filesIn(project.slides));
  return Object.fromEntries(
    decks.map(([name, text]) => [name, changesIn(text).flatMap(({ rows }) => rows.map(({ mark, slide }) => `${mark} ${slide}`))]),
  );
}

describe('the slide', () => {
  it('names what is new and what has changed, with the headline of then, and counts what is gone', async () => {
    const project = await committed();
    await edit(project, first, 'The river starts as a spring', 'Rain feeds it first');
    await edit(project, `${folder}/010-where-it-starts.zh.md`, '山中', '高山中');
    await rm(path.join(project.content, second));
    await rm(path.join(project.content, `${folder}/020-where-it-ends.zh.md`));
    await add(project, `${folder}/040-who-fishes.md`, '---\nquestion: Who fishes?\ntags: [water]\nsection: mouth\n---\n\n- Everybody.\n');
    const { exitCode, stderr, stdout } = await generate(project, '2026-11-02', '--json');
    expect(exitCode).toBe(0);
    const commit = git(project.content, ['rev-parse', 'HEAD']);
    expect(stderr).toContain(`changes since ${commit.slice(0, 7)} of 2026-11-01, the last commit before 2026-11-02`);
    expect(stderr).toMatch(/water\.md \d+ slides, new; since then 1 new, 1 changed, 1 gone/);
    expect(JSON.parse(stdout).decks[0].changes).toEqual({ new: 1, changed: 1, gone: 1 });
    expect(JSON.parse(stdout).since).toEqual({ asked: '2026-11-02', commit, date: '2026-11-02' });
    const decks = await filesIn(project.slides);
    expect(changesIn(decks['water.md'])).toMatchObject([
      {
        headline: 'Changed since 2 November 2026',
        rows: [
          {
            slide: 'where-it-starts',
            mark: 'changed',
            label: 'Changed',
            text: 'Rain feeds it first',
            earlier: 'The river starts as a spring',
          },
          { slide: 'who-fishes', mark: 'new', label: 'New', text: 'Who fishes?', earlier: null },
        ],
        gone: '1 exchange is no longer in this briefing',
      },
    ]);
    expect(changesIn(decks['water.zh.md'])).toMatchObject([
      {
        headline: '2026年11月2日以来的变化',
        rows: [
          { slide: 'where-it-starts', label: '更改', earlier: null },
          { slide: 'who-fishes', label: '新增', foreign: 'en' },
        ],
        gone: '1 个问答已不在本简报中',
      },
    ]);
    expect(changesIn(decks['money.md'])).toMatchObject([{ rows: [], nothing: 'Nothing in this briefing has changed since then.' }]);
    const order = [...(decks['water.md'] ?? '').matchAll(/^layout: (.*)$/gm)].map(([, layout]) => layout);
    expect(order.slice(0, 4)).toEqual(['cover', 'changes', 'exchange', 'exchange']);
    // What is gone may have been taken back on purpose.
    expect(decks['water.md']).not.toMatch(/ends in the sea|where-it-ends/);
  });

  it('stands in the deck for as long as it is asked for', async () => {
    const project = await committed();
    await edit(project, first, 'in the hills', 'high up');
    await generate(project, 'HEAD');
    expect((await generate(project, 'HEAD', 'water', '--lang', 'en', '--check')).exitCode).toBe(0);
    const check = await run(['generate', 'water', '--lang', 'en', '--check', ...project.options]);
    expect(check.exitCode).toBe(1);
    expect(check.stderr).toContain('water.md no longer matches the content: overview slides (changed since)');
    await run(['generate', 'water', '--lang', 'en', ...project.options]);
    expect((await filesIn(project.slides))['water.md']).not.toContain('layout: changes');
  });

  it('says since when in words: of a commit its day, of a month the month', async () => {
    const project = await committed();
    const headline = async (since: string) => {
      await generate(project, since, 'money', '--lang', 'en');
      return changesIn((await filesIn(project.slides))['money.md'])[0]?.headline;
    };
    expect(await headline('HEAD')).toBe('Changed since 1 November 2026');
    expect(await headline('main')).toBe('Changed since 1 November 2026');
    expect(await headline('2026-12')).toBe('Changed since December 2026');
    expect(await headline('2026-11-01T12:00:01Z')).toBe('Changed since 1 November 2026');
  });

  it('takes the last commit before the day began, in UTC, also where a commit of that day follows', async () => {
    const project = await committed();
    await edit(project, first, 'in the hills', 'high up');
    commitAll(project.content, '2026-11-02T00:00:00Z');
    await generate(project, '2026-11-02');
    expect((await rowsOf(project))['water.md']).toEqual(['changed where-it-starts']);
    await generate(project, '2026-11-03');
    expect((await rowsOf(project))['water.md']).toEqual([]);
  });

  it('calls everything new where there was nothing before', async () => {
    const project = await committed();
    const { exitCode, stderr } = await generate(project, '2026-11-01');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('there was no commit before that; everything is new');
    expect((await rowsOf(project))['water.md']).toEqual(['new where-it-starts', 'new where-it-ends']);
  });

  it('calls everything new, and says so, where the content lay elsewhere then', async () => {
    const project = await projectFrom(small);
    const root = path.dirname(project.content);
    await rename(project.content, path.join(root, 'old'));
    commitAll(root, '2026-11-01T12:00:00Z');
    await rename(path.join(root, 'old'), project.content);
    const { exitCode, stderr } = await generate(project, 'HEAD');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/content held no interview at [0-9a-f]{7} of 2026-11-01 \(was it somewhere else then\?\); everything is new/);
  });

  it('compares what a reader sees: tags that bring an exchange in count, notes do not', async () => {
    const project = await committed();
    await edit(project, first, 'Begin with the map', 'End with the map');
    await edit(project, `${folder}/030-who-pays.md`, '[money]', '[money, water]');
    await generate(project, 'HEAD', '--lang', 'en');
    expect(await rowsOf(project)).toEqual({ 'money.md': [], 'water.md': ['new who-pays'] });
  });
});

describe('for every edit', () => {
  const edits: [string, string, RegExp, string][] = [
    ['water', 'where-it-starts', /^question: .*$/m, 'question: Another question?'],
    ['water', 'where-it-ends', /value: 300 km/, 'value: 301 km'],
    ['money', 'who-pays', /^- The towns.*$/m, '- Nobody pays.'],
  ];
  const files: Record<string, string> = { 'where-it-starts': first, 'where-it-ends': second, 'who-pays': `${folder}/030-who-pays.md` };

  it('there is one row in each deck that shows the exchange, and none for a clean tree', async () => {
    const project = await committed();
    const originals = new Map(
      await Promise.all(
        Object.values(files).map(async (file) => [file, await readFile(path.join(project.content, file), 'utf8')] as const),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.subarray(edits), async (chosen) => {
        for (const [file, text] of originals) await writeFile(path.join(project.content, file), text);
        for (const [, id, from, to] of chosen) await edit(project, files[id] ?? '', from, to);
        await generate(project, 'HEAD', '--lang', 'en');
        const of = (theme: string) => chosen.filter(([deck]) => deck === theme).map(([, id]) => `changed ${id}`);
        expect(await rowsOf(project)).toEqual({ 'money.md': of('money'), 'water.md': of('water') });
      }),
      { examples: [[[]], [edits]], numRuns: 5 },
    );
  });
});

describe('what was withheld, kept out or taken back stays so', () => {
  it.each<[string, string, string, string]>([
    ['the interview', interview, 'lang: en', 'lang: en\nattribution: role'],
    ['a person', interview, 'affiliation: River Office', 'affiliation: River Office, attribution: anonymous'],
    ['the exchange', exchange, 'key: true', 'attribution: anonymous'],
    [
      'another exchange of the same speaker',
      exchange.replace('010-where-it-starts', '020-where-it-ends'),
      'section: mouth',
      'section: mouth\nattribution: role',
    ],
  ])('no headline of then where %s withholds somebody now', async (_, file, from, to) => {
    const project = await riverProject();
    commitAll(project.content, '2026-11-01T12:00:00Z');
    await edit(project, exchange, 'The river starts as a spring', 'Rain feeds it first');
    await edit(project, file, from, to);
    await generate(project, 'HEAD');
    const deck = (await filesIn(project.slides))['water.md'] ?? '';
    expect(changesIn(deck)[0]?.rows).toMatchObject([{ slide: 'where-it-starts', mark: 'changed', earlier: null }]);
    expect(deck).not.toContain('starts as a spring');
  });

  it('nor where somebody was withheld then', async () => {
    const project = await projectFrom(small);
    await edit(project, `${folder}/index.md`, 'lang: en', 'lang: en\nattribution: role');
    commitAll(project.content, '2026-11-01T12:00:00Z');
    await edit(project, `${folder}/index.md`, '\nattribution: role', '');
    await edit(project, first, 'The river starts as a spring', 'Rain feeds it first');
    await generate(project, 'HEAD');
    expect((await filesIn(project.slides))['water.md']).not.toContain('starts as a spring');
  });

  it('nor one that names somebody who is withheld in another interview', async () => {
    const project = await projectFrom(small);
    await edit(project, first, 'The river starts as a spring', 'What Mr Quill found is a spring');
    commitAll(project.content, '2026-11-01T12:00:00Z');
    await edit(project, first, 'What Mr Quill found is a spring', 'A spring was found');
    await mkdir(path.join(project.content, 'interviews/two'));
    const people = '  - { id: q, name: Jo Quill, role: interviewee, attribution: anonymous }';
    await add(project, 'interviews/two/index.md', `---\ntitle: Two\ndate: "2025"\nlang: en\npeople:\n${people}\n---\n\nContext.\n`);
    await generate(project, 'HEAD');
    const deck = (await filesIn(project.slides))['water.md'] ?? '';
    expect(changesIn(deck)[0]?.rows).toMatchObject([{ mark: 'changed', earlier: null }]);
    expect(deck).not.toContain('Quill');
  });

  it('an exchange that became a draft is counted as gone; one that was a draft is new, its draft unseen', async () => {
    const project = await projectFrom(small);
    await edit(project, first, 'key: true', 'draft: true');
    await edit(project, first, 'The river starts as a spring', 'A draft of a claim');
    commitAll(project.content, '2026-11-01T12:00:00Z');
    await edit(project, first, 'draft: true', 'key: true');
    await edit(project, first, 'A draft of a claim', 'The river starts as a spring');
    await edit(project, second, 'section: mouth', 'section: mouth\ndraft: true');
    await generate(project, 'HEAD');
    const deck = (await filesIn(project.slides))['water.md'] ?? '';
    expect(changesIn(deck)).toMatchObject([
      { rows: [{ slide: 'where-it-starts', mark: 'new', earlier: null }], gone: '1 exchange is no longer in this briefing' },
    ]);
    expect(deck).not.toMatch(/A draft of a claim|ends in the sea/);
  });

  it('what was under embargo then is new now', async () => {
    const project = await projectFrom(small);
    await edit(project, `${folder}/index.md`, 'lang: en', 'lang: en\nembargo: "2020-01-15"');
    commitAll(project.content, '2020-01-10T12:00:00Z');
    await edit(project, first, 'The river starts as a spring', 'Rain feeds it first');
    await generate(project, 'HEAD');
    expect((await rowsOf(project))['water.md']).toEqual(['new where-it-starts', 'new where-it-ends']);
    expect((await filesIn(project.slides))['water.md']).not.toContain('starts as a spring');
  });
});

describe('the earlier content', () => {
  it('is used as far as it can be read; what cannot counts as changed', async () => {
    const project = await projectFrom(small);
    await edit(project, first, '[water, rivers]', '[water, riverz]');
    commitAll(project.content, '2026-11-01T12:00:00Z');
    await edit(project, first, '[water, riverz]', '[water, rivers]');
    const { exitCode, stderr } = await generate(project, 'HEAD');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/the content had 1 file with errors then: .*010-where-it-starts\.md; what they held counts as changed/);
    expect((await rowsOf(project))['water.md']).toEqual(['changed where-it-starts']);
  });

  it.skipIf(process.platform === 'win32')('follows links inside the folder as now', async () => {
    const project = await projectFrom(small);
    await rename(path.join(project.content, second), path.join(project.content, 'interviews/shared-text.txt'));
    await symlink('../shared-text.txt', path.join(project.content, second));
    commitAll(project.content, '2026-11-01T12:00:00Z');
    await generate(project, 'HEAD');
    expect((await rowsOf(project))['water.md']).toEqual([]);
  });

  it('has Windows line ends or not, as git pleases', async () => {
    const project = await committed();
    await edit(project, first, /\n/g, '\r\n');
    await generate(project, 'HEAD');
    expect((await rowsOf(project))['water.md']).toEqual([]);
  });
});

describe('what cannot be asked is one clear message', () => {
  it.each([
    ['nonsense', 2, /--since nonsense: git knows no such revision\n.*2026-11-01 or 2026-11, or a revision of git/],
    ['2026-13', 2, /--since 2026-13: there is no such day or time/],
    ['2026-02-30', 2, /--since 2026-02-30: there is no such day or time/],
    ['--output=x', 2, /--since does not take "--output=x"/],
    ['-n1', 2, /--since does not take "-n1"/],
    ['HEAD\nHEAD', 2, /--since does not take "HEAD\\nHEAD"/],
    ['', 2, /--since does not take ""/],
    ['HEAD:index.md', 2, /git knows no such revision/],
    ['HEAD..HEAD', 2, /git knows no such revision/],
  ])('%j', async (since, code, words) => {
    const slides = path.join(repository, 'slides');
    const { exitCode, stderr } = await run(['generate', `--since=${since}`, '--content', repository, '--slides', slides]);
    expect(stderr).toMatch(words);
    expect(exitCode).toBe(code);
    expect(await filesIn(slides)).toEqual({});
  });

  it('a folder in no repository', async () => {
    const project = await projectFrom(small);
    const { exitCode, stderr } = await generate(project, 'HEAD');
    expect(stderr).toMatch(/the content folder .*content is not in a git repository/);
    expect(exitCode).toBe(1);
  });

  it('no git', async () => {
    const project = await committed();
    vi.stubEnv('PATH', await temporaryFolder());
    const { exitCode, stderr } = await generate(project, 'HEAD').finally(() => vi.unstubAllEnvs());
    expect(stderr).toContain('--since needs git, which is not installed');
    expect(exitCode).toBe(1);
  });

  it('a clone that has only a part of the history', async () => {
    const project = await committed();
    await edit(project, first, 'in the hills', 'high up');
    commitAll(project.content, '2026-11-05T12:00:00Z');
    const clone = path.join(await temporaryFolder(), 'clone');
    git(project.content, ['clone', '--quiet', '--depth', '1', `file://${project.content}`, clone]);
    const shallow = { ...project, options: ['--content', clone, ...project.options.slice(2)] };
    const date = await generate(shallow, '2026-11-03');
    expect(date.stderr).toMatch(/this clone has only a part of the history, which does not go back so far\nrun: git fetch --unshallow/);
    expect(date.exitCode).toBe(1);
    const revision = await generate(shallow, 'HEAD~1');
    expect(revision.stderr).toMatch(/git knows no such revision; this clone has only a part of the history/);
    expect(revision.exitCode).toBe(2);
    expect((await generate(shallow, '2026-11-06')).exitCode).toBe(0);
  });

  it.skipIf(process.getuid?.() !== 0)('a repository of somebody else', async () => {
    const project = await committed();
    const { chownSync, readdirSync } = await import('node:fs');
    for (const name of ['', '.git', ...readdirSync(path.join(project.content, '.git')).map((each) => `.git/${each}`)])
      chownSync(path.join(project.content, name), 65_534, 65_534);
    const { exitCode, stderr } = await generate(project, 'HEAD');
    expect(stderr).toMatch(/git does not trust the repository of .*, which belongs to somebody else\nif you trust it, run: git config/);
    expect(exitCode).toBe(1);
  });
});

describe('a repository runs nothing', () => {
  it.skipIf(process.platform === 'win32')(
    'no hook, filter, monitor, pager, alias, replacement or other program that it names',
    async () => {
      const project = await committed();
      const marker = path.join(path.dirname(project.content), 'marker');
      const program = path.join(path.dirname(project.content), 'program.sh');
      await writeFile(program, `#!/bin/sh\necho "$0 $@" >> ${marker}\ncat\n`);
      await chmod(program, 0o755);
      await writeFile(path.join(project.content, '.gitattributes'), '*.md diff=evil filter=evil\n');
      commitAll(project.content, '2026-11-01T13:00:00Z');
      for (const key of [
        'core.fsmonitor',
        'core.pager',
        'diff.external',
        'diff.evil.textconv',
        'filter.evil.smudge',
        'filter.evil.clean',
        'filter.evil.process',
        'core.sshCommand',
        'core.askPass',
        'gpg.program',
        'credential.helper',
      ])
        git(project.content, ['config', key, program]);
      git(project.content, ['config', 'alias.cat-file', `!${program}`]);
      git(project.content, ['config', 'log.showSignature', 'true']);
      await cp(program, path.join(project.content, '.git/hooks/post-checkout'));
      await cp(program, path.join(project.content, '.git/hooks/post-index-change'));
      await edit(project, first, 'in the hills', 'high up');
      // As in a hook of another repository, which has these in its environment.
      vi.stubEnv('GIT_DIR', '/nowhere');
      vi.stubEnv('GIT_EXTERNAL_DIFF', program);
      const { exitCode } = await generate(project, '2026-11-02', '--lang', 'en').finally(() => vi.unstubAllEnvs());
      expect(exitCode).toBe(0);
      expect((await rowsOf(project))['water.md']).toEqual(['changed where-it-starts']);
      expect(await readFile(marker, 'utf8').catch(() => 'nothing ran')).toBe('nothing ran');
    },
  );

  it('fetches nothing that a partial clone left behind', async () => {
    const project = await committed();
    await edit(project, first, 'in the hills', 'high up');
    commitAll(project.content, '2026-11-05T12:00:00Z');
    git(project.content, ['config', 'uploadpack.allowFilter', 'true']);
    const clone = path.join(await temporaryFolder(), 'clone');
    git(project.content, ['clone', '--quiet', '--filter=blob:none', `file://${project.content}`, clone]);
    const partial = { ...project, options: ['--content', clone, ...project.options.slice(2)] };
    const objects = git(clone, ['count-objects', '-v']);
    const { exitCode, stderr } = await generate(partial, 'HEAD~1');
    expect(stderr).toMatch(/git does not have the earlier text of .*: this is a partial clone\nbring what is missing: git fetch/);
    expect(exitCode).toBe(1);
    expect(git(clone, ['count-objects', '-v'])).toBe(objects);
  });
});
