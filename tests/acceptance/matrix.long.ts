/** The main job, an import and a presentation, each twice, with one thing or another not as usual; where the browser is the same, so are the bytes. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LINES } from './lines.ts';
import { linkOrCopy } from './link-tree.ts';
import { demand, giveToOrdinary } from './machine.ts';
import { MATRIX, type Row } from './matrix.ts';
import { type NodeVersion, nodeFolder } from './nodes.ts';
import { filesByName } from './opened.ts';
import { makePlace, type Place } from './places.ts';
import { play, wrongWords } from './play.ts';
import { type Circumstances, runLine } from './run-line.ts';
import { note } from './runs.ts';

const BRIEF = 'npm run brief -- scaling';
const JOBS = LINES.filter(
  ({ line }) =>
    [BRIEF, 'npm run briefdeck -- present scaling'].includes(line) || line.startsWith('npm run briefdeck -- import talk.vtt --date'),
);

let place: Place | null = null;
afterAll(() => place?.remove());

it.for(MATRIX)('$name', { timeout: 900_000 }, async (row, context) => {
  const { form = 'clone', browser = 'embedded', node, alongside, user, programs } = row;
  demand(context, { browser, node, user, programs });
  if (alongside !== undefined) demand(context, { node: alongside });
  const here = await placeFor(row);
  const circumstances = circumstancesOf(here, row);
  if (row.refuses !== undefined) {
    const [first, second] = [await runLine(here, BRIEF, circumstances), await runLine(here, BRIEF, circumstances)];
    note(context, { name: `${row.name}: ${BRIEF}`, form, node: node ?? process.version, browser }, first, second);
    for (const { exitCode, stderr, left } of [first, second]) {
      expect({ exitCode, stderr, left }).toEqual({ exitCode: 1, stderr: expect.stringMatching(row.refuses), left: [] });
      expect(wrongWords(stderr.replaceAll('✗', ''))).toEqual([]);
    }
    return;
  }
  const other = alongside === undefined ? null : runLine(here, BESIDE, { ...circumstances, ...onNode(here, alongside) });

  const faults: string[] = [];
  for (const entry of JOBS) {
    // Ctrl-C reaches what runs in a terminal of its own only through that terminal.
    if (entry.visit !== undefined && (programs !== undefined || row.withoutPresenting)) continue;
    const { first, second, made, faults: found } = await play(here, entry, circumstances);
    note(context, { name: `${row.name}: ${entry.line}`, form, node: node ?? process.version, browser }, first, second);
    faults.push(...found);
    if (entry.line === BRIEF) faults.push(...wrongBrowser(row, first.stdout + first.stderr), ...otherBytes(browser, made));
  }
  if (other !== null) {
    const { exitCode, stdout, stderr } = await other;
    const made = filesByName(path.join(here.folder, 'beside'));
    faults.push(...(exitCode === 0 ? [] : [`the other Node ends with ${exitCode}: ${stdout}${stderr}`]), ...otherBytes(browser, made));
    if (made.size < 7) faults.push(`the other Node has made ${[...made.keys()].join(', ') || 'nothing'}`);
  }
  expect([...faults, ...here.spoilt().map((file) => `an installed file was written: ${file}`)]).toEqual([]);
});

const BESIDE = `${BRIEF} --slides ../beside/slides --out ../beside/dist`;

/** The place of a row: cold, or as the row before has left its caches. */
async function placeFor({ form = 'clone', folder, samePlace, user, readOnly = [] }: Row): Promise<Place> {
  if (samePlace && place !== null) {
    place.reset();
    return place;
  }
  place?.remove();
  place = await makePlace(form, folder === undefined ? {} : { name: folder });
  if (user !== undefined) giveToOrdinary(place.project, { packages: readOnly.includes('packages') ? 'read-only' : 'own' });
  return place;
}

/** With this version first on PATH. It lies in the place, for another user may not be let into this checkout. */
function onNode({ folder }: Place, version: NodeVersion): Circumstances {
  const own = path.join(folder, `node-${version}`);
  if (!existsSync(own)) {
    mkdirSync(own);
    linkOrCopy(path.join(nodeFolder(version) ?? '', 'node'), path.join(own, 'node'));
  }
  return { nodeFolder: own };
}

function circumstancesOf(here: Place, { browser, node, user, readOnly, env, temporary, shell }: Row): Circumstances {
  const given = { browser, user, readOnly, env, temporary, shell };
  const there = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...there, ...(node === undefined ? {} : onNode(here, node)) };
}

function wrongBrowser({ browser, user }: Row, words: string): string[] {
  const wanted = browser ?? 'embedded';
  const [line = 'no browser', source] = /browser: [^(\n]*\((\w+)\).*/.exec(words) ?? [];
  const isRoot = process.getuid?.() === 0 && user === undefined;
  return [
    ...(source === wanted ? [] : [`it should be the ${wanted} browser: ${line}`]),
    ...(line.includes('sandbox') === isRoot ? [] : [`the sandbox is to be ${isRoot ? 'off, and that said' : 'on'}: ${line}`]),
  ];
}

/** What the first row with this browser has made, by name. */
const seen = new Map<string, ReadonlyMap<string, string>>();

/** Outputs that are not the same bytes as in the first row with the same browser. */
function otherBytes(browser: string, made: ReadonlyMap<string, string>): string[] {
  // The manifest names the browser's version, and decks the way to their theme.
  const outputs = new Map([...made].filter(([name]) => name.startsWith('dist/') && !name.endsWith('.json')));
  const expected = seen.get(browser) ?? outputs;
  seen.set(browser, expected);
  return [...outputs]
    .filter(([name, hash]) => expected.get(name) !== hash)
    .map(([name]) => `${name} has other bytes than in the first row`);
}
