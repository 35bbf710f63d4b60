/** `manifest.json` beside the outputs: what each was made from, and which content file each page comes from. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import { PAPER_SIZES } from '../../model/outputs/paper.ts';
import { parseJson, readIfThere, writeAtomic } from '../../shared/disk/files.ts';

/** To be raised when the form changes: a manifest of another version is none. */
const VERSION = 2;

const slideEntry = z.strictObject({
  page: z.int().positive().describe('Page of the output, counted from 1'),
  slide: z.string().describe('Id of the slide, also its address when presented'),
  exchange: z.string().nullable().describe('<interview>/<exchange>; null on slides that belong to none'),
  file: z.string().nullable().describe('Content file, relative to the content folder'),
  // Earlier versions wrote none.
  hash: z.string().optional().describe("SHA-256 of the slide's text in the deck"),
});

const outputEntry = z.strictObject({
  hash: z.string().describe('SHA-256 of the output'),
  inputs: z.record(z.string(), z.string()).describe('SHA-256 by name of everything that it was made from'),
  key: z.string().describe('Changes when any input, the browser or the program does: then the output is made again'),
  slides: z.array(slideEntry).describe('Where each page comes from; of a document each exchange, with the page on which it begins'),
  pages: z.int().positive().optional().describe('How many there are; not given where every slide is one'),
  paper: z.enum(PAPER_SIZES).optional().describe('Size of a document'),
  // Earlier versions wrote none.
  look: z.enum(['light', 'dark']).optional(),
  browser: z.string().describe('The browser that printed it, with its version'),
  // Earlier versions wrote none.
  program: z.string().optional().describe('The version of Briefdeck that made it: a hash of its sources and packages'),
  generatedFrom: z.array(z.string()).describe('Content files, relative to the content folder'),
  // Earlier versions wrote none; nobody knows without the content.
  named: z.array(z.string()).optional().describe('SHA-256 of the names of all people who were not withheld when it was made'),
});

const manifest = z.strictObject({
  version: z.literal(VERSION),
  outputs: z.record(z.string(), outputEntry).describe('By file name'),
  failed: z
    .record(z.string(), z.string())
    .describe('Why the last attempt at an output failed, by file name; its last good file, if any, stays and keeps its entry'),
});

/** The JSON schema of `manifest.json` (draft 2020-12), for those who read it with other tools; it stands in manifest.schema.json. */
export function manifestSchema(): object {
  return z.toJSONSchema(manifest.meta({ title: 'manifest.json of Briefdeck' }));
}

export type SlideEntry = z.infer<typeof slideEntry>;
export type OutputEntry = z.infer<typeof outputEntry>;
/** By file name of the output. */
export type Outputs = Record<string, OutputEntry>;

/** Reason by file name of the output. */
export type Failures = Record<string, string>;

/** The entries of an out folder. A manifest that is missing, broken or of another version is none: everything is made again. */
export async function readManifest(out: string): Promise<Outputs> {
  return (await readWhole(out)).outputs;
}

/** Which outputs of an out folder failed when they were last to be made, and why. */
export async function readFailures(out: string): Promise<Failures> {
  return (await readWhole(out)).failed;
}

/**
 * Puts the given entries in the place of older ones and takes those outputs from the failed; the others stay as long as their file
 * does. Throws ExpectedError when it cannot be written.
 */
export async function updateManifest(out: string, changed: Outputs): Promise<void> {
  const { outputs, failed } = await readWhole(out);
  await write(out, { outputs: { ...outputs, ...changed }, failed: without(failed, Object.keys(changed)) });
}

/** Puts down why outputs were not made; null takes one from the failed. Throws ExpectedError when it cannot be written. */
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

/** Without what every object has: an output may be called `constructor`. */
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

/** Where every page of a deck comes from. */
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
