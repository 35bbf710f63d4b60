/** An interview that is already in the content folder, as its files are. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
// mdast-util-from-markdown: the parser that reads content tells where a section begins; a line in a fence that looks like a heading is none.
import { fromMarkdown } from 'mdast-util-from-markdown';
import { namesIn } from '../../shared/disk/files.ts';
import { bodyStart, type Matter, readMatter } from './edit-matter.ts';

/** Bytes outside front matter and transcript are never looked at. */
export interface ExistingFile {
  /** Relative to the content folder, with forward slashes. */
  path: string;
  text: string;
  /** Null when it cannot be read. */
  matter: Matter | null;
}

export interface ExistingExchange extends ExistingFile {
  number: number;
  slug: string;
  /** Where `## Transcript` stands in the text, up to the next section; null when there is none. */
  transcript: { from: number; to: number } | null;
}

export interface ExistingInterview {
  id: string;
  index: ExistingFile | null;
  /** By number, then name. */
  exchanges: ExistingExchange[];
  /** Files of this folder that are not text, which nothing is done to. */
  unreadable: string[];
}

/** Reads the files of an interview; none where there is no such folder. Translations hold nothing that an import makes. */
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
    const matter = readMatter(text);
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

/** The text of a content file that need not be there. */
export async function readIfText(content: string, file: string): Promise<ExistingFile | null> {
  const bytes = await readFile(path.join(content, file)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  const text = bytes === null ? null : asText(bytes);
  return text === null ? null : { path: file, text, matter: readMatter(text) };
}

/** Where the transcript of an exchange stands in its text. */
export function findTranscript(text: string, matter: Matter | null): { from: number; to: number } | null {
  const bodyAt = matter?.bodyAt ?? bodyStart(text);
  const body = text.slice(bodyAt);
  const from = headingAt(body, 'transcript', 0);
  if (from === null) return null;
  const rest = body.indexOf('\n', from);
  const next = rest === -1 ? null : headingAt(body, 'notes', rest);
  return { from: bodyAt + from, to: bodyAt + (next ?? body.length) };
}

const HEADING = { transcript: /^ {0,3}##[ \t]+transcript[ \t]*#*[ \t]*\r?$/gim, notes: /^ {0,3}##[ \t]+notes[ \t]*#*[ \t]*\r?$/gim };

/** What looks like the heading is one if the parser, given the text up to there, ends with it. */
function headingAt(body: string, name: keyof typeof HEADING, from: number): number | null {
  for (const match of body.matchAll(HEADING[name])) {
    if (match.index < from) continue;
    const before = body.slice(0, match.index + match[0].length);
    // Without fences, and at the margin, nothing makes it anything else.
    if (!/^[ \t>]*(?:```|~~~)/m.test(before) && match[0].startsWith('##')) return match.index;
    const last = fromMarkdown(before, OPTIONS).children.at(-1);
    if (last?.type === 'heading' && last.position?.end.offset === before.trimEnd().length) return match.index;
  }
  return null;
}

/** As content is read: no HTML blocks, and a line of dashes makes no heading. */
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
