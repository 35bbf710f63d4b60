import { PDFHexString, PDFString } from '@cantoo/pdf-lib';

/** A text string (ISO 32000-1, 7.9.2.2): as it is where it is ASCII, which takes a fourth of the room, else in UTF-16. */
export function textString(text: string): PDFString | PDFHexString {
  const writable = writableText(text);
  return /^[\x20-\x7e]*$/.test(writable) ? PDFString.of(writable.replace(/[\\()]/g, '\\$&')) : PDFHexString.fromText(writable);
}

/** Text as a PDF can hold it in one line: half characters are no characters, and control characters no text. */
export function writableText(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd').replace(/\p{Cc}/gu, ' ');
}
