/** Content that somebody wrote to do harm, or pasted without looking. */
import { truncate } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../scripts/model/problems/problem-text.ts';
import { load, loadFiles, smallPng, temporaryFolder, writeFiles } from './folder.ts';

const term = (body: string) => `---\nterm: A\n---\n\n${body}\n`;
const linksIn = async (markdown: string) => {
  const { corpus } = await loadFiles({ 'terms/a.md': term(markdown) });
  return [...JSON.stringify(corpus.terms[0]?.text.en?.definition).matchAll(/"href":"([^"]*)"/g)].map(([, href]) => href);
};

describe('links', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '<java\tscript:alert(1)>',
    'java&#10;script:alert(1)',
    '&#106;avascript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'file:///etc/passwd',
    'blob:https://example.org/x',
    '//evil.example',
    '\\\\evil.example',
    '/etc/passwd',
    'https:evil.example',
    'https://',
    'https://good.example@evil.example/',
    'http://good.example:80%40@evil.example/',
    'ftp://example.org',
    'tel:1',
    '3',
    '#slide',
  ])('to %s stay text', async (address) => {
    expect(await linksIn(`[a](${address})`)).toEqual([]);
    expect(await linksIn(`[a]\n\n[a]: ${address}`)).toEqual([]);
  });

  it('to the web and to mail boxes are links, their addresses free of what could end an attribute', async () => {
    expect(await linksIn('[a](HTTPS://example.org) [b](<http://example.org/"x\'>) [c](mailto:a@example.org)')).toEqual([
      'HTTPS://example.org',
      "http://example.org/%22x'",
      'mailto:a@example.org',
    ]);
  });

  it('of the front matter name no user before the host', async () => {
    const people = 'people: [{ id: a, name: A, role: other }]';
    const { list } = await loadFiles({
      'interviews/a/index.md': `---\ntitle: T\ndate: "2024"\nlang: en\n${people}\nsource: { title: S, url: "https://good.example@evil.example", media: "javascript:alert(1)" }\n---\n`,
    });
    expect(list).toEqual(['interviews/a/index.md:6:26 invalid-value', 'interviews/a/index.md:6:70 invalid-value']);
  });
});

describe('image paths', () => {
  it.each([
    ['../../secret.png', 'unsafe-path'],
    ['%2e%2e/%2e%2e/secret.png', 'unsafe-path'],
    ['%2e%2e%2f%2e%2e%2fsecret.png', 'unsafe-path'],
    ['..%5c..%5csecret.png', 'unsafe-path'],
    ['/etc/secret.png', 'unsafe-path'],
    ['//evil.example/x.png', 'unsafe-path'],
    ['file:///etc/secret.png', 'unsafe-path'],
    ['FILE:secret.png', 'unsafe-path'],
    ['C:\\secret.png', 'unsafe-path'],
    ['https://evil.example/x.png', 'far-image'],
    ['data:image/png;base64,AAAA.png', 'far-image'],
    ['x.png%00.md', 'missing-image'],
    ['x.html', 'missing-image'],
    ['x.png?raw', 'missing-image'],
    ['%2e%2e/terms/x%22y.png', 'missing-image'],
    ["x'y.png", 'missing-image'],
    ['x#y.png', 'missing-image'],
    ['x%0ay.png', 'missing-image'],
  ])('%s is refused as %s', async (src, code) => {
    const { list } = await loadFiles({ 'terms/a.md': term(`![a](${src})`) });
    expect(list).toEqual([`terms/a.md:5:1 ${code}`]);
  });

  it('lead to pictures of at most 20 MB', async () => {
    const dir = await temporaryFolder();
    await writeFiles(dir, { 'terms/a.md': term('![a](small.png) ![b](large.png)'), 'terms/small.png': smallPng, 'terms/large.png': '' });
    await truncate(path.join(dir, 'terms/small.png'), 20 * 1024 * 1024);
    await truncate(path.join(dir, 'terms/large.png'), 20 * 1024 * 1024 + 1);
    const { problems } = await load(dir);
    expect(problems).toMatchObject([{ code: 'image-too-large', column: 17, args: { src: 'large.png', bytes: 20_971_521 } }]);
  });
});

describe('names that mean something to JavaScript', () => {
  it('are words like any other: as keys, tags, ids of themes, terms and exchanges', async () => {
    const { corpus, problems } = await loadFiles({
      'interviews/constructor/index.md':
        '---\ntitle: T\ndate: "2024"\nlang: en\npeople: [{ id: constructor, name: A, role: other }]\n---\n',
      'interviews/constructor/1-constructor.md':
        '---\nquestion: Q\ntags: [constructor, prototype]\nterms: [constructor]\nspeaker: constructor\n---\n\nA.\n',
      'themes/constructor.md': '---\ntitle: T\n---\n',
      'terms/constructor.md': '---\nterm: constructor\n---\n\nA.\n',
      'terms/a.md': '---\nterm: A\n__proto__: { term: B, polluted: 1 }\nconstructor: 1\ntoString: 1\n---\n',
      'tags.md': '---\ntags: { prototype: P }\n---\n',
    });
    expect(problems.map(({ file, code, args }) => `${file} ${code} ${'key' in args ? args.key : ''}`)).toEqual([
      'terms/a.md unknown-key __proto__',
      'terms/a.md unknown-key constructor',
      'terms/a.md unknown-key toString',
    ]);
    expect(corpus.exchanges.map(({ id, tags }) => [id, tags])).toEqual([['constructor', ['constructor', 'prototype']]]);
    expect(corpus.themes.map(({ id }) => id)).toEqual(['constructor']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('file and folder names', () => {
  it.each([
    'interviews/a..b/index.md',
    'themes/a b.md',
    'themes/--.md',
    'themes/é.md',
    'themes/%2e%2e.md',
    'themes/a\n.md',
    'themes/\u202ea.md',
  ])('%j is refused', async (file) => {
    const { list, corpus } = await loadFiles({ [file]: '---\ntitle: T\n---\n' });
    expect(list).toEqual([`${file}:1:1 invalid-file-name`]);
    expect([corpus.themes, corpus.interviews]).toEqual([[], []]);
  });
});

describe('characters that are not seen', () => {
  it('are named, with the place of the first, also when they were written as escapes', async () => {
    const { problems } = await loadFiles({
      'terms/a.md': '---\nterm: A\n---\n\nfine\n\nand \u202eturned \u202e around \u0007\n',
      'terms/b.md': '---\nterm: "B \\u2066"\n---\n\nfine\n',
      'terms/c.md': '---\nterm: C\n---\n\n- x\n- &#x202e;y\n',
      'terms/d.md': '---\nterm: D\n---\n\nzero\u200bwidth, family 👩‍👩‍👧, soft\u00adhyphen, \u200fmark, no-break\u00a0space\n',
    });
    expect(
      problems.map(
        (finding) => `${finding.file}:${finding.line}:${finding.column} ${finding.severity} ${describeProblem(finding).message}`,
      ),
    ).toEqual([
      'terms/a.md:7:5 warning invisible characters: U+202E, which turns the direction of the text around it; U+0007, a control character that no slide shows',
      'terms/b.md:2:7 warning invisible characters: U+2066, which turns the direction of the text around it',
      'terms/c.md:5:1 warning invisible characters: U+202E, which turns the direction of the text around it',
    ]);
  });

  it('or that no font has, are named where they would be on a slide', async () => {
    const interview = '---\ntitle: T\ndate: "2024"\nlang: en\npeople: [{ id: a, name: A, role: other }]\n---\n';
    const { problems } = await loadFiles(
      {
        'interviews/a/index.md': interview,
        'themes/t.md': '---\ntitle: T\n---\n',
        'interviews/a/1-a.md': '---\nquestion: Q\ntags: [t]\ntakeaway: é 😀\n---\n\n- 中 😀 ☃\n\n## Notes\n\n🙈\n\n## Transcript\n\n🙉\n',
        'interviews/a/2-b.md': '---\nquestion: Q\ntags: [t]\n---\n\n- e\u0301\n\n## Notes\n\n🙈\n',
      },
      { canShow: (character) => 'é中'.includes(character) },
    );
    expect(problems).toMatchObject([
      { file: 'interviews/a/1-a.md', line: 4, column: 13, code: 'no-glyph', args: { characters: ['😀', '☃'] } },
    ]);
  });
});

describe('HTML', () => {
  it('is a warning for each tag of a file, with its place, but not in a transcript', async () => {
    const interview = '---\ntitle: T\ndate: "2024"\nlang: en\npeople: [{ id: a, name: A, role: other }]\n---\n';
    const { list, problems } = await loadFiles({
      'interviews/a/index.md': interview,
      'themes/t.md': '---\ntitle: T\n---\n',
      'interviews/a/1-a.md': '---\nquestion: Q <br>\ntags: [t]\n---\n\n- `<i>`\n\n> one<br>two <b>\n\n## Notes\n\n<!-- todo -->\n',
      'interviews/a/2-b.md': '---\nquestion: Q\ntags: [t]\n---\n\n- a\n\n## Notes\n\n<!-- todo -->\n',
      'interviews/a/3-c.md': '---\nquestion: Q\ntags: [t]\n---\n\n- a < b\n\n## Transcript\n\n<laughs>\n',
    });
    expect(list.filter((line) => line.endsWith(' raw-html'))).toEqual([
      'interviews/a/1-a.md:8:6 raw-html',
      'interviews/a/1-a.md:8:14 raw-html',
      'interviews/a/1-a.md:12:1 raw-html',
      'interviews/a/2-b.md:10:1 raw-html',
    ]);
    const found = problems.filter(({ code }) => code === 'raw-html');
    expect(found.map((finding) => describeProblem(finding).message)).toEqual([
      '<br> is shown as text: this is Markdown, not HTML',
      '<b> is shown as text: this is Markdown, not HTML',
      '<!-- todo --> is shown as text: this is Markdown, not HTML',
      '<!-- todo --> is shown as text: this is Markdown, not HTML',
    ]);
  });
});
