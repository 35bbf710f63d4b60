/** A deck as a handout: which slides stand together, and what of their notes is for those who read it. */
import type { DeckFile, DeckFileSlide } from '../model/outputs/deck-file.ts';
import type { Handout, HandoutEntry, HandoutSlide } from '../model/outputs/handout.ts';
import type { Locale } from '../model/outputs/locale.ts';

/**
 * Plans the handout of a generated deck. The slides of one exchange that have the same notes have them once. Question and source are told from what is said
 * by the labels with which the notes of the deck give them; the content file, which the notes give to those who edit it, is left out, and so is all that is
 * said where the theme keeps that to the presenter.
 */
export function planHandout({ title, lang, accent, date, notes, slides }: DeckFile, { labels }: Pick<Locale, 'labels'>): Handout {
  const entries: (HandoutEntry & { of: DeckFileSlide })[] = [];
  let inSection = false;
  for (const [index, slide] of slides.entries()) {
    const opens = slide.id.startsWith('section.');
    if (slide.id.startsWith('deck.')) inSection = false;
    const shown: HandoutSlide = { number: index + 1, level: levelOf(slide, inSection && !opens) };
    if (opens) inSection = true;
    const last = entries.at(-1);
    if (last !== undefined && isOneExchange(last.of, slide)) last.slides.push(shown);
    else entries.push({ of: slide, slides: [shown], ...readNotes(slide.notes, labels) });
  }
  return { title, lang, accent, date, entries: entries.map(({ of: _, ...entry }) => (notes ? entry : { ...entry, notes: [] })) };
}

function levelOf({ id }: DeckFileSlide, inSection: boolean): HandoutSlide['level'] {
  if (id === 'deck.cover') return 1;
  return inSection ? 3 : 2;
}

function isOneExchange(slide: DeckFileSlide, next: DeckFileSlide): boolean {
  return slide.source !== null && slide.source === next.source && slide.notes.join('\n') === next.notes.join('\n');
}

/** From the end, where they stand: what looks like them further up was said. */
function readNotes(paragraphs: readonly string[], labels: Locale['labels']): Pick<HandoutEntry, 'notes' | 'question' | 'source'> {
  const notes = [...paragraphs];
  const take = (label: string) => {
    const text = within(notes.at(-1) ?? '', labels[label]);
    if (text !== null) notes.pop();
    return text;
  };
  take('noteFile');
  const source = take('noteSource');
  return { source, question: source === null ? null : take('noteQuestion'), notes };
}

/** What stands in a labelled text in the place of `{text}`; null when it has another label. */
function within(paragraph: string, label: string | undefined): string | null {
  const [before, after] = label?.split('{text}') ?? [];
  if (before === undefined || after === undefined) return null;
  const isLabelled =
    paragraph.startsWith(before.trimStart()) && paragraph.endsWith(after) && paragraph.length > before.length + after.length;
  return isLabelled ? paragraph.slice(before.length, paragraph.length - after.length) : null;
}
