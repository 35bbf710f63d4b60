/** Text there and back: content -> generate -> Slidev's compiler -> the browser, and what was read there beside what was written. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import { planDecks } from '../fit/shown-decks.ts';
import { writeHostile } from './hostile-content.ts';
import { plannedWords } from './planned-words.ts';
import { readShown, type Sessions } from './shown-words.ts';
import { inked, visible, words } from './visible.ts';

export interface Workplace {
  session: Session;
  close(): Promise<void>;
  /** Sends texts through every place of a deck. Fails with what differs. */
  expectRoundTrip(texts: readonly string[]): Promise<void>;
}

/** A browser with a folder of its own, for any number of decks. */
export async function openWorkplace(): Promise<Workplace> {
  const root = await mkdtemp(path.join(tmpdir(), 'briefdeck-escaping-'));
  const options = { browser: { explicit: null, env: process.env }, assets: [root], onBrowser() {} };
  const sessions = { printed: await openSession(options), live: await openSession({ ...options, way: 'dev' }) };
  return {
    session: sessions.printed,
    expectRoundTrip: (texts) => expectRoundTrip(texts, sessions, root),
    async close() {
      await Promise.all([sessions.printed.close(), sessions.live.close()]);
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function expectRoundTrip(texts: readonly string[], sessions: Sessions, root: string): Promise<void> {
  const folder = path.join(root, 'deck');
  try {
    const written = await writeHostile(path.join(folder, 'content'), texts);
    const { problems } = await loadCorpus(path.join(folder, 'content'), { locales: ['en'] });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { workspace, planned } = await planDecks(path.join(folder, 'content'), path.join(folder, 'slides'));
    const deck = planned.find((each) => each.deck.theme === 'hostile');
    const locale = workspace.templates.locales.get('en');
    if (deck === undefined || locale === undefined) throw new TypeError('the deck is missing');
    const shown = await readShown(sessions, deck.file, deck.languageTag);
    expect({ complaints: shown.complaints, trapped: shown.trapped }).toEqual({ complaints: [], trapped: false });
    const expected = plannedWords(deck.deck, locale, workspace.templates);
    expect(shown.words.length).toBe(expected.length);
    const differences: object[] = [];
    const compare = (what: string, real: unknown, wanted: unknown) => {
      if (JSON.stringify(real) !== JSON.stringify(wanted)) differences.push({ what, wanted, real });
    };
    for (const [index, wanted] of expected.entries()) {
      const real = shown.words[index];
      const { id, kind } = deck.deck.slides[index] ?? {};
      compare(`${id} headline`, visible(real?.headline ?? ''), visible(wanted.headline));
      // Drawn labels are broken into lines by the planner, whose text is compared without its white space.
      const pieces = kind === 'figure' ? (texts: readonly string[]) => texts.map(inked).join('') : onlyVisible;
      compare(`${id} pieces`, pieces(real?.pieces ?? []), pieces(wanted.pieces));
      compare(`${id} is visible`, real?.isVisible, wanted.isVisible);
      compare(`${id} links`, real?.links, wanted.links);
      compare(`${id} alts`, real?.alts.map(visible), wanted.alts.map(visible));
      // Cells of tables are kept apart by marks that are not seen, and that take away such marks of a cell.
      compare(`${id} notes`, onlyVisible(real?.notes ?? []).map(withoutIsolates), onlyVisible(wanted.notes).map(withoutIsolates));
      compare(`${id} title`, visible(real?.title ?? ''), visible(wanted.title));
    }
    compare('document title', visible(shown.documentTitle), visible(deck.deck.title));
    expect(differences).toEqual([]);
    // What a slide has no room for stands in its notes.
    const all = shown.words.flatMap(({ pieces, notes }) => [...pieces, ...notes].map(words)).join('');
    const notes = shown.words.flatMap((slide) => slide.notes.map(words)).join('');
    expect([...written.shown, ...written.onSlides].map(words).filter((text) => !all.includes(text))).toEqual([]);
    expect(written.noted.map(words).filter((text) => !notes.includes(text))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function onlyVisible(texts: readonly string[]): string[] {
  return texts.map(visible).filter((text) => text !== '');
}

const withoutIsolates = (text: string) => text.replace(/[\u2066-\u2069]/gu, '');
