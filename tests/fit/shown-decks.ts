/** Planned decks beside the same decks as the browser shows them. */
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Settings } from '../../scripts/commands/settings.ts';
import { loadWorkspace, type Workspace } from '../../scripts/commands/workspace.ts';
import { showPage } from '../../scripts/export/page/print.ts';
import type { Session } from '../../scripts/export/run/session.ts';
import { measureOverflow, type Overflow } from '../../scripts/export/run/show-deck.ts';
import type { Corpus } from '../../scripts/model/corpus.ts';
import type { Deck } from '../../scripts/model/outputs/deck.ts';
import type { Earlier } from '../../scripts/model/outputs/earlier.ts';
import { planDeck } from '../../scripts/plan/plan-deck.ts';
import { renderDeck } from '../../scripts/render/deck-markdown.ts';
import { writeAtomic } from '../../scripts/shared/disk/files.ts';
import { projectRoot, toPosixRelative } from '../../scripts/shared/paths.ts';
import { createReport } from '../../scripts/shared/report.ts';

export interface Planned {
  deck: Deck;
  file: string;
  languageTag: string;
}

/** Plans every deck of a content folder and writes it where it can be shown; with `earlierOf` what has changed since that content is in it. */
export async function planDecks(
  content: string,
  slides: string,
  earlierOf: (now: Corpus) => Earlier | null = () => null,
): Promise<{ workspace: Workspace; planned: Planned[] }> {
  const settings: Settings = {
    folders: { content, slides, templates: path.join(projectRoot, 'templates'), out: path.join(slides, 'dist') },
    languages: null,
    report: createReport({ json: false, quiet: true, out: new PassThrough(), err: new PassThrough() }),
    signal: new AbortController().signal,
    env: process.env,
    now: new Date('2026-11-23T00:00:00Z'),
  };
  const loaded = await loadWorkspace(settings);
  const workspace = { ...loaded, earlier: earlierOf(loaded.corpus) };
  const places = {
    theme: toPosixRelative(slides, path.join(settings.folders.templates, 'theme')),
    content: toPosixRelative(slides, content),
  };
  const planned: Planned[] = [];
  for (const theme of workspace.corpus.themes) {
    for (const lang of workspace.languages) {
      const { corpus, earlier, templates } = workspace;
      const deck = planDeck(theme, { corpus, lang, today: '2026-11-23', earlier, measure: templates });
      const file = path.join(slides, `${deck.name}.md`);
      await writeAtomic(file, renderDeck(deck, templates, places));
      planned.push({ deck, file, languageTag: templates.locales.get(lang)?.languageTag ?? lang });
    }
  }
  return { workspace, planned };
}

export interface ShownSlide {
  id: string;
  /** Question line and headline with the gap below them, and what stands below, in CSS pixels. */
  header: number;
  content: number;
}

/** Shows a deck as for printing and measures it. */
export async function showDeck(
  { deck, file, languageTag }: Planned,
  session: Session,
): Promise<{ slides: ShownSlide[]; overflows: Overflow[] }> {
  const shown = await session.server.showDeck(file);
  if (shown.slides !== deck.slides.length) throw new Error(`${deck.name} has ${shown.slides} slides instead of ${deck.slides.length}`);
  const page = await session.page();
  await showPage(page, { ...shown, languageTag });
  return { slides: await page.evaluate(measure), overflows: await measureOverflow(page) };
}

/** Runs in the page. */
function measure(): ShownSlide[] {
  return [...document.querySelectorAll<HTMLElement>('[data-slide-id]')].map((slide) => {
    const main = slide.querySelector('main');
    const header = slide.querySelector('header');
    const top = main?.getBoundingClientRect().top ?? 0;
    // A grid stretches its columns: what counts is where the last thing in them ends.
    const ends = [...(main?.querySelectorAll('p, li, tr, pre, svg, img, dd, .number, .words, .points') ?? [])].map(
      (element) => element.getBoundingClientRect().bottom,
    );
    return {
      id: slide.dataset.slideId ?? '',
      header: header === null ? 0 : top - header.getBoundingClientRect().top,
      content: Math.max(0, ...ends) - top,
    };
  });
}
