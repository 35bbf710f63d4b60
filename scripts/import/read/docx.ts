/** DOCX, as written by Teams, Otter, Rev and word processors. Its paragraphs are read as turns. */
import { zipSync } from 'fflate';
import mammoth from 'mammoth'; // The usual reader of DOCX. It keeps the structure of a document, such as headings and tables.
import { ExpectedError } from '../../shared/errors.ts';
import { refuseDoctype } from './coded/xml-file.ts';
import { unzip } from './coded/zip.ts';
import { linesOfBlocks } from './segments/podcast-html.ts';
import type { TranscriptReading } from './source.ts';
import { type HtmlText, readHtmlBlocks } from './tables/html-blocks.ts';
import { readTurnLines } from './turns/read-turns.ts';
import { hasTurns, nobodySpeaks, toTranscript } from './turns.ts';

/**
 * Reads a document. Places give the paragraph instead of the line. Throws ExpectedError when the archive is damaged, is not DOCX, or has
 * no speaker.
 */
export async function readDocx(bytes: Uint8Array, file: string): Promise<TranscriptReading> {
  const entries = unzip(bytes, file, (name) => TEXT_ENTRY.test(name));
  if (!entries.has('word/document.xml')) throw new ExpectedError(`${file}: the archive holds no word/document.xml: it is no DOCX`);
  for (const [name, data] of entries) refuseDoctype(data, `${file}/${name}`);
  const page = readHtmlBlocks(await toHtml(entries, file), file);
  numberParagraphs(page);
  const read = readTurnLines(linesOfBlocks(page), file);
  if (!hasTurns(read)) throw nobodySpeaks(file);
  return { transcripts: [toTranscript(read, file, 'docx')], findings: read.findings };
}

/** Pictures, fonts and embedded files are not unpacked. */
const TEXT_ENTRY = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/[^/]+\.xml|word\/_rels\/[^/]+\.rels)$/;

/** mammoth unpacks without limits, so it gets a new archive of the entries unpacked within ours. */
async function toHtml(entries: ReadonlyMap<string, Uint8Array>, file: string): Promise<string> {
  const archive = zipSync(Object.fromEntries(entries), { level: 0 });
  try {
    const options = { convertImage: mammoth.images.imgElement(async () => ({ src: '' })), externalFileAccess: false };
    return (await mammoth.convertToHtml({ buffer: Buffer.from(archive) }, options)).value;
  } catch (error) {
    // For documents unlike those of Word, mammoth throws errors of its dependencies.
    if (!(error instanceof Error)) throw error;
    throw new ExpectedError(`${file}: the document cannot be read: ${error.message}`, {
      hint: 'open it in a word processor and save it anew, or save it as text',
      cause: error,
    });
  }
}

function numberParagraphs({ blocks }: HtmlText): void {
  let paragraph = 0;
  let isInside = false;
  for (const block of blocks) {
    if (block.text !== '' && !isInside) paragraph += 1;
    isInside = block.text !== '';
    block.line = Math.max(1, paragraph);
  }
}
