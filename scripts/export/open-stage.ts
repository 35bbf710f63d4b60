/** The page, made ready for a deck while that is still being compiled. */
import type { Page } from 'playwright-chromium';
import { warmUp } from './print.ts';
import type { Session } from './session.ts';

/**
 * Opens the page, and shows in a new one what the deck was when it was last compiled: scripts, styles and fonts are then there when the new version is (0.6 s
 * of one edited deck). `isOver` says that this would come too late. Throws as launchBrowser does.
 */
export async function openStage(session: Session, entry: string | undefined, isOver: () => boolean): Promise<void> {
  const page = await session.page();
  const known = opening.get(page);
  if (known !== undefined) await known;
  else if (entry !== undefined && !isOver()) {
    // Whatever keeps it from being shown is said when its turn comes, and costs no other deck.
    const earlier = session.server.showEarlierDeck(entry).catch(() => null);
    const opened = earlier.then((deck) => (deck === null ? undefined : warmUp(page, deck)));
    opening.set(page, opened);
    await opened;
  }
}

/** Once is enough for a page. */
const opening = new WeakMap<Page, Promise<void>>();
