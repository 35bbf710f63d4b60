/** Plans the handout of a deck: which slides stand together, and which of their notes are for readers. */
import type { DeckFile, DeckFileSlide } from '../model/outputs/deck-file.ts';
import type { Handout, HandoutEntry, HandoutSlide } from '../model/outputs/handout.ts';
import type { Locale } from '../model/outputs/locale.ts';

/**
 * Plans the handout of a generated deck. Slides of one exchange with the same notes share them; the notes stand with the evidence, not with
 * the short deck. Question and source are recognised in the notes by their labels. Left out are the name of the content file, which is for
 * editors, and the notes of themes that keep them for the presenter.
 */
export function planHandout({ title, lang, accent, date, notes, slides }: DeckFile, { labels }: Pick<Locale, 'labels'>): Handout {
  const entries: (HandoutEntry & { of: DeckFileSlide })[] = [];
  for (const [index, slide] of slides.entries()) {
    const shown: HandoutSlide = { number: index + 1, level: slide.id === 'deck.cover' ? 1 : 2 };
    const last = entries.at(-1);
    const isSaidLater = slide.part === 'short' && slide.source !== null;
    if (last !== undefined && isOneExchange(last.of, slide)) last.slides.push(shown);
    else entries.push({ of: slide, slides: [shown], ...readNotes(isSaidLater ? [] : slide.notes, labels) });
  }
  return { title, lang, accent, date, entries: entries.map(({ of: _, ...entry }) => (notes ? entry : { ...entry, notes: [] })) };
}

function isOneExchange(slide: DeckFileSlide, next: DeckFileSlide): boolean {
  return (
    slide.source !== null && slide.part === next.part && slide.source === next.source && slide.notes.join('\n') === next.notes.join('\n')
  );
}

/** Reads from the end, where question and source are. A similar paragraph further up is part of the notes. */
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

/** Returns the text in place of `{text}` in a labelled paragraph. Null when it has another label. */
function within(paragraph: string, label: string | undefined): string | null {
  const [before, after] = label?.split('{text}') ?? [];
  if (before === undefined || after === undefined) return null;
  const isLabelled =
    paragraph.startsWith(before.trimStart()) && paragraph.endsWith(after) && paragraph.length > before.length + after.length;
  return isLabelled ? paragraph.slice(before.length, paragraph.length - after.length) : null;
}
