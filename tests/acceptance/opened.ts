/** Files that the program made, opened as their readers do: what they hold is what the program said. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
// Reads the ZIP of presentations.
import { unzipSync } from 'fflate';
import { loadPdfReader } from '../../scripts/pdf/pdf-reader.ts';

/** Packages, git's own, the program's bundle. */
const NOT_THEIRS = ['node_modules', '.git', '.program'];

/** The files of a project that people look at, by name, with a hash of each. */
export function filesByName(project: string, folder = ''): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(path.join(project, folder), { withFileTypes: true })) {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!NOT_THEIRS.includes(entry.name)) for (const [file, hash] of filesByName(project, name)) files.set(file, hash);
    } else
      files.set(
        name,
        createHash('sha256')
          .update(readFileSync(path.join(project, name)))
          .digest('hex'),
      );
  }
  return files;
}

/** What must be read in files whose path matches: the claims and sentences of input/. */
const WORDS: readonly [RegExp, string][] = [
  [/scaling(?!.*\.zh)|book\.pdf$/, 'Forty wheels grind thirty times as much as one'],
  [/scaling.*\.zh|book\.zh/, '四十个水轮磨出的面粉是一个的三十倍'],
  [/alignment(?!.*\.zh)|book\.pdf$/, 'The towns decide together, once a year'],
  [/alignment.*\.zh|book\.zh/, '各镇每年一起决定'],
  [/mine\/dist\/water|talk\/020/, 'the shade is gone'],
];

/** What is wrong with files by what their names promise; `said` are the program's words, which count pages; `isFixture` says that they are made of input/. */
export async function faultsOf(project: string, names: readonly string[], said: string, isFixture: boolean): Promise<string[]> {
  const faults: string[] = [];
  for (const name of names) {
    const bytes = readFileSync(path.join(project, name));
    const { text, counted } = await open(name, bytes).catch((error: unknown) => ({ text: null, counted: String(error) }));
    if (text === null) {
      faults.push(`${name}: ${counted}`);
      continue;
    }
    const [, count] = new RegExp(`${escaped(name)}  ?(\\d+ (?:page|slide))`).exec(said) ?? [];
    if (counted !== null && count !== counted) faults.push(`${name} has ${counted}s, but the program says ${count ?? 'nothing of it'}`);
    const squeezed = text.replaceAll(/\s/g, '');
    for (const [pattern, words] of isFixture ? WORDS : []) {
      if (!name.endsWith('.json') && !name.endsWith('.png') && pattern.test(name) && !squeezed.includes(words.replaceAll(/\s/g, '')))
        faults.push(`${name} does not say "${words}"`);
    }
  }
  return faults;
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A file's text, and its pages or slides where the program counts them. Throws what is wrong with it. */
async function open(name: string, bytes: Buffer): Promise<{ text: string; counted: string | null }> {
  switch (path.extname(name)) {
    case '.pdf':
      return openPdf(bytes);
    case '.pptx':
      return openPresentation(bytes);
    case '.png':
      return openPicture(bytes);
    case '.json':
      JSON.parse(bytes.toString('utf8'));
      return { text: bytes.toString('utf8'), counted: null };
    default:
      if (bytes.length === 0) throw new Error('it is empty');
      return { text: bytes.toString('utf8'), counted: null };
  }
}

async function openPdf(bytes: Buffer) {
  const { getDocument } = await loadPdfReader();
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw new Error('no PDF');
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  try {
    const pages: string[] = [];
    for (let page = 1; page <= document.numPages; page += 1) {
      const { items } = await (await document.getPage(page)).getTextContent();
      const text = items.map((item) => ('str' in item ? item.str : '')).join('');
      if (text.trim() === '') throw new Error(`page ${page} has no text`);
      pages.push(text);
    }
    return { text: pages.join('\n'), counted: `${document.numPages} page` };
  } finally {
    await document.destroy();
  }
}

async function openPresentation(bytes: Buffer) {
  const slides = Object.entries(unzipSync(new Uint8Array(bytes))).filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name));
  const text = slides.map(([, xml]) => new TextDecoder().decode(xml).replaceAll(/<[^>]+>/g, '')).join('\n');
  return { text, counted: `${slides.length} slide` };
}

async function openPicture(bytes: Buffer) {
  const isPng = bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n';
  const size = isPng ? `${bytes.readUInt32BE(16)} × ${bytes.readUInt32BE(20)}` : 'no PNG';
  if (size !== '1960 × 1104') throw new Error(`a picture of a slide is 1960 × 1104, this is ${size}`);
  return { text: '', counted: null };
}
