/** A briefing's PDF as its reader has it: lines with their places, outline, links, tags. */
import { readFile } from 'node:fs/promises';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { type PageText, readPage } from '../../scripts/pdf/page-text.ts';
import { loadPdfReader } from '../../scripts/pdf/pdf-reader.ts';

export interface Line {
  text: string;
  /** In points, from the lower left corner of the page. */
  x: number;
  y: number;
  size: number;
  /** Whether it is part of the text: running heads and page numbers are not. */
  isTagged: boolean;
}

export interface ReadPageOfBriefing {
  width: number;
  height: number;
  /** From top to bottom, then left to right. */
  lines: Line[];
  text: PageText;
  /** All of it, without white space, in the order in which it was drawn. */
  letters: string;
}

export interface ReadBriefing {
  pages: ReadPageOfBriefing[];
  outline: { title: string; depth: number; page: number }[];
  links: { url: string | null; file: string | null; page: number | null }[];
  /** How often each kind of tag occurs. */
  tags: Record<string, number>;
  info: Record<string, unknown>;
}

export async function readBriefing(file: string): Promise<ReadBriefing> {
  const { getDocument } = await loadPdfReader();
  const task = getDocument({ data: new Uint8Array(await readFile(file)), isEvalSupported: false, useSystemFonts: false });
  try {
    const document = await task.promise;
    const read: ReadBriefing = { pages: [], outline: [], links: [], tags: {}, info: {} };
    for (let number = 1; number <= document.numPages; number += 1) await addPage(document, number, read);
    await addOutline(document, (await document.getOutline()) ?? [], 1, read.outline);
    read.info = { ...(await document.getMetadata()).info };
    return read;
  } finally {
    await task.destroy();
  }
}

/** Wider than any space in a line, in points. */
const COLUMN_GAP = 10;

export const letters = (text: string) =>
  text
    .normalize('NFKC')
    .replaceAll('\u02bc', '’')
    .replace(/[\s\u00ad]/g, '');

async function addPage(document: PDFDocumentProxy, number: number, read: ReadBriefing): Promise<void> {
  const page = await document.getPage(number);
  const [, , width = 0, height = 0] = page.view;
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const texts = items.flatMap((item) => ('str' in item ? [item] : []));
  const open: boolean[] = [];
  const lines: Line[] = [];
  let end = 0;
  for (const item of items) {
    if (!('str' in item)) {
      if (item.type === 'endMarkedContent') open.pop();
      else open.push('id' in item && item.id !== null);
      continue;
    }
    if (item.str.trim() === '') continue;
    const [, , , , x = 0, y = 0] = item.transform;
    const size = item.height;
    const last = lines.at(-1);
    const isTagged = open.includes(true);
    if (last !== undefined && Math.abs(last.y - y) < size * 0.7 && x >= last.x && x - end < COLUMN_GAP && last.isTagged === isTagged)
      last.text += item.str;
    else lines.push({ text: item.str, x, y, size, isTagged });
    end = x + item.width;
  }
  lines.sort((a, b) => b.y - a.y || a.x - b.x);
  read.pages.push({ width, height, lines, text: readPage(texts), letters: letters(texts.map(({ str }) => str).join('')) });
  for (const annotation of await page.getAnnotations()) {
    const { url = null, unsafeUrl = null, dest = null } = annotation as Record<string, string | null>;
    const address = unsafeUrl ?? url;
    const isFile = address?.includes('.pdf') === true;
    read.links.push({
      url: isFile ? null : address,
      file: isFile ? address : null,
      page: address === null ? await pageOf(document, dest) : null,
    });
  }
  countTags(await page.getStructTree(), read.tags);
}

function countTags(node: unknown, tags: Record<string, number>): void {
  if (typeof node !== 'object' || node === null || !('role' in node)) return;
  const { role, children } = node as { role: string; children: unknown[] };
  tags[role] = (tags[role] ?? 0) + 1;
  for (const child of children) countTags(child, tags);
}

type Entry = { title: string; dest: string | unknown[] | null; items: Entry[] };

async function addOutline(
  document: PDFDocumentProxy,
  entries: readonly Entry[],
  depth: number,
  outline: ReadBriefing['outline'],
): Promise<void> {
  for (const { title, dest, items } of entries) {
    outline.push({ title, depth, page: (await pageOf(document, dest)) ?? 0 });
    await addOutline(document, items, depth + 1, outline);
  }
}

async function pageOf(document: PDFDocumentProxy, dest: string | unknown[] | null): Promise<number | null> {
  const place = typeof dest === 'string' ? await document.getDestination(dest) : dest;
  const ref: unknown = place?.[0];
  if (typeof ref !== 'object' || ref === null || !('num' in ref && 'gen' in ref)) return null;
  return (await document.getPageIndex({ num: Number(ref.num), gen: Number(ref.gen) })) + 1;
}
