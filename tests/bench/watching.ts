import { spawn } from 'node:child_process';
import { briefdeck } from './workplace.ts';

/** `watch`, running. */
export interface Watching {
  /** Resolves when it has said this since the last time. Throws when it ends before. */
  said(text: RegExp): Promise<void>;
  end(): Promise<void>;
}

export function startWatching(args: readonly string[]): Watching {
  const child = spawn(process.execPath, [briefdeck, 'watch', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  let heard = () => {};
  child.stderr.on('data', (chunk) => {
    words += String(chunk);
    heard();
  });
  child.once('exit', () => heard());
  return {
    async said(text) {
      while (!text.test(words)) {
        if (child.exitCode !== null) throw new Error(`watch has ended:\n${words}`);
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
      words = '';
    },
    async end() {
      child.kill('SIGINT');
      await new Promise((resolve) => (child.exitCode === null ? child.once('exit', resolve) : resolve(null)));
    },
  };
}
