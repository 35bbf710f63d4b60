/** The embedded browser, unpacked and then damaged in ways that happen: it is unpacked anew, once, and works. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { embeddedVersion, unpackEmbedded } from '../../scripts/export/browser/embedded-chromium.ts';
import { temporaryFolder } from '../run.ts';
import { cache, canMount, type Place, runAt } from './places.ts';

const env = { BRIEFDECK_BROWSER: 'embedded' };

/** The folder of unpacked browsers, with changes that are for one program alone. */
async function damaged(script: string): Promise<Place> {
  const copy = await temporaryFolder();
  return {
    folder: path.join(cache, 'browser'),
    mount: `cp -a "$1"/. ${copy} && mount --bind ${copy} "$1" && (cd "$1/${embeddedVersion()}" && ${script})`,
  };
}

/** The files of the browser itself, with their hashes. */
const browserIn = (listing: readonly string[]) => listing.filter((line) => !/files\.json|fonts-cache|\/sign$/.test(line));

describe.runIf(canMount && embeddedVersion() !== null)('an unpacked browser', () => {
  let whole: string[];

  it('that is as it was is not unpacked again', async () => {
    await unpackEmbedded();
    const { code, stderr, listing } = await runAt(await damaged('touch sign'), ['doctor'], env);
    expect(code, stderr).toBe(0);
    expect(listing.some((line) => line.endsWith('/sign'))).toBe(true);
    whole = browserIn(listing);
    expect(whole.length).toBeGreaterThan(10);
  });

  it('that was moved or copied gets settings for fonts of its place, and is not unpacked again', async () => {
    const { code, stderr, listing } = await runAt(
      await damaged('touch sign && sed -i s/node_modules/elsewhere/ fonts.conf'),
      ['doctor'],
      env,
    );
    expect(code, stderr).toBe(0);
    expect(listing.some((line) => line.endsWith('/sign'))).toBe(true);
    expect(browserIn(listing)).toEqual(whole);
  });

  it.each([
    ['that was cut off', 'truncate -s 1000000 chromium'],
    ['that is empty', ': > chromium'],
    ['that is gone', 'rm chromium'],
    ['that may not be run', 'chmod a-x chromium'],
    ['of which bytes have changed', 'printf x | dd of=chromium bs=1 seek=5000 conv=notrunc'],
    [
      'of which bytes have changed, with the date kept',
      'd=$(stat -c %y chromium) && printf xxxxxxxx | dd of=chromium bs=1 seek=24 conv=notrunc && touch -d "$d" chromium',
    ],
    ['without its libraries', 'rm -r al2023'],
    ['without one library', 'rm al2023/lib/libnss3.so'],
    ['with a library that was cut off', 'truncate -s 5000 al2023/lib/libnss3.so'],
    ['without its fonts', 'rm -r fonts'],
    ['without its settings for fonts', 'rm fonts.conf'],
    ['of which only an empty folder is left', 'find . -mindepth 1 -delete'],
    ['whose list is half a list', 'truncate -s 100 files.json'],
  ])('%s is unpacked anew', async (_what, script) => {
    const { code, stdout, stderr, listing } = await runAt(await damaged(script), ['doctor'], env);
    expect(code, stdout + stderr).toBe(0);
    expect(browserIn(listing)).toEqual(whole);
  });
});
