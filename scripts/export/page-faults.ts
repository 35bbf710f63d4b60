import type { ConsoleMessage, Page } from 'playwright-chromium';

/** What goes wrong in a page while a deck is shown there. */
export interface PageFaults {
  /** Resolves with the first fault, never rejects; stays open while there is none. */
  first: Promise<string>;
  all(): readonly string[];
  stop(): void;
}

/** Listens for errors, failed requests and Vue's complaints about templates. One listener per deck: stop it afterwards. */
export function watchFaults(page: Page): PageFaults {
  const faults: string[] = [];
  let reportFirst: (fault: string) => void = () => {};
  const first = new Promise<string>((resolve) => {
    reportFirst = resolve;
  });
  const note = (fault: string) => {
    faults.push(fault);
    reportFirst(fault);
  };
  const onConsole = (message: ConsoleMessage) => {
    const fault = faultOf(message);
    if (fault !== null) note(fault);
  };
  const onError = (error: Error) => note(error.message);
  page.on('console', onConsole);
  page.on('pageerror', onError);
  return {
    first,
    all: () => faults,
    stop() {
      page.off('console', onConsole);
      page.off('pageerror', onError);
    },
  };
}

/** Vue only warns where text of a deck was taken for a component or for code; on paper that is a hole. */
const brokenTemplate = /^\[Vue warn\]: (?:Failed to resolve|Property .* was accessed|Unhandled error|Invalid vnode)/;

function faultOf(message: ConsoleMessage): string | null {
  const text = message.text();
  if (message.type() === 'warning') return brokenTemplate.test(text) ? (text.split('\n')[0] ?? text) : null;
  if (message.type() !== 'error') return null;
  const source = message.location().url;
  return text.startsWith('Failed to load resource') ? `${source || 'a file'} could not be loaded` : text;
}
