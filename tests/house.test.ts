/** The house rules of DESIGN.md 3, as tests: who may import whom, who may touch files, who may end the process. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const scripts = path.resolve(import.meta.dirname, '..', 'scripts');
const files = readdirSync(scripts, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: file.split(path.sep).join('/'), source: readFileSync(path.join(scripts, file), 'utf8') }));

/** Folder -> the folders it may import from, besides itself. */
const arrows: Record<string, readonly string[]> = {
  model: [],
  shared: [],
  content: ['model', 'shared'],
  import: ['model', 'shared'],
  plan: ['model'],
  render: ['model', 'shared'],
  export: ['model', 'shared'],
  commands: ['model', 'shared', 'content', 'import', 'plan', 'render', 'export'],
  '': ['commands', 'shared'],
};

const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : '');
const importsOf = (source: string) => [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');

describe('one direction', () => {
  it.each(files)('$file imports only what its folder may', ({ file, source }) => {
    const allowed = arrows[folderOf(file)];
    expect(allowed, `scripts/${file} lies in a folder that the house does not have`).toBeDefined();
    const reached = importsOf(source)
      .filter((name) => name.startsWith('.'))
      .map((name) => folderOf(path.posix.normalize(path.posix.join(path.posix.dirname(file), name))));
    expect(reached.filter((folder) => folder !== folderOf(file) && !allowed?.includes(folder))).toEqual([]);
  });
});

describe('stated absences', () => {
  const touchesFiles = /^(content|import|export|shared)\/|^render\/load-/;
  it.each(files.filter(({ file }) => !touchesFiles.test(file)))('$file touches no file', ({ source }) => {
    expect(importsOf(source).filter((name) => /^(node:)?fs/.test(name))).toEqual([]);
  });

  it.each(files.filter(({ file }) => file.startsWith('plan/')))('$file has no clock, no chance and no environment', ({ source }) => {
    expect(source).not.toMatch(/Date\.now|new Date\(\)|Math\.random|process\.|console\./);
  });

  it.each(files.filter(({ file }) => file !== 'cli.ts'))('$file does not end the process', ({ source }) => {
    expect(source).not.toMatch(/process\.exit\b/);
  });

  it.each(files.filter(({ file }) => file.startsWith('model/')))('$file does no I/O', ({ source }) => {
    expect(importsOf(source).filter((name) => name.startsWith('node:'))).toEqual([]);
  });
});

describe('size', () => {
  it('no file of scripts/ has grown beyond 260 lines', () => {
    const long = files.map(({ file, source }) => ({ file, lines: source.split('\n').length })).filter(({ lines }) => lines > 260);
    expect(long).toEqual([]);
  });
});
