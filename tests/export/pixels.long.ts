/** Slides on the stage beside the same slides from Slidev's own development server, pixel by pixel. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-chromium';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { screenshotSlides, showPage } from '../../scripts/export/page/print.ts';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import { cacheFolder, ownFolder } from '../../scripts/shared/cache/cache-folder.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';

let folder: string;
let stage: Session;
let slidev: Session;
let canvas: Page;
const fallbacks: string[] = [];

beforeAll(async () => {
  // Where Slidev finds the packages of the project, and may write.
  folder = await ownFolder(await cacheFolder(), 'pixels');
  await cp(path.join(projectRoot, 'templates'), path.join(folder, 'templates'), { recursive: true });
  await mkdir(path.join(folder, 'slides'));
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  // Fonts lie where the packages are, which Slidev's server would not show from here.
  const settings = { server: { fs: { allow: [projectRoot] } } };
  await writeFile(path.join(folder, 'slides', 'vite.config.js'), `export default ${JSON.stringify(settings)};\n`);
  const options = {
    browser: { explicit: null, env: process.env },
    assets: [path.join(projectRoot, 'content')],
    onBrowser: () => {},
    onFallback: (reason: string) => void fallbacks.push(reason),
  };
  stage = await openSession({ ...options, way: 'stage' });
  slidev = await openSession({ ...options, way: 'dev' });
  canvas = await (await stage.page()).context().newPage();
});
afterAll(async () => {
  await Promise.all([stage.close(), slidev.close()]);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

it.each([
  ['security', 'en-GB'],
  ['security.zh', 'zh-Hans'],
])('%s has the same pixels', async (name, languageTag) => {
  const entry = path.join(folder, 'slides', `${name}.md`);
  await cp(path.join(projectRoot, 'slides', `${name}.md`), entry);
  const photograph = async (session: Session) => {
    const shown = await session.server.showDeck(entry);
    const page = await session.page();
    await showPage(page, { ...shown, languageTag });
    return { slides: await screenshotSlides(page), onStage: shown.data !== null };
  };
  const [own, theirs] = [await photograph(stage), await photograph(slidev)];
  expect([own.onStage, theirs.onStage]).toEqual([true, false]);
  expect(own.slides.length).toBe(theirs.slides.length);
  const different: string[] = [];
  for (const [index, picture] of own.slides.entries()) {
    const pixels = await countDifferences(picture, theirs.slides[index] ?? picture);
    if (pixels !== 0) different.push(`slide ${index + 1}: ${pixels} pixels`);
  }
  expect(different).toEqual([]);
  expect(fallbacks).toEqual([]);
});

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
