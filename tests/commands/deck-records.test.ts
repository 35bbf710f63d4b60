/** Decks that are known from earlier runs are those that would be made now: a law over edits of content, templates and decks. */
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { Regenerator } from '../../scripts/commands/decks/regenerate.ts';
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { planDeck } from '../../scripts/plan/plan-deck.ts';
import { narrowCorpus } from '../../scripts/plan/select.ts';
import { loadTemplates } from '../../scripts/render/load-templates.ts';
import { cacheFolder } from '../../scripts/shared/cache/cache-folder.ts';
import { sha256 } from '../../scripts/shared/cache/hashes.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { createReport } from '../../scripts/shared/report.ts';
import { makeContent } from '../bench/make-content.ts';
import { run, temporaryFolder } from '../run.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function recordsOf(kind: string, subject: string): Promise<string> {
  const folder = path.join(await cacheFolder('records'), `${kind}-${sha256(subject).slice(0, 16)}`);
  folders.push(folder);
  return folder;
}

interface Place {
  root: string;
  slides: string;
  records: string;
}

async function madePlace(exchanges = 24): Promise<Place> {
  const root = await temporaryFolder();
  makeContent(path.join(root, 'content'), { interviews: 2, exchanges, themes: 3, translated: 0.5 });
  await cp(path.join(projectRoot, 'templates'), path.join(root, 'templates'), { recursive: true });
  const slides = path.join(root, 'slides');
  await recordsOf('pages', path.join(root, 'content'));
  return { root, slides, records: await recordsOf('decks', slides) };
}

async function generate({ root }: Place, slides: string) {
  const args = ['--content', path.join(root, 'content'), '--templates', path.join(root, 'templates'), '--out', path.join(root, 'dist')];
  const { exitCode, stderr } = await run(['generate', ...args, '--slides', slides]);
  return { exitCode, decks: await decksIn(slides), stderr };
}

async function decksIn(slides: string): Promise<Record<string, string>> {
  const names = (await readdir(slides).catch(() => [])).filter((name) => name.endsWith('.md')).sort();
  const decks = await Promise.all(names.map(async (name) => [name, await readFile(path.join(slides, name), 'utf8')] as const));
  return Object.fromEntries(decks);
}

/** As `watch` has one. */
function regenerator({ root }: Place, slides: string): Regenerator {
  const nowhere = new PassThrough().resume();
  return new Regenerator([], null, {
    folders: { content: path.join(root, 'content'), templates: path.join(root, 'templates'), slides, out: path.join(root, 'dist') },
    languages: null,
    report: createReport({ json: false, quiet: true, out: nowhere, err: nowhere }),
    signal: new AbortController().signal,
    env: process.env,
    now: new Date(),
  });
}

const inFile =
  (file: string, from: RegExp, to: string) =>
  async ({ root }: Place) => {
    const target = path.join(root, file);
    await writeFile(target, (await readFile(target, 'utf8')).replace(from, to));
  };
const anExchange = (from: RegExp, to: string) => async (place: Place) => {
  const folder = 'content/interviews/talk-1';
  const names = (await readdir(path.join(place.root, folder))).filter((name) => /^\d+-[^.]+\.md$/.test(name)).sort();
  await inFile(`${folder}/${names[3]}`, from, to)(place);
};

const EDITS: Record<string, (place: Place) => Promise<void>> = {
  nothing: async () => {},
  'a takeaway': anExchange(/question: "/, 'question: "Then '),
  'a draft': anExchange(/section:/, 'draft: true\nsection:'),
  'another theme': anExchange(/tags: \[theme-\d/, 'tags: [theme-2'),
  'an embargo': inFile('content/interviews/talk-2/index.md', /lang: en/, 'lang: en\nembargo: "2999"'),
  'an error': inFile('content/interviews/talk-2/index.md', /lang: en/, 'lang: [en'),
  'nobody named': inFile('content/interviews/talk-1/index.md', /lang: en/, 'lang: en\nattribution: role'),
  'a title of another theme': inFile('content/themes/theme-3.md', /title: /, 'title: The '),
  'a theme gone': ({ root }) => rm(path.join(root, 'content/themes/theme-1.md'), { force: true }),
  'a label': inFile('templates/locales/en.json', /"Sources"/, '"Where it comes from"'),
  'a size': inFile('templates/theme/geometry.json', /"width": 876/, '"width": 800'),
  'a deck by hand': async ({ slides }) => {
    const file = path.join(slides, 'theme-2.md');
    await writeFile(file, (await readFile(file, 'utf8').catch(() => '')).replace('headline: "', 'headline: "Not '));
  },
  'a deck gone': ({ slides }) => rm(path.join(slides, 'theme-2.md'), { force: true }),
  'records cut short': async ({ records }) => {
    for (const name of await readdir(records).catch(() => [])) {
      const bytes = await readFile(path.join(records, name));
      await writeFile(path.join(records, name), bytes.subarray(0, bytes.length - 9));
    }
  },
  'records gone': ({ records }) => rm(records, { recursive: true, force: true }),
};

/** Of each kind one: of the content, of the templates, of decks, of what is remembered. `npm run test:long` makes all of them, then some more. */
const FEW = ['a takeaway', 'nobody named', 'a label', 'a deck by hand', 'records cut short'];
const isLong = fc.readConfigureGlobal().numRuns !== undefined;

it('after any edits the decks are those of a run that knows nothing', async () => {
  const [names, exchanges] = isLong ? [Object.keys(EDITS), 24] : [FEW, 12];
  const original = await madePlace(exchanges);
  await generate(original, original.slides);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...names), { minLength: 2, maxLength: 4 }), async (edits) => {
      const place = await madePlace(exchanges);
      await cp(original.slides, place.slides, { recursive: true });
      await generate(place, place.slides);
      const warmSlides = path.join(place.root, 'warm');
      await cp(place.slides, warmSlides, { recursive: true });
      const warm = regenerator(place, warmSlides);
      await warm.run();
      for (const name of edits) {
        await EDITS[name]?.(place);
        // What stands there may stay or have to go, so the run that knows nothing begins with the same decks.
        const fresh = path.join(place.root, 'fresh');
        await rm(fresh, { recursive: true, force: true });
        await cp(place.slides, fresh, { recursive: true });
        const expected = await generate(place, fresh);
        await rm(await recordsOf('decks', fresh), { recursive: true, force: true });
        const found = await generate(place, place.slides);
        expect({ ...found, stderr: '' }, name).toEqual({ ...expected, stderr: '' });
        expect(found.stderr.replaceAll(place.slides, fresh), name).toBe(expected.stderr);
        // What somebody did to the decks of the one is done to those of the other.
        if (name.startsWith('a deck')) await EDITS[name]?.({ ...place, slides: warmSlides });
        await warm.run();
        expect(await decksIn(warmSlides), `${name}, in a process that goes on`).toEqual(expected.decks);
      }
    }),
    { numRuns: isLong ? 2 : 1, examples: [[names]] },
  );
});

it.each([24, 12])('of %i exchanges a deck with nothing changed is not planned again, and one with an edit is', async (exchanges) => {
  const place = await madePlace(exchanges);
  const first = await generate(place, place.slides);
  expect(first.stderr).toContain('new');
  const second = await generate(place, place.slides);
  expect(second.decks).toEqual(first.decks);
  // The record is believed, so what it says is what is printed: proof that nothing was planned.
  const [file = ''] = await readdir(place.records);
  expect(file).toMatch(/\.records$/);
  await EDITS['a takeaway']?.(place);
  const third = await generate(place, place.slides);
  expect(Object.keys(third.decks).filter((name) => third.decks[name] !== first.decks[name]).length).toBeGreaterThan(0);
});

it('what a deck shows of the content is all that it is planned from', async () => {
  const { root } = await madePlace();
  const templates = await loadTemplates(path.join(root, 'templates'));
  for (const content of [path.join(root, 'content'), path.join(projectRoot, 'content')]) {
    const { corpus } = await loadCorpus(content, { locales: ['en', 'zh'] });
    for (const theme of corpus.themes) {
      for (const lang of corpus.languages) {
        const context = { lang, today: '2026-11-23', earlier: null, measure: templates };
        const shown = narrowCorpus(corpus, theme, '2026-11-23');
        expect(planDeck(theme, { ...context, corpus: shown })).toEqual(planDeck(theme, { ...context, corpus }));
      }
    }
  }
});
