/** The final check of a finished output: finds withheld names in everything it contains, visible or not. */
import path from 'node:path';
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib';
import { decodeXML } from 'entities';
import { unzipSync } from 'fflate';
import type { NameFinder } from '../../model/names/name-finder.ts';
import { readForeignText } from '../../pdf/pdf-reader.ts';
import { metadataOfJpeg } from '../picture/clean-jpeg.ts';
import type { OutputContent } from './output-place.ts';

/** The text in an output. */
export interface Said {
  /** Text that people read, or that programs read to them. */
  texts: string[];
  /** Targets of links, and names of parts and places. */
  addresses: string[];
}

/**
 * Returns the first certain match of a withheld name in a file name or in an output's bytes, as it is written there. Null when there is
 * none. What pictures show is not searched.
 */
export async function nameInOutput(file: string, content: OutputContent, finder: NameFinder): Promise<string | null> {
  const name = finder.find(path.basename(file), 'address');
  return name?.text ?? nameInWords(content instanceof Uint8Array ? await wordsOf(content) : picturesOf(content), finder);
}

export function nameInWords({ texts, addresses }: Said, finder: NameFinder): string | null {
  for (const text of texts) {
    const found = finder.find(text);
    if (found !== null) return found.text;
  }
  for (const address of addresses) {
    const found = finder.find(address, 'address');
    if (found !== null) return found.text;
  }
  return null;
}

/** Empty for a file that is neither a PDF nor a ZIP. Throws the error of the reader for a broken file. */
async function wordsOf(bytes: Uint8Array): Promise<Said> {
  if (startsWith(bytes, '%PDF')) return wordsOfPdf(bytes);
  return startsWith(bytes, 'PK') ? wordsOfPackage(bytes) : { texts: [], addresses: [] };
}

const startsWith = (bytes: Uint8Array, mark: string) => Buffer.from(bytes.subarray(0, mark.length)).toString('latin1') === mark;

function picturesOf(files: ReadonlyMap<string, Uint8Array>): Said {
  return { texts: [...files.values()].flatMap(textsOfPng), addresses: [...files.keys()] };
}

/** Returns the text of the pages, and every string, name, metadata stream and attachment of the file. */
async function wordsOfPdf(bytes: Uint8Array): Promise<Said> {
  const pages = await readForeignText(bytes);
  const texts = pages.map((items) => items.map(({ str, hasEOL }) => `${str}${hasEOL ? '\n' : ''}`).join(''));
  const said: Said = { texts, addresses: [] };
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  for (const [, object] of context.enumerateIndirectObjects()) gather(object, said);
  return said;
}

function gather(object: PDFObject, said: Said): void {
  if (object instanceof PDFString || object instanceof PDFHexString) {
    const text = object.decodeText();
    // Link targets and names of places are strings too, so strings without spaces are treated as addresses.
    (/\s/.test(text) ? said.texts : said.addresses).push(text);
  } else if (object instanceof PDFName) said.addresses.push(object.decodeText());
  else if (object instanceof PDFArray) for (const item of object.asArray()) gather(item, said);
  else if (object instanceof PDFDict) {
    for (const [key, value] of object.entries()) {
      gather(key, said);
      gather(value, said);
    }
  } else if (object instanceof PDFStream) {
    gather(object.dict, said);
    if (object instanceof PDFRawStream) gatherStream(object, said);
  }
}

function gatherStream(stream: PDFRawStream, said: Said): void {
  const type = stream.dict.get(PDFName.of('Type'));
  const subtype = stream.dict.get(PDFName.of('Subtype'));
  if (type === PDFName.of('Metadata') || type === PDFName.of('EmbeddedFile'))
    said.texts.push(decodeXML(new TextDecoder().decode(decodePDFRawStream(stream).decode())));
  // A PDF contains JPEG files unchanged, with the metadata of cameras and editors.
  else if (subtype === PDFName.of('Image') && String(stream.dict.get(PDFName.of('Filter'))).includes('DCTDecode'))
    said.texts.push(...metadataOfJpeg(stream.contents).flatMap(readableIn));
}

/** Returns the content of every part of an Office file: its text by paragraph, all values of attributes, and names. */
function wordsOfPackage(bytes: Uint8Array): Said {
  const said: Said = { texts: [], addresses: [] };
  for (const [name, part] of Object.entries(unzipSync(bytes))) {
    said.addresses.push(name);
    if (!/\.(?:xml|rels)$/.test(name)) {
      said.texts.push(...(name.endsWith('.png') ? textsOfPng(part) : []));
      continue;
    }
    const xml = new TextDecoder().decode(part);
    said.texts.push(decodeXML(xml.replace(/<\/(?:a:p|w:p)>|<(?:a:br|w:br)\b[^>]*>/g, '\n').replace(/<[^>]*>/g, '')));
    for (const [, value = ''] of xml.matchAll(/="([^"]*)"/g)) (/\s/.test(value) ? said.texts : said.addresses).push(decodeXML(value));
  }
  return said;
}

/** PNG, 11.3: all chunks except those of the picture itself. */
function textsOfPng(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts: string[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
    if (/^(?:tEXt|zTXt|iTXt|eXIf)$/.test(type)) texts.push(...readableIn(bytes.subarray(at + 8, at + 8 + length)));
    at += 12 + length;
  }
  return texts;
}

/** Returns words in binary data, in any of the common encodings. */
function readableIn(bytes: Uint8Array): string[] {
  const words = /[\p{L}\p{M}][\p{L}\p{M}\p{P} ]{3,}/gu;
  const encodings = ['utf-8', 'utf-16le', 'utf-16be'];
  return encodings.flatMap((encoding) => new TextDecoder(encoding).decode(bytes).match(words) ?? []);
}
