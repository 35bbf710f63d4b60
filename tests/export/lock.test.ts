/** Two runs at once on one folder, with real processes that hold its lock, wait for it and are killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ownName, readOwner } from '../../scripts/shared/disk/folders.ts';
import { type LockHolder, lockFolder } from '../../scripts/shared/disk/lock.ts';
import { temporaryFolder } from '../run.ts';

const LOCK = '.briefdeck.lock';
const program = path.join(import.meta.dirname, 'hold-lock.ts');
const never = new AbortController().signal;
const quietly = { signal: never, onWait: () => {} };

interface Holding {
  process: ChildProcess;
  /** Resolves when the process has said a word. */
  says(word: string): Promise<void>;
  ended: Promise<unknown>;
}

/** A process that takes the lock and keeps it until its input ends. */
function hold(folder: string): Holding {
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  let text = '';
  let heard = () => {};
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    heard();
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const says = async (word: string) => {
    while (!text.includes(word)) {
      const more = new Promise<void>((resolve) => {
        heard = resolve;
      });
      if ((await Promise.race([more, ended.then(() => 'ended')])) === 'ended' && !text.includes(word)) throw new Error(`it said ${text}`);
    }
  };
  return { process: child, says, ended };
}

describe('the lock of a folder', () => {
  it('keeps another process waiting until it is released, and leaves nothing', async () => {
    const folder = path.join(await temporaryFolder(), 'new', 'dist');
    const lock = await lockFolder(folder, quietly);
    const other = hold(folder);
    await other.says(`waiting for ${process.pid}`);
    await writeFile(path.join(folder, 'a.pdf'), 'a');
    await lock.release();
    await other.says('locked');
    other.process.stdin?.end();
    await other.ended;
    expect(await readdir(folder)).toEqual(['a.pdf']);
  });

  it('does not outlive a process that was killed, nor does what it left beside it', async () => {
    const folder = await temporaryFolder();
    const killed = hold(folder);
    await killed.says('locked');
    const waiting = hold(folder);
    await waiting.says('waiting');
    waiting.process.kill('SIGKILL');
    await waiting.ended;
    expect((await readdir(folder)).length).toBe(2);
    const seen: LockHolder[] = [];
    const next = lockFolder(folder, {
      signal: never,
      onWait: (holder) => {
        seen.push(holder);
        killed.process.kill('SIGKILL');
      },
    });
    await (await next).release();
    expect(seen).toMatchObject([{ owner: { pid: killed.process.pid }, elsewhere: false }]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('goes to one process after the other when many want it', async () => {
    const folder = await temporaryFolder();
    let inside = 0;
    const turns = Array.from({ length: 30 }, async () => {
      const lock = await lockFolder(folder, quietly);
      inside += 1;
      expect(inside).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      await lock.release();
    });
    await Promise.all(turns);
    expect(await readdir(folder)).toEqual([]);
  });

  // Other systems say less about their processes.
  it.skipIf(process.platform !== 'linux').each([
    ['a process that has ended', { pid: '4194305' }],
    ['a later process of the same number', { start: '1' }],
    ['an earlier start of this machine', { boot: '00000001' }],
  ])('is taken from %s', async (_what, other) => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, LOCK, nameOf(other)), { recursive: true });
    await (await lockFolder(folder, { signal: never, onWait: () => expect.unreachable('it waits') })).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux').each([
    ['another machine', { boot: '00000001', host: 'build-7' }],
    ['another container', { space: '1', host: 'build-7' }],
  ])('of %s is waited for until it is removed, or the run interrupted', async (_what, other) => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, LOCK, nameOf({ pid: '4194305', ...other })), { recursive: true });
    const seen: LockHolder[] = [];
    const interruption = new AbortController();
    const reason = new Error('SIGINT');
    const interrupted = lockFolder(folder, { signal: interruption.signal, onWait: () => interruption.abort(reason) });
    await expect(interrupted).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual([LOCK]);
    const waiting = lockFolder(folder, {
      signal: never,
      onWait: (holder) => {
        seen.push(holder);
        void rm(holder.lock, { recursive: true });
      },
    });
    await (await waiting).release();
    expect(seen).toMatchObject([{ owner: { pid: 4194305, host: 'build-7' }, elsewhere: true, lock: path.join(folder, LOCK) }]);
  });
});

function nameOf(other: Partial<Record<'pid' | 'start' | 'space' | 'boot' | 'host', string>>): string {
  const own = readOwner(ownName());
  if (own === null) throw new Error('its own name cannot be read');
  const { pid, start, space, boot, host } = { ...own, host: own.host || os.hostname(), ...other };
  return [pid, start, space, boot, host].join('-');
}
