/** The page, made ready for a deck while that is still being compiled. */
import { warmUp } from './print.ts';
import type { Session } from './session.ts';

/**
 * Opens the page, and shows in a new one what the deck was when it was last compiled: scripts, styles and fonts are then there when the new version is (0.6 s
 * of one edited deck). `isOver` says that this would come too late. Throws as launchBrowser does.
 */
export async function openStage({ page: open, server }: Session, entry: string | undefined, isOver: () => boolean): Promise<void> {
  const page = await open();
  if (entry === undefined || isOver() || page.url() !== 'about:blank') return;
  const earlier = await server.showEarlierDeck(entry);
  if (earlier !== null) await warmUp(page, earlier);
}
