/** Renders a planned handout as HTML. */
import type { Handout, HandoutPage } from '../../model/outputs/handout.ts';
import type { Locale } from '../../model/outputs/locale.ts';
import type { PaperSize } from '../../model/outputs/paper.ts';
import { protect } from '../printable.ts';
import type { HandoutTemplates } from './load-documents.ts';

/** Returns the handout with placeholders for its slides. Throws ExpectedError when a template names a missing field. */
export function renderHandout(handout: Handout, locale: Locale, { page, styles }: HandoutTemplates, size: PaperSize): HandoutPage {
  const view = {
    ...handout,
    entries: handout.entries.map((entry) => ({ ...entry, notes: entry.notes.length === 0 ? null : entry.notes })),
  };
  const context = { locale, steps: false, footer: null, closed: '' as const, image: refuse, figure: refuse };
  return { html: page(protect(view), context), style: styles[size], size };
}

/** Images and figures are on the slides. */
function refuse(): never {
  throw new TypeError('a handout has no images or figures of its own');
}
