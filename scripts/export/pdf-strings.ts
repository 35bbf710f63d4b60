import { PDFHexString, PDFString } from '@cantoo/pdf-lib';

/** A text string (ISO 32000-1, 7.9.2.2): as it is where it is ASCII, which takes a fourth of the room, else in UTF-16. */
export function textString(text: string): PDFString | PDFHexString {
  return /^[\x20-\x7e]*$/.test(text) ? PDFString.of(text.replace(/[\\()]/g, '\\$&')) : PDFHexString.fromText(text);
}
