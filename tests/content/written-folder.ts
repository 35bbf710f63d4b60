/** A content folder that somebody writes while it is read. */
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished } from 'vitest';
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { ExpectedError } from '../../scripts/shared/errors.ts';
import { temporaryFolder, writeFiles } from './folder.ts';

export const term = (name: string, number: number) => `---\nterm: ${name} ${number}\n---\n\n${`Number ${number}. `.repeat(200)}\n`;

/** What a writer and its reader share, as 32-bit numbers. */
const STOP = 0;
const WRITTEN = 1;
/** The longest time in microseconds that the files did not belong together, since it was last set to 0. */
const LONGEST = 2;

/** Runs in a thread of its own: writes both files with the same number, again and again, and rests for `pause` ms after every fifth time. */
const writer = `
const { workerData: { files, state, way, pause } } = require('node:worker_threads');
const fs = require('node:fs');
const numbers = new Int32Array(state);
const idle = new Int32Array(new SharedArrayBuffer(4));
const rest = (ms) => Atomics.wait(idle, 0, 0, ms);
const ways = {
  rewrite: (file, text) => { fs.truncateSync(file); rest(2); fs.writeFileSync(file, text); },
  replace: (file, text) => { fs.writeFileSync(file + '.tmp', text); rest(2); fs.renameSync(file + '.tmp', file); },
  remove: (file, text) => { fs.unlinkSync(file); rest(2); fs.writeFileSync(file, text); },
  halves: (file, text) => {
    const handle = fs.openSync(file, 'w');
    fs.writeSync(handle, text.slice(0, 300));
    rest(2);
    fs.writeSync(handle, text.slice(300));
    fs.closeSync(handle);
  },
};
for (let number = 1; Atomics.load(numbers, ${STOP}) === 0; number += 1) {
  const start = process.hrtime.bigint();
  for (const [name, file] of files) {
    ways[way](file, '---\\nterm: ' + name + ' ' + number + '\\n---\\n\\n' + ('Number ' + number + '. ').repeat(200) + '\\n');
  }
  const took = Number((process.hrtime.bigint() - start) / 1000n);
  if (took > Atomics.load(numbers, ${LONGEST})) Atomics.store(numbers, ${LONGEST}, took);
  Atomics.store(numbers, ${WRITTEN}, number);
  rest(number % 5 === 0 ? pause : number % 3);
}
`;

/** Starts a thread that writes to two terms until the test ends. */
export async function startWriting(way: string, pause: number): Promise<{ dir: string; numbers: Int32Array }> {
  const dir = await temporaryFolder();
  await writeFiles(dir, { 'terms/first.md': term('First', 0), 'terms/second.md': term('Second', 0) });
  const state = new SharedArrayBuffer(12);
  const numbers = new Int32Array(state);
  const files = [
    ['First', `${dir}/terms/first.md`],
    ['Second', `${dir}/terms/second.md`],
  ];
  const worker = new Worker(writer, { eval: true, workerData: { files, state, way, pause } });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  onTestFinished(async () => {
    Atomics.store(numbers, STOP, 1);
    await ended;
  });
  while (Atomics.load(numbers, WRITTEN) === 0) await setImmediate();
  return { dir, numbers };
}

/** The numbers that the two files say, everywhere in them. */
export async function read(dir: string): Promise<string[]> {
  const { corpus, problems } = await loadCorpus(dir, { locales: ['en'] });
  const said = corpus.terms.map(({ text }) => JSON.stringify(text).match(/\d+/g) ?? []);
  return [...problems.map(({ file, code }) => `${file} ${code}`), `${said.length} files`, ...new Set(said.flat())];
}

/** Reads until it has seen the files at so many moments. Fails when they were not as they were at one moment. */
export async function readWhileWritten(way: string, wanted: number): Promise<void> {
  const { dir, numbers } = await startWriting(way, 140);
  const moments = new Set<string>();
  while (moments.size < wanted) {
    // Not while it rests.
    for (const last = Atomics.load(numbers, WRITTEN); last === Atomics.load(numbers, WRITTEN); ) await setImmediate();
    Atomics.store(numbers, LONGEST, 0);
    const said = await read(dir).catch((error: unknown) => {
      if (error instanceof ExpectedError && error.message.includes('is being changed while it is read')) return null;
      throw error;
    });
    // A writer that the system has stopped between two files for long has left them so, for all that anybody can see.
    const isOrderly = Atomics.load(numbers, LONGEST) < 20_000;
    if (said === null || !isOrderly) continue;
    expect(said).toEqual(['2 files', expect.stringMatching(/^\d+$/)]);
    moments.add(said.join());
  }
}
