/** Content folders for the tests of this stage: fixtures laid over a good one, or files given in the test. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type LoadOptions, loadCorpus } from '../../scripts/content/load-corpus.ts';
import type { Corpus } from '../../scripts/model/corpus.ts';
import type { Problem } from '../../scripts/model/problems/problem.ts';

export const inputs = path.join(import.meta.dirname, 'input');

export interface Loaded {
  corpus: Corpus;
  problems: Problem[];
  /** `file:line:column code`, one for each problem. */
  list: string[];
}

/** Loads a fixture: the files of input/good, those of input/<name> laid over them, then the files given. */
export async function loadFixture(name: string, options: Partial<LoadOptions> = {}, files: Files = {}): Promise<Loaded> {
  const dir = await temporaryFolder();
  await cp(path.join(inputs, 'good'), dir, { recursive: true });
  await cp(path.join(inputs, name), dir, { recursive: true });
  await writeFiles(dir, files);
  return load(dir, options);
}

/** Loads a folder of nothing but the files given. */
export async function loadFiles(files: Files, options: Partial<LoadOptions> = {}): Promise<Loaded> {
  const dir = await temporaryFolder();
  await writeFiles(dir, files);
  return load(dir, options);
}

/** A picture of one black pixel. */
export const smallPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

/** Content by path. */
export type Files = Record<string, string | Uint8Array>;

export async function load(dir: string, options: Partial<LoadOptions> = {}): Promise<Loaded> {
  const { corpus, problems } = await loadCorpus(dir, { locales: ['en', 'zh'], languages: ['en'], ...options });
  return { corpus, problems, list: problems.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`) };
}

export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'briefdeck-content-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export async function writeFiles(dir: string, files: Files): Promise<void> {
  for (const [file, data] of Object.entries(files)) {
    await mkdir(path.join(dir, path.dirname(file)), { recursive: true });
    await writeFile(path.join(dir, file), data);
  }
}
