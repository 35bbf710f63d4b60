/** What machines do to a run: disks fill up, folders are closed, browsers are killed, readers go away; all of it for real. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportDecks } from '../../scripts/export/run/export-decks.ts';
import { readFailures, readManifest } from '../../scripts/export/run/manifest.ts';
import { processesWith, startProgram } from '../program.ts';
import { type Project, projectFrom, run, temporaryFolder } from '../run.ts';
import { jobFor, makeWorkplace, optionsFor } from './deck-job.ts';
import { cache, canMount, disk, expectMessage, only, readOnly, runAt } from './places.ts';

const small = path.join(import.meta.dirname, '../commands/input/small');
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const other = { SOURCE_DATE_EPOCH: '1000000000' };

async function exported(): Promise<Project> {
  const project = await projectFrom(small);
  const { code, stderr } = await startProgram(only(project, 'brief')).ended;
  expect(code, stderr).toBe(0);
  return project;
}

async function filesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  return (await Promise.all(names.map(async (name) => `${sha256(await readFile(path.join(folder, name)))}  ./${name}`))).sort();
}

if (!canMount) process.stderr.write('unshare is missing or not allowed: full disks and read-only folders are not tested here\n');

describe.skipIf(!canMount)('a full disk', () => {
  it.each([
    ['the first PDF', 0.5, /cannot write .*\.pdf: the disk is full/],
    ['anything', 0, /cannot write .*: the disk is full/],
  ])('while %s is written: the old files are whole and nothing else is there', async (_what, share, message) => {
    const project = await exported();
    const before = await filesOf(project.out);
    // Room for a part of the smallest one.
    const { size } = await stat(path.join(project.out, 'money.pdf'));
    const ended = await runAt(disk(project.out, 400, Math.floor((size * share) / 1024)), only(project, 'export', '--force'), other);
    expectMessage(ended, message);
    expect(ended.listing).toEqual(before);
  });

  it('while the manifest is written: the PDF is whole and counts as not made', async () => {
    const project = await exported();
    const pdf = (await stat(path.join(project.out, 'money.pdf'))).size;
    const out = await temporaryFolder();
    const ended = await runAt(disk(out, 400, Math.ceil(pdf / 4096) * 4), [...only(project, 'export', 'money'), '--out', out]);
    expectMessage(ended, /cannot write .*manifest\.json: the disk is full/);
    expect(ended.listing).toEqual((await filesOf(project.out)).filter((line) => line.endsWith('money.pdf')));
  });

  it('while a deck is written: the old decks are whole', async () => {
    const project = await projectFrom(small);
    await run(['generate', '--lang', 'en', ...project.options]);
    const before = await filesOf(project.slides);
    const exchange = path.join(project.content, 'interviews/ana-2024/010-where-it-starts.md');
    await writeFile(exchange, (await readFile(exchange, 'utf8')).replace('in the hills', 'in the high hills'));
    const ended = await runAt(disk(project.slides, 64, 0), only(project, 'brief'));
    expectMessage(ended, /cannot write .*water\.md: the disk is full/);
    expect(ended.listing).toEqual(before);
  });

  it('while the browser is unpacked: the old files are whole', async () => {
    const project = await exported();
    const before = await filesOf(project.out);
    const place = { folder: path.join(cache, 'browser'), mount: 'mount -t tmpfs -o size=20000k none "$1"' };
    const ended = await runAt(place, only(project, 'export', '--force'), { ...other, BRIEFDECK_BROWSER: 'embedded' });
    expectMessage(ended, /cannot write .*browser: the disk is full/);
    expect(ended.listing).toEqual([]);
    expect(await filesOf(project.out)).toEqual(before);
  });

  it('of the work folder of Slidev, or of the folder for stages, is got along with', async () => {
    const project = await exported();
    const before = await filesOf(project.out);
    const exchange = path.join(project.content, 'interviews/ana-2024/010-where-it-starts.md');
    await writeFile(exchange, (await readFile(exchange, 'utf8')).replace('in the hills', 'in the high hills'));
    for (const name of ['slidev', 'stage']) {
      const place = { folder: path.join(cache, name), mount: 'mount -t tmpfs -o size=4k none "$1"' };
      const { code, stderr } = await runAt(place, only(project, 'brief', '--force'), other);
      expect(code, stderr).toBe(0);
    }
    expect(await filesOf(project.out)).not.toEqual(before);
  });
});

describe.skipIf(!canMount)('a read-only folder', () => {
  it('of PDFs or decks is told in a line; decks that are as they should be need no writing', async () => {
    const project = await exported();
    expectMessage(await runAt(readOnly(project.out), only(project, 'export')), /cannot write .*dist: the file system is read-only/);
    expect((await runAt(readOnly(project.slides), only(project, 'generate'))).code).toBe(0);
    const chinese = await runAt(readOnly(project.slides), ['brief', '--format', 'slides', ...project.options]);
    expectMessage(chinese, /cannot write .*water\.zh\.md: the file system is read-only/);
  });

  it('of the cache or for temporary files is got along with', async () => {
    const project = await exported();
    const closed = await temporaryFolder();
    const temporary = await temporaryFolder();
    const before = await filesOf(project.out);
    for (const [place, env] of [
      [readOnly(cache), { TMPDIR: temporary }],
      [readOnly(closed), { TMPDIR: closed }],
    ] as const) {
      const { code, stderr } = await runAt(place, only(project, 'export', '--force'), env);
      expect(code, stderr).toBe(0);
      expect(await filesOf(project.out)).toEqual(before);
    }
  });
});

describe.skipIf(process.platform === 'win32')('odd surroundings', () => {
  let project: Project;
  beforeAll(async () => {
    project = await projectFrom(small, afterAll);
  });
  /** The program behind a line of shell, in which `"$@"` is the program. */
  const started = (script: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
    startProgram(args, env, ['sh', '-c', script, 'sh']).ended;

  it('without a home, without rights for others, with a clock that is far off: the PDFs are the same', async () => {
    const usual = await exported();
    const before = await filesOf(usual.out);
    const later =
      'const now = Date.now; Date.now = () => now() + 4e11; globalThis.Date = class extends Date { constructor(...a) { a.length ? super(...a) : super(Date.now()); } };';
    const clock = `data:text/javascript;base64,${Buffer.from(later).toString('base64')}`;
    for (const [script, env] of [
      ['unset HOME; exec "$@"', {}],
      ['umask 077; exec "$@"', {}],
      ['exec "$@"', { NODE_OPTIONS: `--import=${JSON.stringify(clock)}` }],
    ] as const) {
      const { code, stderr } = await started(script, only(usual, 'export', '--force'), env);
      expect(code, stderr).toBe(0);
      expect(await filesOf(usual.out), script).toEqual(before);
    }
  });

  it('with too few files that may be open: one message', async () => {
    const { code, stderr } = await started('ulimit -n 26; exec "$@"', only(project, 'check'));
    expect(stderr).toMatch(/the limit on open files is 26, .*\n.*ulimit -n/);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });

  it('whose reader goes away: the work is done without words', async () => {
    const work = await exported();
    const ended = await started('{ "$@" 2>&1; echo $? > "$OUT/code"; } | head -n 1', only(work, 'export', '--force'), {
      ...other,
      OUT: work.out,
    });
    expect(ended.stdout.split('\n').length).toBe(2);
    expect(await readFile(path.join(work.out, 'code'), 'utf8')).toBe('0\n');
    expect(Object.keys(await readManifest(work.out))).toEqual(['money.pdf', 'water.pdf']);
  });

  it.runIf(process.platform === 'linux')('whose summary cannot be written: exit 1', async () => {
    expectMessage(await started('"$@" >/dev/full', only(project, 'check', '--json')), /cannot write to stdout: the disk is full/);
    expect((await started('"$@" >&- 2>&-', only(project, 'check', '--json'))).code).toBe(0);
  });
});

describe('two runs at once', () => {
  it('on one out folder: the second waits and says so, and the manifest has what both made', async () => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    const first = startProgram(['export', 'water', '--format', 'slides', ...project.options]);
    await first.says(/browser: /);
    const second = startProgram(['export', 'money', '--format', 'slides', ...project.options]);
    const [one, two] = await Promise.all([first.ended, second.ended]);
    expect(two.stderr).toContain(`waiting for another run (process ${one.pid}) that writes to ${project.out}\n`);
    expect([one.code, two.code]).toEqual([0, 0]);
    const outputs = await readManifest(project.out);
    expect(Object.keys(outputs)).toEqual(['money.pdf', 'money.zh.pdf', 'water.pdf', 'water.zh.pdf']);
    for (const [name, { hash }] of Object.entries(outputs)) expect(sha256(await readFile(path.join(project.out, name)))).toBe(hash);
    expect((await readdir(project.out)).length).toBe(5);
  });

  it('an interrupt ends the waiting', async () => {
    const project = await projectFrom(small);
    await run(['generate', ...project.options]);
    const first = startProgram(['export', '--format', 'slides', ...project.options]);
    await first.says(/browser: /);
    const second = startProgram(['export', '--format', 'slides', ...project.options]);
    await second.says(/waiting/);
    second.kill('SIGINT');
    expect((await second.ended).code).toBe(130);
    expect((await first.ended).code).toBe(0);
    expect((await readdir(project.out)).sort()).toEqual(['manifest.json', 'money.pdf', 'money.zh.pdf', 'water.pdf', 'water.zh.pdf']);
  });

  it('on one slides folder: both end well and the decks are whole', async () => {
    const project = await projectFrom(small);
    const runs = Array.from({ length: 4 }, () => startProgram(['generate', ...project.options]).ended);
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect((await readdir(project.slides)).sort()).toEqual(['money.md', 'money.zh.md', 'water.md', 'water.zh.md']);
    expect((await run(['generate', '--check', ...project.options])).exitCode).toBe(0);
  });

  it.skipIf(!canMount)('unpack the embedded browser side by side', async () => {
    const [one, two] = [await projectFrom(small), await projectFrom(small)];
    for (const project of [one, two]) await run(['generate', '--lang', 'en', ...project.options]);
    const folders = (['out', 'slides', 'content'] as const).map((name) => `--${name} ${JSON.stringify(two[name])}`);
    const both = `(shift; exec "$@" ${folders.join(' ')}) >/dev/null 2>&1 &`;
    const place = { folder: cache, mount: `mount -t tmpfs -o size=900m none "$1" && { ${both} }` };
    const { code, stderr, listing } = await runAt(place, only(one, 'export', 'money'), { BRIEFDECK_BROWSER: 'embedded' });
    expect(code, stderr).toBe(0);
    expect(listing.filter((line) => line.includes('unpacking-'))).toEqual([]);
    for (let attempt = 0; attempt < 600 && Object.keys(await readManifest(two.out)).length === 0; attempt += 1) await setTimeout(100);
    expect(Object.keys(await readManifest(two.out))).toEqual(['money.pdf']);
  });
});

describe.runIf(process.platform === 'linux')('a browser that is killed', () => {
  const names = ['scaling', 'scaling.zh'];

  it('while a deck is printed is replaced, and the deck delivered; one that is killed again and again costs only its deck', async () => {
    const work = await makeWorkplace();
    const marker = `BRIEFDECK_TEST_KILL=${process.pid}-${Date.now()}`;
    const env = { ...process.env, BRIEFDECK_TEST_KILL: marker.slice(marker.indexOf('=') + 1) };
    const kill = () => {
      for (const id of processesWith(marker)) spawnSync('kill', ['-9', String(id)]);
    };
    const events: string[] = [];
    let killing: NodeJS.Timeout | undefined;
    const printing = async (every: boolean) =>
      exportDecks(
        names.map((name) => jobFor(name, work)),
        {
          ...optionsFor(work, [], { env, force: true }),
          onEvent: (event) => {
            if (event.type === 'start' || event.type === 'browser' || event.type === 'fallback') return;
            events.push(`${event.type} ${event.deck}`);
            clearInterval(killing);
            if (event.deck !== 'scaling') return;
            if (event.type === 'printing' && !every) kill();
            if (every && (event.type === 'printing' || event.type === 'retry')) killing = setInterval(kill, 5);
          },
        },
      );
    const first = await printing(false);
    expect(first.map(({ status }) => status)).toEqual(['done', 'done']);
    // A deck is finished while the next one is printed.
    const of = (name: string) => events.filter((event) => event.endsWith(` ${name}`));
    expect(of('scaling')).toEqual(['printing scaling', 'retry scaling', 'done scaling']);
    expect(of('scaling.zh')).toEqual(['printing scaling.zh', 'done scaling.zh']);
    const pdf = await readFile(path.join(work.out, 'scaling.pdf'));
    const second = await printing(true);
    expect(second).toMatchObject([
      { status: 'failed', error: { message: expect.stringMatching(/^the browser (crashed|could not be started again)/) } },
      { status: 'done' },
    ]);
    expect(await readFailures(work.out)).toEqual({ 'scaling.pdf': expect.stringContaining('the browser') });
    // The earlier PDF stays, and its entry.
    expect(pdf.equals(await readFile(path.join(work.out, 'scaling.pdf')))).toBe(true);
    expect(Object.keys(await readManifest(work.out))).toEqual(['scaling.pdf', 'scaling.zh.pdf']);
    expect(processesWith(marker)).toEqual([]);
    await printing(false);
    expect(await readFailures(work.out)).toEqual({});
    await work.remove();
  });
});

it('a deck that is edited while it is exported never has a PDF on record that was made from another text', async () => {
  const project = await projectFrom(small);
  await run(['generate', 'money', '--lang', 'en', ...project.options]);
  const deck = path.join(project.slides, 'money.md');
  const text = await readFile(deck, 'utf8');
  const version = (number: number) => text.replaceAll('The towns pay', `The towns pay ${number}`);
  const numbers = new Map(Array.from({ length: 40 }, (_, number) => [sha256(version(number)), number]));
  let number = 0;
  for (const after of [0, 300, 600, 900, 1200, 1800]) {
    const program = startProgram(only(project, 'export', '--force'));
    await program.says(/browser: /);
    await setTimeout(after);
    number += 1;
    await writeFile(deck, version(number));
    const { code, stderr } = await program.ended;
    expect(code, stderr).toBe(0);
    const entry = (await readManifest(project.out))['money.pdf'];
    const pdf = await readFile(path.join(project.out, 'money.pdf'));
    expect(entry?.hash).toBe(sha256(pdf));
    const made = numbers.get(entry?.inputs.deck ?? '') ?? 'the first';
    expect(await headlineOf(pdf), `edited ${after} ms after the start`).toBe(
      made === 'the first' ? 'The towns pay' : `The towns pay ${made}`,
    );
  }
});

async function headlineOf(pdf: Uint8Array): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(pdf), useSystemFonts: true, verbosity: 0 }).promise;
  const { items } = await (await document.getPage(2)).getTextContent();
  await document.destroy();
  return /The towns pay(?: \d+)?/.exec(items.map((item) => ('str' in item ? item.str : '')).join(''))?.[0] ?? '';
}
