/** `manifest.json` next to the outputs: what each was made from, and the content file of each page. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import { PAPER_SIZES } from '../../model/outputs/paper.ts';
import { parseJson, readIfThere, writeAtomic } from '../../shared/disk/files.ts';

/** Increase it when the format changes. A manifest of another version is ignored. */
const VERSION = 2;

const slideEntry = z.strictObject({
  page: z.int().positive().describe('Page of the output, counted from 1'),
  slide: z.string().describe('Id of the slide, also its address when presented'),
  exchange: z.string().nullable().describe('<interview>/<exchange>; null on slides that belong to none'),
  file: z.string().nullable().describe('Content file, relative to the content folder'),
  // Missing in earlier versions.
  hash: z.string().optional().describe("SHA-256 of the slide's text in the deck"),
});

const outputEntry = z.strictObject({
  hash: z.string().describe('SHA-256 of the output'),
  inputs: z.record(z.string(), z.string()).describe('SHA-256 by name of everything that it was made from'),
  key: z.string().describe('Changes when any input, the browser or the program does: then the output is made again'),
  slides: z.array(slideEntry).describe('Where each page comes from; of a document each exchange, with the page on which it begins'),
  pages: z.int().positive().optional().describe('How many there are; not given where every slide is one'),
  paper: z.enum(PAPER_SIZES).optional().describe('Size of a document'),
  // Missing in earlier versions.
  look: z.enum(['light', 'dark']).optional(),
  browser: z.string().describe('The browser that printed it, with its version'),
  // Missing in earlier versions.
  program: z.string().optional().describe('The version of Briefdeck that made it: a hash of its sources and packages'),
  generatedFrom: z.array(z.string()).describe('Content files, relative to the content folder'),
  // Missing in earlier versions; it cannot be computed without the content.
  named: z.array(z.string()).optional().describe('SHA-256 of the names of all people who were not withheld when it was made'),
});

const manifest = z.strictObject({
  version: z.literal(VERSION),
  outputs: z.record(z.string(), outputEntry).describe('By file name'),
  failed: z
    .record(z.string(), z.string())
    .describe('Why the last attempt at an output failed, by file name; its last good file, if any, stays and keeps its entry'),
});

/** Returns the JSON schema of `manifest.json` (draft 2020-12), for readers in other tools; also stored in manifest.schema.json. */
export function manifestSchema(): object {
  return z.toJSONSchema(manifest.meta({ title: 'manifest.json of Briefdeck' }));
}

export type SlideEntry = z.infer<typeof slideEntry>;
export type OutputEntry = z.infer<typeof outputEntry>;
/** By file name of the output. */
export type Outputs = Record<string, OutputEntry>;

/** The reason, by file name of the output. */
export type Failures = Record<string, string>;

/** Returns the entries of an out folder. A manifest that is missing, broken or of another version counts as empty: everything is made again. */
export async function readManifest(out: string): Promise<Outputs> {
  return (await readWhole(out)).outputs;
}

/** Returns which outputs of an out folder failed in their last export, and why. */
export async function readFailures(out: string): Promise<Failures> {
  return (await readWhole(out)).failed;
}

/**
 * Adds or replaces the given entries, and removes those outputs from the failures. Other entries stay as long as their file exists. Throws
 * ExpectedError when the manifest cannot be written.
 */
export async function updateManifest(out: string, changed: Outputs): Promise<void> {
  const { outputs, failed } = await readWhole(out);
  await write(out, { outputs: { ...outputs, ...changed }, failed: without(failed, Object.keys(changed)) });
}

/** Records why outputs were not made; null removes a failure. Throws ExpectedError when the manifest cannot be written. */
export async function recordFailures(out: string, changed: Record<string, string | null>): Promise<void> {
  const { outputs, failed } = await readWhole(out);
  const news = Object.entries(changed).filter(([name, reason]) => (failed[name] ?? null) !== reason);
  if (news.length === 0) return;
  const added = news.filter((entry): entry is [string, string] => entry[1] !== null);
  await write(out, { outputs, failed: { ...without(failed, Object.keys(changed)), ...Object.fromEntries(added) } });
}

interface Whole {
  outputs: Outputs;
  failed: Failures;
}

async function readWhole(out: string): Promise<Whole> {
  const text = await readIfThere(path.join(out, FILE));
  const parsed = manifest.safeParse(text === null ? null : parseJson(text));
  const { outputs, failed } = parsed.success ? parsed.data : { outputs: {}, failed: {} };
  return { outputs: byNameAlone(outputs), failed: byNameAlone(failed) };
}

/** Without a prototype, because an output may be called `constructor`. */
function byNameAlone<T>(entries: Record<string, T>): Record<string, T> {
  return Object.assign(Object.create(null), entries);
}

async function write(out: string, { outputs, failed }: Whole): Promise<void> {
  const there = Object.entries(outputs).filter(([name]) => existsSync(path.join(out, name)));
  const whole = {
    version: VERSION,
    outputs: Object.fromEntries(there.sort(byName)),
    failed: Object.fromEntries(Object.entries(failed).sort(byName)),
  };
  await writeAtomic(path.join(out, FILE), `${JSON.stringify(whole, null, 2)}\n`);
}

const FILE = 'manifest.json';

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function without(failed: Failures, names: readonly string[]): Failures {
  return Object.fromEntries(Object.entries(failed).filter(([name]) => !names.includes(name)));
}

/** Returns the origin of every page of a deck. */
export function slideEntries(deck: DeckFile): SlideEntry[] {
  return deck.slides.map(({ id, source, hash }, index) => ({
    page: index + 1,
    slide: id,
    exchange: source === null ? null : exchangeOf(source),
    file: source,
    hash,
  }));
}

/** `interviews/<id>/010-slug.zh.md` is the exchange `<id>/slug`. */
function exchangeOf(file: string): string | null {
  const [, interview, slug] = /^interviews\/([^/]+)\/\d+-([^/.]+)(?:\.[a-z]+)?\.md$/.exec(file) ?? [];
  return interview === undefined || slug === undefined ? null : `${interview}/${slug}`;
}
