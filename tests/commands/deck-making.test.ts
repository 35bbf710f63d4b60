/** A thread makes the deck that this one makes, or none where it finds other templates than those that were meant. */
import { appendFile, cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { DeckMaker, makeDeck } from '../../scripts/commands/decks/deck-making.ts';
import { hashOfLook } from '../../scripts/commands/decks/deck-records.ts';
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { narrowCorpus } from '../../scripts/plan/select.ts';
import { loadTemplates } from '../../scripts/render/load-templates.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { temporaryFolder } from '../run.ts';

it('from data alone', async () => {
  const dir = path.join(await temporaryFolder(), 'templates');
  await cp(path.join(projectRoot, 'templates'), dir, { recursive: true });
  const { corpus } = await loadCorpus(path.join(projectRoot, 'content'), { locales: ['en', 'zh'] });
  const templates = await loadTemplates(dir);
  const places = { theme: '../templates/theme', content: '../content' };
  const [theme] = corpus.themes;
  if (theme === undefined) throw new Error('there is no theme');
  const today = '2026-11-26';
  const given = { theme, lang: 'zh', corpus: narrowCorpus(corpus, theme, today), today, places };
  const look = hashOfLook(templates, places);
  // As it comes to a thread.
  const order = structuredClone({ type: 'make' as const, ...given, templates: dir, look });

  expect(await new DeckMaker().work(order)).toEqual(makeDeck(given, templates));
  await appendFile(path.join(dir, 'slides/cover.md.hbs'), '\n');
  // Decks follow from what was read, not from what stands there by now.
  expect(hashOfLook(templates, places)).toBe(look);
  expect(hashOfLook(await loadTemplates(dir), places)).not.toBe(look);
  expect(await new DeckMaker().work(order)).toBeNull();
  await rm(path.join(dir, 'slides/cover.md.hbs'));
  const broken = new DeckMaker();
  expect(await broken.work(order)).toBeNull();
  expect(await broken.work({ type: 'keep' })).toBeNull();
});
