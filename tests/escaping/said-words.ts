/** What a finished PDF or presentation says, read without the code that made it or that inspects it, and which lines are missing there. */
import { decodePDFRawStream, PDFDict, PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { decodeXML } from 'entities';
import { unzipSync } from 'fflate';
import type { Line, MarkedBlock } from './any-content.ts';

/** The text of each page of a PDF, in the order in which it is drawn; what /ActualText says stands for the glyphs below it. */
export async function pagesOfPdf(bytes: Uint8Array): Promise<{ pages: string[]; fonts: Set<string> }> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const fonts = new Set<string>();
  const pages = pdf.getPages().map(({ node }) => {
    const contents = node.normalizedEntries().Contents?.asArray() ?? [];
    const streams = contents.map((each) => pdf.context.lookup(each)).filter((each) => each instanceof PDFRawStream);
    return drawn(streams.map(decoded).join('\n'), node.Resources(), fonts);
  });
  return { pages, fonts };
}

/** Dictionaries, strings, names, and whatever else stands between white space: ISO 32000-1, 7.2. */
const TOKEN =
  /<<(?:\((?:\\[\s\S]|[^\\()])*\)|<[^<>]*>|[^<>()])*>>|<[\dA-Fa-f\s]*>|\((?:\\[\s\S]|[^\\()])*\)|\/[^\s<>[\]()/]*|[^\s<>[\]()/]+/g;

function drawn(content: string, resources: PDFDict | undefined, names: Set<string>): string {
  let text = '';
  let font = new Map<number, string>();
  let operands: string[] = [];
  /** The length of the text where each open mark began, and what is to be read in its place. */
  const marks: { from: number; said: string | null }[] = [];
  const fontNamed = memoize((name: string) =>
    readFont(resources?.lookupMaybe(PDFName.of('Font'), PDFDict)?.lookup(PDFName.of(name.slice(1)), PDFDict), names),
  );
  for (const [token] of content.matchAll(TOKEN)) {
    if (!/^[A-Za-z'"*]/.test(token)) {
      operands.push(token);
      continue;
    }
    if (token === 'Tf') font = fontNamed(operands[0] ?? '');
    else if (token === 'Tj' || token === 'TJ') {
      for (const [digits] of operands.join(' ').matchAll(/<[\dA-Fa-f]*>/g)) {
        for (const [code] of digits.matchAll(/[\dA-Fa-f]{4}/g)) text += font.get(Number.parseInt(code, 16)) ?? '\ufffd';
      }
    } else if (token === 'BDC' || token === 'BMC') {
      const [, said] = /\/ActualText\s*(<[\dA-Fa-f\s]*>)/.exec(operands.join(' ')) ?? [];
      marks.push({ from: text.length, said: said === undefined ? null : utf16(said).replace('\ufeff', '') });
    } else if (token === 'EMC') {
      const mark = marks.pop();
      if (mark !== undefined && mark.said !== null) text = text.slice(0, mark.from) + mark.said;
    } else if (token === 'Do') {
      const form = resources?.lookupMaybe(PDFName.of('XObject'), PDFDict)?.lookup(PDFName.of((operands[0] ?? '').slice(1)));
      if (form instanceof PDFRawStream && form.dict.lookup(PDFName.of('Subtype')) === PDFName.of('Form'))
        text += drawn(decoded(form), form.dict.lookupMaybe(PDFName.of('Resources'), PDFDict) ?? resources, names);
    }
    operands = [];
  }
  return text;
}

/** What the codes of a font mean, by its map to Unicode: ISO 32000-1, 9.10.3. */
function readFont(font: PDFDict | undefined, names: Set<string>): Map<number, string> {
  names.add(String(font?.lookup(PDFName.of('BaseFont'))).replace(/^\/(?:[A-Z]{6}\+)?/, ''));
  const stream = font?.lookup(PDFName.of('ToUnicode'));
  const map = stream instanceof PDFRawStream ? decoded(stream) : '';
  const meanings = new Map<number, string>();
  for (const [, chars = ''] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', said = ''] of chars.matchAll(/<([\dA-Fa-f]+)>\s*(<[^>]*>)/g))
      meanings.set(Number.parseInt(code, 16), utf16(said));
  }
  for (const [, ranges = ''] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', to = '', said = ''] of ranges.matchAll(/<([\dA-Fa-f]+)>\s*<([\dA-Fa-f]+)>\s*(<[^>]*>|\[[^\]]*\])/g)) {
      const [first, last] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      const each = said.startsWith('[') ? said.match(/<[^>]*>/g)?.map(utf16) : undefined;
      const start = utf16(said);
      const end = start.codePointAt(start.length - 1) ?? 0;
      for (let code = first; code <= last; code += 1)
        meanings.set(code, each?.[code - first] ?? start.slice(0, -1) + String.fromCharCode(end + code - first));
    }
  }
  return meanings;
}

function utf16(hexadecimal: string): string {
  return Buffer.from(hexadecimal.replace(/[^\dA-Fa-f]/g, ''), 'hex')
    .swap16()
    .toString('utf16le');
}

const decoded = (stream: PDFRawStream) => Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');

function memoize<T>(read: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? read(key);
    known.set(key, value);
    return value;
  };
}

/** The texts of a presentation's slides and of their notes; `illegal` are parts with characters that XML 1.0 does not allow. */
export function pagesOfPptx(bytes: Uint8Array): { slides: string[]; notes: string[]; illegal: string[] } {
  const files = unzipSync(bytes);
  const xml = (name: string) => new TextDecoder('utf-8', { fatal: true }).decode(files[name]);
  const said = (name: string) => [...xml(name).matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text = '']) => decodeXML(text)).join('');
  const parts = Object.keys(files).filter((name) => /\.(?:xml|rels)$/.test(name));
  const numbers = parts.flatMap((name) => /^ppt\/slides\/slide(\d+)\.xml$/.exec(name)?.[1] ?? []).sort((a, b) => Number(a) - Number(b));
  return {
    slides: numbers.map((number) => said(`ppt/slides/slide${number}.xml`)),
    notes: numbers.map((number) => said(`ppt/notesSlides/notesSlide${number}.xml`)),
    illegal: parts.filter((name) => NO_XML.test(decodeXML(xml(name)))),
  };
}

/** Control characters but tab and line ends, and what Unicode has set aside: XML 1.0, 2.2. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * The lines that are missing on the pages from one mark to another (what has a place of its own is drawn after what stands around it). A line stands in one
 * piece, or ends on a later page; between lines anything may stand.
 */
export function missingLines({ lines, from, to, beside }: MarkedBlock, pages: readonly string[]): string[] {
  const [first, last] = [pages.findIndex((page) => page.includes(from)), pages.findIndex((page) => page.includes(to))];
  if (first === -1 || last < first) return [`no "${from}" before "${to}"`];
  const text = pages
    .slice(first, last + 1)
    .map(comparable)
    .join(PAGE);
  const turning = beside === true && lines.some((line) => TURNING.test(line));
  return lines.filter((line) => !(turning ? standsTurned(line, text) : isIn(line, text)));
}

/** Whether pages have a line anywhere. */
export function isOnPages(line: Line, pages: readonly string[]): boolean {
  return isIn(line, pages.map(comparable).join(PAGE));
}

const PAGE = '\f';

function isIn(line: Line, text: string): boolean {
  return TURNING.test(line) ? standsTurned(line, text) : standsIn(comparable(line), text);
}

/** In the order in which it is seen, which is not that of the line: its letters and marks are there, and its numbers as they are. */
function standsTurned(line: Line, text: string): boolean {
  const numbers = line.normalize('NFKD').match(/\p{Nd}+(?:[.,٫]\p{Nd}+)*/gu) ?? [];
  // An override turns them around.
  const turned = (number: string) => /[\u202d\u202e]/.test(line) && text.includes([...number].reverse().join(''));
  return (
    numbers.every((number) => text.includes(number) || turned(number)) &&
    lettersOf(line).every(([letter, times]) => text.split(letter).length > times)
  );
}

function standsIn(line: string, text: string): boolean {
  if (text.includes(line)) return true;
  // The longest beginning that a page has, and the rest on a later one.
  const pages = text.split(PAGE);
  return pages.some((page, index) => {
    let held = 0;
    while (held < line.length && page.includes(line.slice(0, held + 1))) held += 1;
    return held >= LEAST && index + 1 < pages.length && standsIn(line.slice(held), pages.slice(index + 1).join(PAGE));
  });
}

const LEAST = 2;

/** Letters from right to left, and what turns the order of any. */
const TURNING = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

function lettersOf(line: Line): [letter: string, times: number][] {
  const counts = new Map<string, number>();
  for (const letter of comparable(line).replace(/[\p{P}\p{S}]/gu, '')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts];
}

/**
 * Which form a character has, and the spaces between words, do not matter; control characters and those that are never seen are in no output,
 * U+FFFE and U+FFFF in no presentation.
 */
function comparable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\s\p{Cc}\p{Default_Ignorable_Code_Point}\ufffe\uffff]/gu, '')
    .normalize('NFKD');
}
