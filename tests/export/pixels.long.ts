/** Slides on the stage beside the same slides from plain `slidev export`, pixel by pixel. */
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-chromium';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { embeddedEnvironment } from '../../scripts/export/browser/embedded-chromium.ts';
import { showPage } from '../../scripts/export/page/print.ts';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import { cacheFolder, ownFolder } from '../../scripts/shared/cache/cache-folder.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';

let folder: string;
let session: Session;
let canvas: Page;
const fallbacks: string[] = [];
/** Of the session's browser. */
let executable = '';

beforeAll(async () => {
  // Where Slidev finds the packages of the project, and may write.
  folder = await ownFolder(await cacheFolder(), 'pixels');
  await cp(path.join(projectRoot, 'templates'), path.join(folder, 'templates'), { recursive: true });
  await mkdir(path.join(folder, 'slides'));
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  // Fonts lie where the packages are, which Slidev's server would not show from here.
  const settings = { server: { fs: { allow: [projectRoot] } } };
  await writeFile(path.join(folder, 'slides', 'vite.config.js'), `export default ${JSON.stringify(settings)};\n`);
  session = await openSession({
    browser: { explicit: null, env: process.env },
    assets: [path.join(projectRoot, 'content')],
    onBrowser: ({ path: file }) => {
      executable = file;
    },
    onFallback: (reason) => fallbacks.push(reason),
  });
  canvas = await (await session.page()).context().newPage();
});
afterAll(async () => {
  await session.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

it.each([
  ['security', 'en-GB'],
  ['security.zh', 'zh-Hans'],
])('%s has the same pixels', async (name, languageTag) => {
  const entry = path.join(folder, 'slides', `${name}.md`);
  await cp(path.join(projectRoot, 'slides', `${name}.md`), entry);
  const plain = await exportPlainly(entry);
  const shown = await session.server.showDeck(entry);
  const page = await session.page();
  await showPage(page, { ...shown, languageTag });
  const containers = await page.locator('.print-slide-container').all();
  expect(containers.length).toBe(shown.slides);
  const different: string[] = [];
  for (const [index, container] of containers.entries()) {
    const own = await container.screenshot();
    const theirs = await readFile(path.join(plain, `${index + 1}.png`));
    const pixels = await countDifferences(own, theirs);
    if (pixels !== 0) different.push(`slide ${index + 1}: ${pixels} pixels`);
  }
  expect(different).toEqual([]);
  expect(fallbacks).toEqual([]);
});

/** What Slidev's own command makes, in the same browser with the same switches. Gives the folder of the pictures. */
async function exportPlainly(entry: string): Promise<string> {
  const browser = path.join(folder, 'browser.sh');
  const environment = Object.entries(embeddedEnvironment(executable)).map(([key, value]) => `export ${key}='${value}'\n`);
  await writeFile(browser, `#!/bin/sh\n${environment.join('')}exec '${executable}' --no-sandbox --font-render-hinting=none "$@"\n`);
  await chmod(browser, 0o755);
  const output = path.join(folder, path.basename(entry, '.md').replace('.', '-'));
  const slidev = path.join(projectRoot, 'node_modules', '@slidev', 'cli', 'bin', 'slidev.mjs');
  const options = ['--format', 'png', '--output', output, '--executable-path', browser, '--scale', '1', '--timeout', '120000'];
  await promisify(execFile)(process.execPath, [slidev, 'export', entry, ...options], { cwd: folder });
  return output;
}

/** How many pixels of two pictures differ; all of them when they differ in size. */
async function countDifferences(a: Uint8Array, b: Uint8Array): Promise<number> {
  return canvas.evaluate(
    async (pictures) => {
      const [one, two] = await Promise.all(
        pictures.map(async (base64) => {
          const image = new Image();
          image.src = `data:image/png;base64,${base64}`;
          await image.decode();
          const context = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height }).getContext('2d');
          context?.drawImage(image, 0, 0);
          return context?.getImageData(0, 0, image.width, image.height);
        }),
      );
      if (one === undefined || two === undefined || one.data.length !== two.data.length) return Number.POSITIVE_INFINITY;
      const [x, y] = [new Uint32Array(one.data.buffer), new Uint32Array(two.data.buffer)];
      return x.reduce((count, pixel, index) => count + (pixel === y[index] ? 0 : 1), 0);
    },
    [a, b].map((bytes) => Buffer.from(bytes).toString('base64')),
  );
}
