/** The faults that a finished PDF can have, as data and in words. */
import { describeLost, type LostPassage } from './lost-words.ts';

export type PdfFault =
  | { type: 'unreadable'; reason: string }
  | { type: 'changed' }
  | { type: 'pages'; expected: number; found: number }
  | { type: 'no-text'; page: number }
  /** A text that the PDF should contain is missing or incomplete. */
  | { type: 'lost'; page: number | null; lost: LostPassage }
  | { type: 'code-point'; page: number; character: string }
  /** A character without a glyph. `text` is the character that was meant, or null when the page does not say. */
  | { type: 'no-glyph'; page: number; text: string | null }
  | { type: 'not-tagged' }
  | { type: 'unmarked'; page: number }
  | { type: 'no-alt'; page: number | null }
  | { type: 'no-outline' }
  | { type: 'outline'; place: number; expected: string | null; found: string | null }
  | { type: 'language'; expected: string | null; found: string | null }
  | { type: 'metadata'; what: 'title' | 'shown-title' | 'xmp' }
  | { type: 'font'; name: string; reason: 'type3' | 'not-embedded' | 'no-unicode' }
  | { type: 'link'; page: number; url: string }
  | { type: 'action'; page: number; action: string }
  | { type: 'dead-link'; page: number; text: string }
  | { type: 'no-description'; page: number }
  | { type: 'untagged-link'; page: number }
  | { type: 'tab-order'; page: number }
  | { type: 'script' };

/** Returns a fault in words. */
export function describeFault(fault: PdfFault): string {
  switch (fault.type) {
    case 'unreadable':
      return `it cannot be read as a PDF: ${fault.reason}`;
    case 'changed':
      return 'it is not the file any more that was exported';
    case 'pages':
      return `${fault.found} pages instead of ${fault.expected}`;
    case 'no-text':
      return `page ${fault.page} has no text`;
    case 'lost':
      return `${fault.page === null ? 'it' : `page ${fault.page}`} ${describeLost(fault.lost)}`;
    case 'code-point':
      return `page ${fault.page} reads "${fault.character}" (${codePoint(fault.character)}) where another character is meant`;
    case 'no-glyph':
      return `page ${fault.page} shows a box in place of ${fault.text === null ? 'a character' : `"${fault.text.slice(0, 20)}"`}`;
    case 'not-tagged':
      return 'it is not tagged';
    case 'unmarked':
      return `page ${fault.page} shows something that is neither tagged nor marked as decoration`;
    case 'no-alt':
      return `${fault.page === null ? 'a figure' : `a figure on page ${fault.page}`} has no text for those who cannot see it`;
    case 'no-outline':
      return 'it has no outline';
    case 'outline':
      return `entry ${fault.place} of its outline is ${quoted(fault.found)} instead of ${quoted(fault.expected)}`;
    case 'language':
      return `its language is ${fault.found ?? 'not given'}${fault.expected === null ? '' : ` instead of ${fault.expected}`}`;
    case 'metadata':
      return METADATA[fault.what];
    case 'font':
      return `the font ${fault.name} ${FONT[fault.reason]}`;
    case 'link':
      return `a link on page ${fault.page} leads to ${fault.url}`;
    case 'action':
      return `a link on page ${fault.page} does something else than lead somewhere: ${fault.action}`;
    case 'dead-link':
      return `a link on page ${fault.page} leads nowhere${fault.text === '' ? '' : `: "${fault.text}"`}`;
    case 'no-description':
      return `a link on page ${fault.page} has no description`;
    case 'untagged-link':
      return `a link on page ${fault.page} is not tagged`;
    case 'tab-order':
      return `page ${fault.page} does not give its links in reading order`;
    case 'script':
      return 'it contains JavaScript';
  }
}

const METADATA = {
  title: 'it has no title',
  'shown-title': 'readers show its file name instead of its title',
  xmp: 'it has no XMP metadata',
};

const FONT = { type3: 'is of Type 3', 'not-embedded': 'is not embedded', 'no-unicode': 'does not say what its glyphs mean' };

const quoted = (text: string | null) => (text === null ? 'missing' : `"${text}"`);

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
