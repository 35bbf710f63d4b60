/** Transcripts made by hand, imported into a content folder and read back as content is read. */
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { readExisting } from '../../scripts/import/merge/existing.ts';
import { factsOf, interviewId } from '../../scripts/import/merge/interview-facts.ts';
import { type KnownContent, NOTHING_KNOWN } from '../../scripts/import/merge/known.ts';
import type { MakingOptions } from '../../scripts/import/options.ts';
import { type ImportPlan, planImport } from '../../scripts/import/plan-import.ts';
import type { Transcript, TranscriptPart, Turn } from '../../scripts/import/transcript.ts';
import { writeAll } from '../../scripts/shared/disk/write-all.ts';

export const asked: MakingOptions = {
  names: new Map(),
  interviewers: [],
  lang: 'en',
  id: 'talk',
  title: null,
  date: '2024-03',
  url: null,
  suggestTags: false,
};

/** Words of one person; several paragraphs are divided by an empty line. */
export type Line = readonly [speaker: string | null, text: string, more?: Partial<Turn>] | { heading: string } | { prose: string };

/** A transcript as a reader would give it, each part on a line of its own. */
export function transcriptOf(lines: readonly Line[], more: Partial<Transcript> = {}): Transcript {
  return {
    file: 'talk.txt',
    format: 'turns',
    head: { title: null, date: null, url: null, media: null, publisher: null, lang: null },
    parts: lines.map((line, index): TranscriptPart => {
      const place = { file: 'talk.txt', line: index + 1, column: 1 };
      if ('heading' in line) return { type: 'heading', text: line.heading, place };
      if ('prose' in line) return { type: 'prose', paragraphs: line.prose.split('\n\n'), place };
      const [speaker, text, rest] = line;
      return { type: 'turn', speaker, paragraphs: text.split('\n\n'), start: null, end: null, codes: [], place, ...rest };
    }),
    notes: [],
    ...more,
  };
}

/** Plans and writes; null where the folder holds another interview. */
export async function importInto(
  folder: string,
  transcript: Transcript,
  options: Partial<MakingOptions> = {},
  known: KnownContent = NOTHING_KNOWN,
): Promise<ImportPlan | null> {
  const making = { ...asked, ...options };
  const existing = await readExisting(folder, interviewId(transcript, making, true));
  const facts = factsOf(transcript, making);
  const plan = planImport(transcript, { ...facts, date: facts.date ?? '2024', lang: facts.lang ?? 'en' }, existing, known, making);
  if (plan !== null) await writeAll(folder, plan.changes, new AbortController().signal);
  return plan;
}

/** The content of a folder, with its findings. */
export async function read(folder: string) {
  const { corpus, problems } = await loadCorpus(folder, { locales: ['en', 'zh'] });
  return { corpus, problems, errors: problems.filter(({ severity }) => severity === 'error') };
}
