import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { ExpectedError } from '../../scripts/shared/errors.ts';
import { load, loadFiles, loadFixture, smallPng, temporaryFolder, writeFiles } from './folder.ts';

const term = '---\nterm: Solar\n---\n\nFrom the *sun*.\n';

describe('the folder', () => {
  it.each(['nowhere', 'a-file'])('throws an error that people can read for %s', async (name) => {
    const dir = await temporaryFolder();
    await writeFile(path.join(dir, 'a-file'), 'x');
    const loading = loadCorpus(path.join(dir, name), { locales: ['en'] });
    await expect(loading).rejects.toThrow(ExpectedError);
    await expect(loading).rejects.toThrow(name === 'nowhere' ? 'does not exist' : 'is not a folder');
  });

  it('may be empty', async () => {
    const { corpus, problems } = await loadFiles({});
    expect(problems).toEqual([]);
    expect(corpus.exchanges).toEqual([]);
  });
});

describe('text', () => {
  it('may have CRLF or CR line ends and a byte order mark, without moving any place', async () => {
    const text = '---\nterm: Solar\nbogus: 1\nalias: [\n  a, b ]\n---\n\nOne\nline.\n';
    const forms = { lf: text, crlf: text.replaceAll('\n', '\r\n'), cr: text.replaceAll('\n', '\r'), bom: `\ufeff${text}` };
    for (const form of Object.values(forms)) {
      const { list } = await loadFiles({ 'terms/a.md': form });
      expect(list).toEqual(['terms/a.md:3:1 unknown-key', 'terms/a.md:4:1 unknown-key']);
    }
    const good = await loadFiles({ 'terms/a.md': `\ufeff${term.replaceAll('\n', '\r\n')}` });
    expect(good.corpus.terms[0]?.text.en).toEqual((await loadFiles({ 'terms/a.md': term })).corpus.terms[0]?.text.en);
  });

  it.each([
    ['Latin 1', Buffer.from('---\nterm: Solé\n---\n', 'latin1'), '2:10'],
    ['UTF-16', Buffer.from('\ufeffterm', 'utf16le'), '1:1'],
    ['NUL', Buffer.from('---\nterm: a\n---\n\nfour\0', 'utf8'), '5:5'],
    ['half a character', Buffer.from('---\nterm: 中', 'utf8').subarray(0, 12), '2:7'],
  ])('that is no UTF-8 (%s) is a finding at the first bad byte', async (_name, bytes, place) => {
    const { list, corpus } = await loadFiles({ 'terms/a.md': bytes, 'terms/b.md': term });
    expect(list).toEqual([`terms/a.md:${place} not-text`]);
    expect(corpus.terms.map(({ id }) => id)).toEqual(['b']);
  });

  it('is read up to a mebibyte', async () => {
    const limit = 1024 * 1024;
    const { problems } = await loadFiles({
      'terms/a.md': term.padEnd(limit, '\n'),
      'terms/b.md': term.replace('Solar', 'B').padEnd(limit + 1, '\n'),
    });
    expect(problems).toMatchObject([{ file: 'terms/b.md', code: 'file-too-large', args: { bytes: limit + 1, limit } }]);
  });

  it('caps front matter and depth', async () => {
    const { problems } = await loadFiles({
      'terms/a.md': `---\nterm: ${'a'.repeat(200_001)}\n---\n`,
      'terms/b.md': `---\nterm: ${'['.repeat(20_000)}\n---\n`,
      'terms/c.md': `---\nterm: C\n---\n\n${'>'.repeat(200_000)}\n`,
      'terms/d.md': `---\nterm: D\n---\n\nText\n\n${'- '.repeat(101)}a\n`,
    });
    expect(problems.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
      'terms/a.md:1 invalid-yaml',
      'terms/b.md:2 invalid-yaml',
      'terms/c.md:5 invalid-value',
      'terms/d.md:7 invalid-value',
    ]);
  });

  it.each([
    ['points', '- a\n'],
    ['points inside points', '- a\n- b\n  - c\n'],
    ['rows', '| a |\n|---|\n', '| 1 |\n'],
    ['lines of code', '```\n', 'x\n'],
    ['sentences', 'A sentence of fifty characters, more or less so. '],
    ['letters', `${'a'.repeat(50)}`],
  ])('caps the number of %s', async (_name, first, rest = first) => {
    const text = (count: number) =>
      `---\nquestion: Q\n---\n\n${first}${rest.repeat(count)}\n\n## Transcript\n\n${'A long word. '.repeat(9000)}\n`;
    const { problems } = await loadFiles({
      'interviews/t/index.md': '---\ntitle: T\ndate: "2024"\nlang: en\npeople: [{ id: a, name: A, role: other }]\n---\n',
      'interviews/t/1-a.md': text(100),
      'interviews/t/2-b.md': text(2100),
    });
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { file: 'interviews/t/2-b.md', code: 'invalid-value', args: { reason: expect.stringMatching(/at most 2000 can be shown$/) } },
    ]);
  });

  it.each([
    ['emphasis', '_a_ b*'],
    ['links', '[a]('],
    ['comments', '<!-- '],
    ['instructions', '<?'],
  ])('does not take minutes for tangled %s', async (_name, mark) => {
    const { corpus, problems } = await loadFiles({
      'interviews/t/index.md': '---\ntitle: T\ndate: "2024"\nlang: en\npeople: [{ id: a, name: A, role: other }]\n---\n',
      'interviews/t/1-a.md': `---\nquestion: Q\n---\n\n## Transcript\n\n${mark.repeat(150_000 / mark.length)}\n`,
    });
    expect(problems.map(({ code }) => code)).toEqual(['no-theme']);
    expect(JSON.stringify(corpus.exchanges[0]?.text.en?.transcript)).toContain(mark.trim());
  });
});

describe('front matter', () => {
  it('is never run', async () => {
    const { list } = await loadFixture('fences');
    expect(list.filter((line) => line.endsWith('refused-front-matter')).length).toBe(5);
    expect(Reflect.get(globalThis, 'briefdeckOwned')).toBeUndefined();
  });

  it('fails the same way every time it is read', async () => {
    const files = { 'terms/a.md': '---\nterm: a: b\n---\n' };
    const first = await loadFiles(files);
    expect(first.list).toEqual(['terms/a.md:2:7 invalid-yaml']);
    expect((await loadFiles(files)).list).toEqual(first.list);
  });

  it('keeps dates, times and leading zeros as they are written', async () => {
    const { problems, corpus } = await loadFixture(
      'good',
      {},
      { 'interviews/talk/030-a.md': '---\nquestion: 010 or 1:30 or 2023-08-21?\ntags: [energy]\nstart: 1:30\nend: 1:31.5\n---\n\nx\n' },
    );
    expect(problems).toEqual([]);
    expect(corpus.exchanges[2]).toMatchObject({ start: '1:30', end: '1:31.5', text: { en: { question: '010 or 1:30 or 2023-08-21?' } } });
  });
});

describe('links', () => {
  it('that lead outside or nowhere are findings, those inside are followed', async () => {
    const outside = await temporaryFolder();
    await writeFiles(outside, { 'secret.md': term, 'secret.png': 'x', 'folder/a.md': term });
    const dir = await temporaryFolder();
    await writeFiles(dir, {
      'terms/real.md': term,
      'terms/pictures.md': '---\nterm: P\n---\n\n![a](in.png) ![b](out.png) ![c](dead.png) ![d](folder/x.png)\n',
      'pictures/x.png': smallPng,
    });
    const link = (target: string, name: string) => symlink(target, path.join(dir, name));
    await link(path.join(outside, 'secret.md'), 'terms/out.md');
    await link('nothing.md', 'terms/dead.md');
    await link('real.md', 'terms/linked.md');
    await link('../pictures/x.png', 'terms/in.png');
    await link(path.join(outside, 'secret.png'), 'terms/out.png');
    await link('nothing.png', 'terms/dead.png');
    await link('../pictures', 'terms/folder');
    await link('..', 'terms/loop');
    await mkdir(path.join(dir, 'interviews'));
    await link(path.join(outside, 'folder'), 'interviews/stolen');
    const { list, corpus } = await load(dir);
    expect(list).toEqual([
      'interviews/stolen:1:1 unsafe-path',
      'terms/dead.md:1:1 unreadable-file',
      'terms/out.md:1:1 unsafe-path',
      'terms/pictures.md:5:14 unsafe-path',
      'terms/pictures.md:5:28 missing-image',
      'terms/real.md:2:7 duplicate-id',
    ]);
    expect(JSON.stringify(corpus)).not.toContain('stolen/a.md');
    expect(corpus.broken.map(({ file, kind }) => `${kind} ${file}`)).toContain('interview interviews/stolen');
  });

  it('may be the content folder itself', async () => {
    const dir = await temporaryFolder();
    await writeFiles(dir, { 'real/terms/a.md': term });
    await symlink('real', path.join(dir, 'link'));
    expect((await load(path.join(dir, 'link'))).corpus.terms.length).toBe(1);
  });
});
