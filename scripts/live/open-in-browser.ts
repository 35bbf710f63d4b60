// Knows how each system opens an address, Windows Subsystem for Linux among them; it comes with Slidev.
import open from 'open';

/** Opens an address in the default browser. Never fails: `onFailure` is told why there is none. */
export async function openInBrowser(url: string, onFailure: (reason: string) => void): Promise<void> {
  try {
    const child = await open(url);
    child.once('error', (error) => onFailure(error.message));
  } catch (error) {
    onFailure(error instanceof Error ? error.message : String(error));
  }
}
