/** A program that holds the lock of the folder it is given until its input ends. */
import { lockFolder } from '../../scripts/shared/disk/lock.ts';

const { signal } = new AbortController();
const lock = await lockFolder(process.argv[2] ?? '', {
  signal,
  onWait: ({ owner }) => process.stdout.write(`waiting for ${owner.pid}\n`),
});
process.stdout.write('locked\n');
for await (const _ of process.stdin);
await lock.release();
