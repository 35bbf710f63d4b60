/** PDFs finished in a thread of their own, which is told from one finished here by nothing. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { FinishOrder } from '../../scripts/export/run/finishing.ts';
import { type Finisher, openFinisher } from '../../scripts/export/run/session.ts';
import { loadProgram } from '../../scripts/program.js';
import { temporaryFolder } from '../run.ts';
import { marked, placed, printedPdf } from './printed-pdf.ts';

async function orderOf(...codes: number[]): Promise<FinishOrder> {
  const printed = await printedPdf([{ content: marked(0, placed(codes), 'P'), tags: [['Document', {}, ['P', {}, 0]]] }]);
  const finish = {
    metadata: { title: 'T', author: 'A', subject: 'S', keywords: [] },
    languageTag: 'en-GB',
    date: new Date('2023-08-21'),
    origin: 'http://127.0.0.1:4321',
  };
  return { printed, finish, expected: { pages: 1, languageTag: 'en-GB', words: [[{ text: 'abc', of: null }]], unsure: new Set(['x']) } };
}

function open(folder: string | null): Finisher {
  const finisher = openFinisher(folder);
  onTestFinished(() => finisher.close());
  return finisher;
}

async function bundled(): Promise<string> {
  return path.dirname((await loadProgram()).entry);
}

/** A folder whose thread does what `code` says. */
async function threadOf(code: string): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, 'finish-worker.mjs'), code);
  return folder;
}

it('gives the same bytes and faults as without a thread, for several orders at once', async () => {
  const orders = [await orderOf(2, 3, 4), await orderOf(2, 2, 2)];
  const finishAll = (finisher: Finisher) => Promise.all(orders.map((order) => finisher.finish(order)));
  const [inThread, here] = await Promise.all([finishAll(open(await bundled())), finishAll(open(null))]);
  expect(inThread.map(({ faults }) => faults)).toEqual(here.map(({ faults }) => faults));
  expect(here[1]?.faults).toContainEqual({ type: 'lost', page: 1, lost: { text: 'abc', of: null, words: ['abc'] } });
  for (const [index, { pdf }] of here.entries()) expect(Buffer.from(pdf).equals(inThread[index]?.pdf ?? new Uint8Array())).toBe(true);
});

it('fails as without a thread', async () => {
  const order = { ...(await orderOf(2)), printed: Buffer.from('this is no PDF') };
  const reasonOf = (finisher: Finisher) => finisher.finish(order).then(() => null, String);
  const [inThread, here] = await Promise.all([reasonOf(open(await bundled())), reasonOf(open(null))]);
  expect(here).toMatch(/PDF/);
  expect(inThread).toBe(here);
});

it.each([
  ['ends before it answers', "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(0));"],
  ['breaks', "throw new Error('broken');"],
  ['is not there', ''],
])('is finished here when the thread %s', async (_, code) => {
  const folder = code === '' ? await temporaryFolder() : await threadOf(code);
  const order = await orderOf(2, 3, 4);
  const [withThread, here] = [await open(folder).finish(order), await open(null).finish(order)];
  expect(Buffer.from(withThread.pdf).equals(here.pdf)).toBe(true);
});

it('is given up when it is closed meanwhile', async () => {
  const finisher = open(await threadOf("import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});"));
  const finishing = finisher.finish(await orderOf(2, 3, 4)).then(
    () => 'finished',
    () => 'given up',
  );
  await finisher.close();
  expect(await finishing).toBe('given up');
});
