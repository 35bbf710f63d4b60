/** Inspects a PDF in a folder against what is known about it there. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import type { PaperSize } from '../../model/outputs/paper.ts';
import { type Inspection, type PdfExpectation, readInspection } from '../../pdf/inspect/inspect-pdf.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import { hashIfThere, sha256 } from '../../shared/cache/hashes.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { type OutputEntry, readManifest } from '../run/manifest.ts';
import { deckExpectation, handoutExpectation } from './deck-expectation.ts';
import type { UnsureCharacter } from './finish-printed.ts';
import { type PaperJob, paperExpectation } from './paper-job.ts';
import { readDeckFile } from './read-deck.ts';

export interface FileInspection extends Inspection {
  /** What could not be checked, and why. Null when everything was checked. */
  notChecked: { what: Checkable[]; why: string } | null;
}

export type Checkable = 'hash' | 'pages' | 'language' | 'words' | 'outline';

export interface DeckSource {
  /** The folder of the generated decks, absolute. */
  slides: string;
  /** Returns the characters that the fonts of the deck's theme lack. */
  unsureIn: (deck: DeckFile) => Promise<UnsureCharacter[]>;
  /** Returns the text of a deck's handout besides its slides, paragraph by paragraph. */
  spokenIn: (deck: DeckFile) => Promise<Passage[]>;
  /** Returns the print job of the document with this name, or why it is unknown. */
  documentOf: (name: string, size: PaperSize) => Promise<PaperJob | { unknown: string }>;
}

/**
 * Inspects a PDF. The expectation comes from the manifest in its folder and from its deck, if that is unchanged. Without them, only what
 * the PDF says about itself is checked.
 */
export async function inspectFile(file: string, source: DeckSource): Promise<FileInspection> {
  const pdf = await readFile(file).catch(whyUnreadable);
  if (typeof pdf === 'string') return { faults: [{ type: 'unreadable', reason: pdf }], pages: null, languageTag: null, notChecked: null };
  const entry = (await readManifest(path.dirname(file)))[path.basename(file)];
  const { expected, notChecked } = await expectationOf(file, entry, source);
  const inspection = await readInspection(pdf, expected);
  const isChanged = entry !== undefined && sha256(pdf) !== entry.hash;
  const faults: Inspection['faults'] = isChanged ? [{ type: 'changed' }, ...inspection.faults] : inspection.faults;
  return { ...inspection, faults, notChecked: inspection.pages === null ? null : notChecked };
}

interface Known {
  expected: PdfExpectation;
  notChecked: FileInspection['notChecked'];
}

async function expectationOf(file: string, entry: OutputEntry | undefined, source: DeckSource): Promise<Known> {
  if (entry === undefined) return { expected: {}, notChecked: { what: EVERYTHING, why: 'the manifest of its folder has no entry for it' } };
  const isHandout = entry.paper !== undefined && entry.inputs.deck !== undefined;
  const pages = entry.pages ?? entry.slides.length;
  if (entry.paper !== undefined && !isHandout) return documentExpectation(file, { ...entry, pages, paper: entry.paper }, source);
  const { slides, unsureIn, spokenIn } = source;
  const name = path.basename(file, '.pdf');
  const deckFile = path.join(slides, `${isHandout ? name.replace('-handout', '') : name}.md`);
  const without = (why: string): Known => ({ expected: { pages }, notChecked: { what: OF_DECK, why } });
  const hash = await hashIfThere(deckFile);
  if (hash === 'missing') return without('the deck that it was made from is not there');
  if (hash !== entry.inputs.deck) return without('the deck that it was made from has changed since');
  try {
    const deck = await readDeckFile(deckFile);
    if (deck === null) return without('the deck that it was made from was not generated');
    const unsure = await unsureIn(deck);
    if (!isHandout) return { expected: deckExpectation(deck, unsure), notChecked: null };
    const findings = { places: entry.slides.map(({ page }) => ({ page })), pages, passages: await spokenIn(deck), unsure };
    return { expected: handoutExpectation(deck, findings), notChecked: null };
  } catch (error) {
    if (error instanceof ExpectedError) return without(error.message);
    throw error;
  }
}

/** Returns the expectation of a document: it is planned and rendered again from the content, and must give the same page. */
async function documentExpectation(
  file: string,
  { pages, paper, inputs }: OutputEntry & { pages: number; paper: PaperSize },
  { documentOf }: DeckSource,
): Promise<Known> {
  const without = (why: string): Known => ({ expected: { pages }, notChecked: { what: OF_DOCUMENT, why } });
  const job = await documentOf(path.basename(file, '.pdf'), paper);
  if ('unknown' in job) return without(job.unknown);
  if (job.inputs.page !== inputs.page) return without('the content that it was made from has changed since');
  return { expected: paperExpectation(job, pages), notChecked: null };
}

const OF_DOCUMENT: Checkable[] = ['language', 'words'];
const OF_DECK: Checkable[] = ['language', 'words', 'outline'];
const EVERYTHING: Checkable[] = ['hash', 'pages', ...OF_DECK];

function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error && 'code' in error)) throw error;
  return error.code === 'ENOENT' ? 'there is no such file' : error.code === 'EISDIR' ? 'it is a folder' : error.message;
}
