/** A folder with decks and their theme outside of the project, and jobs to export them. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { slides as slidesFormat } from '../../scripts/commands/outputs/format-slides.ts';
import { printSlides } from '../../scripts/export/outputs/print-slides.ts';
import type { ExportEvent, ExportOptions } from '../../scripts/export/run/export-decks.ts';
import type { DeckJob } from '../../scripts/export/run/export-job.ts';
import { makeWithRetry, type RetryOptions } from '../../scripts/export/run/make-with-retry.ts';
import type { Session } from '../../scripts/export/run/session.ts';
import { sha256 } from '../../scripts/shared/cache/hashes.ts';

export interface Workplace {
  folder: string;
  slides: string;
  out: string;
  /** The folder of the decks' theme. */
  theme: string;
  /** Every file below a folder, relative to it, sorted. */
  files(folder: string): Promise<string[]>;
  remove(): Promise<void>;
}

/**
 * Decks of the fixture. All workplaces have the same theme, so that its stage is bundled once for all tests, unless a test that changes it
 * asks for one of its own.
 */
export async function makeWorkplace({ ownTheme = false } = {}): Promise<Workplace> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'briefdeck export é-'));
  const input = fileURLToPath(new URL('./input', import.meta.url));
  const slides = path.join(folder, 'slides');
  await cp(path.join(input, 'slides'), slides, { recursive: true });
  const theme = ownTheme ? path.join(folder, 'templates', 'theme') : path.join(input, 'theme');
  if (ownTheme) await cp(path.join(input, 'theme'), theme, { recursive: true });
  else
    for (const name of await readdir(slides)) {
      const deck = path.join(slides, name);
      await writeFile(deck, (await readFile(deck, 'utf8')).replace('"../templates/theme"', JSON.stringify(theme)));
    }
  return {
    folder,
    slides,
    out: path.join(folder, 'dist'),
    theme,
    files: async (start) => (await readdir(start, { recursive: true })).sort(),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const decks: Record<string, { ids: string[]; titles: string[]; tag: string }> = {
  scaling: {
    ids: ['cover', 'second', 'third'],
    titles: ['Why scaling works: {{ 1 + 1 }}', 'Smooth curves, sudden abilities', 'Nobody can yet explain it'],
    tag: 'en',
  },
  'scaling.zh': { ids: ['cover', 'second'], titles: ['规模定律为什么有效', '平滑的曲线与突现的能力'], tag: 'zh-Hans' },
  broken: { ids: ['cover', 'second'], titles: ['Good', 'Broken'], tag: 'en' },
  overflow: { ids: ['cover', 'full'], titles: ['Fits', 'Does not fit'], tag: 'en' },
  hanging: { ids: ['cover'], titles: ['Never ends'], tag: 'en' },
  'dead-link': { ids: ['cover'], titles: ['Leads nowhere'], tag: 'en' },
};

export function jobFor(name: string, { slides }: Pick<Workplace, 'slides'>): DeckJob {
  const { ids, titles, tag } = decks[name] ?? { ids: [], titles: [], tag: 'en' };
  return {
    format: slidesFormat,
    name,
    deck: {
      name,
      file: path.join(slides, `${name}.md`),
      theme: name,
      order: 0,
      lang: tag.slice(0, 2),
      languageTag: tag,
      title: name,
      subtitle: null,
      accent: null,
      author: 'An author',
      date: '2023-08-21',
      notes: true,
      parts: null,
      slides: ids.map((id, index) => ({
        id,
        headline: titles[index] ?? '',
        part: null,
        continued: null,
        section: null,
        words: [],
        notes: [],
        source: id === 'second' ? 'interviews/ana-2024/010-where-it-starts.zh.md' : null,
        hash: sha256(id),
        characters: [],
      })),
    },
    variant: { look: 'light' },
    inputs: { deck: name },
    date: new Date('2023-08-21T00:00:00Z'),
    metadata: { title: `The deck ${name}`, author: 'An author', subject: 'A subject', keywords: ['one', 'two'] },
    isCurrent: async () => true,
  };
}

/** Options of an ordinary run; what happens is collected in `events`. */
export function optionsFor({ out }: Pick<Workplace, 'out'>, events: ExportEvent[], changed: Partial<ExportOptions> = {}): ExportOptions {
  return {
    out,
    force: false,
    // The stage may have to be bundled, on a machine with other things to do.
    timeout: 120_000,
    browser: null,
    env: process.env,
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    ...changed,
  };
}

/** Makes the slides of a deck, finishes and inspects them, with a second try where the browser fails. */
export async function makeSlides(job: DeckJob, session: Session, options: RetryOptions): Promise<Uint8Array> {
  const finish = await makeWithRetry((attempt) => printSlides(job, session, attempt), session, options);
  const { content } = await finish();
  if (!(content instanceof Uint8Array)) throw new TypeError('slides are one file');
  return content;
}
