import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import { temporaryFolder } from '../run.ts';
import { type Words, writeLongTitles } from './long-titles.ts';
import { planDecks, showDeck } from './shown-decks.ts';

let session: Session;
beforeAll(async () => {
  session = await openSession({ browser: { explicit: null, env: process.env }, assets: [], onBrowser() {} });
});
afterAll(() => session.close());

it.each<[number, Words]>([
  [54, 'english'],
  [90, 'english'],
  [155, 'english'],
  [54, 'chinese'],
  [110, 'chinese'],
  [90, 'endless'],
])('nothing leaves a slide whose titles, names and sections have %d characters (%s)', async (length, words) => {
  const folder = await temporaryFolder();
  await writeLongTitles(path.join(folder, 'content'), length, words);
  const { planned } = await planDecks(path.join(folder, 'content'), path.join(folder, 'slides'));
  const [river] = planned;
  if (river === undefined) throw new Error('no deck was planned');
  expect(river.deck.overfull).toEqual([]);
  expect((await showDeck(river, session)).overflows).toEqual([]);
});
