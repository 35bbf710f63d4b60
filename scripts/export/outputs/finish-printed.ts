import { describeFault, type PdfFault } from '../../pdf/inspect/inspect-pdf.ts';
import { ExpectedError } from '../../shared/errors.ts';
import type { SlidesJob } from '../run/export-job.ts';
import type { Finisher } from '../run/finisher.ts';
import { deckExpectation } from './deck-expectation.ts';
import { describeCharacters } from './missing-glyphs.ts';

/** Makes a deck's PDF of what the browser printed, and inspects it. Throws ExpectedError when it is not as planned. */
export async function finishPrinted(printed: Uint8Array, job: SlidesJob, origin: string, finisher: Finisher): Promise<Uint8Array> {
  const { metadata, date, deck, unsure } = job;
  const expected = deckExpectation(deck, unsure);
  const finish = { metadata, languageTag: deck.languageTag, date, origin, outline: expected.outline };
  const { pdf, faults } = await finisher.finish({ printed, finish, expected });
  if (faults.length > 0) throw describeFaults(faults, job);
  return pdf;
}

const OTHER_WORDS = 'write it in other words, or add a font to theme/styles/scripts.css';

function describeFaults(faults: readonly PdfFault[], { unsure = [], deck }: SlidesJob): ExpectedError {
  const all = `the PDF is not as planned: ${listOf(faults.map(describeFault))}`;
  if (unsure.length === 0 || faults.every(({ type }) => type !== 'font')) return new ExpectedError(all);
  // Fonts of the machine come in where the theme's have no glyph; colour fonts cannot be embedded as text.
  return new ExpectedError(`${all}; the theme's fonts do not have ${describeCharacters(unsure, deck)}`, { hint: OTHER_WORDS });
}

/** The first few of many. */
export function listOf(items: readonly string[]): string {
  const shown = items.slice(0, 5).join('; ');
  return items.length > 5 ? `${shown}; and ${items.length - 5} more` : shown;
}
