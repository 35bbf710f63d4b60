import type { DeckFile } from '../../model/outputs/deck-file.ts';
import { describeFault, type PdfExpectation, type PdfFault } from '../../pdf/inspect/inspect-pdf.ts';
import { ExpectedError } from '../../shared/errors.ts';
import type { Job, UnsureCharacter } from '../run/export-job.ts';
import type { Session } from '../run/session.ts';

/** Finishes and inspects a printed PDF. Throws ExpectedError when it is not as planned. */
export async function finishPrinted(
  printed: Uint8Array,
  job: Job,
  expected: PdfExpectation & { languageTag: string },
  { server, finisher }: Pick<Session, 'server' | 'finisher'>,
  sections?: 'tags',
): Promise<Uint8Array> {
  const { metadata, date } = job;
  const { languageTag, outline } = expected;
  const finish = {
    metadata,
    languageTag,
    date,
    origin: server.origin,
    ...(outline === undefined ? {} : { outline }),
    ...(sections === undefined ? {} : { sections }),
  };
  const { pdf, faults } = await finisher.finish({ printed, finish, expected });
  if (faults.length > 0) throw describeFaults(faults, job);
  return pdf;
}

const OTHER_WORDS = 'write it in other words, or add a font to theme/styles/scripts.css';

function describeFaults(faults: readonly PdfFault[], job: Job): ExpectedError {
  const all = `the PDF is not as planned: ${listOf(faults.map(describeFault))}`;
  if (!('deck' in job)) return new ExpectedError(all);
  const { unsure = [], deck } = job;
  if (unsure.length === 0 || faults.every(({ type }) => type !== 'font')) return new ExpectedError(all);
  // Fonts of the machine are used for characters that the theme's fonts lack. Colour fonts cannot be embedded as text.
  return new ExpectedError(`${all}; the theme's fonts do not have ${describeCharacters(unsure, deck)}`, { hint: OTHER_WORDS });
}

/** Lists the first few items. */
export function listOf(items: readonly string[]): string {
  const shown = items.slice(0, 5).join('; ');
  return items.length > 5 ? `${shown}; and ${items.length - 5} more` : shown;
}

/** Describes characters, with the slides and files that contain them. */
function describeCharacters(unsure: readonly UnsureCharacter[], { slides }: DeckFile): string {
  return [...new Set(unsure.map(({ page }) => page))]
    .map((page) => {
      const characters = unsure.filter((each) => each.page === page);
      const names = characters.slice(0, 5).map(({ character }) => `"${character}" (U+${codeOf(character)})`);
      const { id, source } = slides[page - 1] ?? { id: null, source: null };
      return `${names.join(', ')} on slide ${page} (${[id, source].filter((name) => name !== null).join(', ')})`;
    })
    .slice(0, 5)
    .join('; ');
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
