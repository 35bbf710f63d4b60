// open: knows how each system opens an address, including Windows Subsystem for Linux; it comes with Slidev.
import open from 'open';

/** Opens an address in the default browser. Never throws: calls `onFailure` with the reason when no browser opens. */
export async function openInBrowser(url: string, onFailure: (reason: string) => void): Promise<void> {
  try {
    const child = await open(url);
    child.once('error', (error) => onFailure(error.message));
  } catch (error) {
    onFailure(error instanceof Error ? error.message : String(error));
  }
}
