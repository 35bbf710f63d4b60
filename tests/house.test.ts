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
  pdf: ['shared'],
  export: ['model', 'shared', 'pdf'],
  live: ['model', 'shared', 'export'],
  commands: ['model', 'shared', 'content', 'import', 'plan', 'render', 'pdf', 'export', 'live'],
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
  const touchesFiles = /^(content|import|export|live|shared)\/|^pdf\/pdf-reader|^render\/(?:[a-z]+\/)?load-/;
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

/** The files that each file imports when it runs: `import type` and imports of types alone are none. */
const graph = new Map(
  readdirSync(scripts, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /\.[cm]?[jt]s$/.test(file) && !file.startsWith('.program/') && !/\.d\.[cm]?ts$/.test(file))
    .map((file) => [file, running(file, readFileSync(path.join(scripts, file), 'utf8'))] as const),
);

function running(file: string, source: string): string[] {
  const statements = source.matchAll(/^(?:import|export)\s+(type\s+)?([^'";]*from\s+)?'(\.[^']+)'|(?<!typeof )import\('(\.[^']+)'\)/gm);
  return [...statements].flatMap(([, type, what = '', from, later]) => {
    const named = /\{([\s\S]*)\}/.exec(what)?.[1]?.split(',') ?? [];
    const isOfTypes = named.length > 0 && named.every((name) => name.trim() === '' || name.trim().startsWith('type '));
    if (type !== undefined || isOfTypes) return [];
    return [path.posix.normalize(path.posix.join(path.posix.dirname(file), from ?? later ?? ''))];
  });
}

function reached(from: string, found = new Set<string>()): Set<string> {
  if (!found.has(from)) {
    found.add(from);
    for (const file of graph.get(from) ?? []) reached(file, found);
  }
  return found;
}

/** The longest way by which a file is imported; a file that imports itself on the way ends it. */
function longestChain(from: string, known = new Map<string, string[]>()): string[] {
  const ready = known.get(from);
  if (ready !== undefined) return ready;
  known.set(from, [from]);
  const longest = (graph.get(from) ?? [])
    .map((file) => longestChain(file, known))
    .reduce((one, other) => (other.length > one.length ? other : one), []);
  const chain = [from, ...longest];
  known.set(from, chain);
  return chain;
}

describe('size', () => {
  it('no folder of scripts/ holds more than 20 files', () => {
    const folders = new Map<string, number>();
    for (const file of graph.keys()) folders.set(path.posix.dirname(file), (folders.get(path.posix.dirname(file)) ?? 0) + 1);
    expect([...folders].filter(([, count]) => count > 20)).toEqual([]);
  });

  it('no two files of scripts/ have the same name', () => {
    const names = [...graph.keys()].map((file) => path.posix.basename(file));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('brief runs at most 200 files, by chains of at most 14', () => {
    expect(reached('commands/brief.ts').size).toBeLessThanOrEqual(200);
    expect(longestChain('commands/brief.ts').length, longestChain('commands/brief.ts').join(' > ')).toBeLessThanOrEqual(14);
  });
});
