/** Reads an interview that is already in the content folder. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
// mdast-util-from-markdown: the parser that reads content. It tells section headings from lines that look like one inside a code fence.
import { fromMarkdown } from 'mdast-util-from-markdown';
import { namesIn } from '../../shared/disk/files.ts';
import { bodyStart, type EditableMatter, readEditableMatter } from './edit-matter.ts';

/** A file of the interview. An import changes only its front matter and transcript. */
export interface ExistingFile {
  /** Relative to the content folder, with forward slashes. */
  path: string;
  text: string;
  /** Null when the front matter cannot be read. */
  matter: EditableMatter | null;
}

export interface ExistingExchange extends ExistingFile {
  number: number;
  slug: string;
  /** The range of `## Transcript` in the text, up to the next section; null when there is none. */
  transcript: { from: number; to: number } | null;
}

export interface ExistingInterview {
  id: string;
  index: ExistingFile | null;
  /** Sorted by number, then by name. */
  exchanges: ExistingExchange[];
  /** Files that are not text. They are left alone. */
  unreadable: string[];
}

/** Reads the files of an interview; empty when its folder does not exist. Skips translations, because an import writes none. */
export async function readExisting(content: string, id: string): Promise<ExistingInterview> {
  const folder = `interviews/${id}`;
  const interview: ExistingInterview = { id, index: null, exchanges: [], unreadable: [] };
  for (const name of await namesIn(path.join(content, folder))) {
    const exchange = /^(\d{1,6})-([a-z0-9]+(?:-[a-z0-9]+)*)\.md$/.exec(name);
    if (name !== 'index.md' && exchange === null) continue;
    const file = `${folder}/${name}`;
    const text = asText(await readFile(path.join(content, file)));
    if (text === null) {
      interview.unreadable.push(file);
      continue;
    }
    const matter = readEditableMatter(text);
    if (exchange === null) interview.index = { path: file, text, matter };
    else
      interview.exchanges.push({
        path: file,
        text,
        matter,
        number: Number(exchange[1]),
        slug: exchange[2] ?? '',
        transcript: findTranscript(text, matter),
      });
  }
  interview.exchanges.sort((a, b) => a.number - b.number || (a.path < b.path ? -1 : 1));
  return interview;
}

/** Returns a content file, or null when it does not exist or is not UTF-8 text. */
export async function readIfText(content: string, file: string): Promise<ExistingFile | null> {
  const bytes = await readFile(path.join(content, file)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  const text = bytes === null ? null : asText(bytes);
  return text === null ? null : { path: file, text, matter: readEditableMatter(text) };
}

/** Returns the range of the transcript section in the text of an exchange, or null. */
export function findTranscript(text: string, matter: EditableMatter | null): { from: number; to: number } | null {
  const bodyAt = matter?.bodyAt ?? bodyStart(text);
  const body = text.slice(bodyAt);
  const from = headingAt(body, 'transcript', 0);
  if (from === null) return null;
  const rest = body.indexOf('\n', from);
  const next = rest === -1 ? null : headingAt(body, 'notes', rest);
  return { from: bodyAt + from, to: bodyAt + (next ?? body.length) };
}

const HEADING = { transcript: /^ {0,3}##[ \t]+transcript[ \t]*#*[ \t]*\r?$/gim, notes: /^ {0,3}##[ \t]+notes[ \t]*#*[ \t]*\r?$/gim };

/** Returns the offset of a heading at or after `from`. A line counts only if the parser also takes it for a heading. */
function headingAt(body: string, name: keyof typeof HEADING, from: number): number | null {
  for (const match of body.matchAll(HEADING[name])) {
    if (match.index < from) continue;
    const before = body.slice(0, match.index + match[0].length);
    // Without a fence before it, a heading at the left margin needs no parser.
    if (!/^[ \t>]*(?:```|~~~)/m.test(before) && match[0].startsWith('##')) return match.index;
    const last = fromMarkdown(before, OPTIONS).children.at(-1);
    if (last?.type === 'heading' && last.position?.end.offset === before.trimEnd().length) return match.index;
  }
  return null;
}

/** The same options as for reading content: no HTML blocks, and dashes below a line make no heading. */
const OPTIONS = { extensions: [{ disable: { null: ['setextUnderline', 'htmlFlow'] } }] };

function asText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
