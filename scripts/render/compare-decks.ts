/** Compares the deck in the slides folder with the deck that the current content makes, slide by slide. */
import { parseSync } from '@slidev/parser/core';

export interface ComparedSlide {
  slide: string;
  /** The page number: in the new deck, or in the old deck for a slide that is gone. */
  page: number;
  /** The content file of the slide's exchange. Null for overview slides. */
  file: string | null;
}

export type DeckDifference =
  /** No difference that Slidev would notice. */
  | { reason: 'spacing' }
  /** Slidev's parser cannot read the existing deck. */
  | { reason: 'unreadable' }
  /** Every slide that stayed has changed, which content files cannot explain. */
  | { reason: 'templates'; slides: number; new: ComparedSlide[]; gone: ComparedSlide[] }
  | {
      reason: 'slides';
      changed: ComparedSlide[];
      /** Slides in which only the exchange's number has changed, because an exchange before it was added or removed. */
      renumbered: ComparedSlide[];
      new: ComparedSlide[];
      gone: ComparedSlide[];
      /** Changed keys of the deck's own front matter. */
      head: string[];
      reordered: boolean;
    };

/** Compares two versions of a generated deck. Slides are matched by `slideId`. */
export function compareDecks(then: string, now: string): DeckDifference {
  const [before, after] = [readSlides(then), readSlides(now)];
  if (before === null || after === null) return { reason: 'unreadable' };
  const old = new Map(before.map((each) => [each.slide, each]));
  const current = new Map(after.map((each) => [each.slide, each]));
  const common = after.filter(({ slide }) => old.has(slide));
  const different = common.filter(({ slide, text }) => old.get(slide)?.text !== text);
  const isRenumbered = ({ slide, unnumbered }: ReadSlide) => old.get(slide)?.unnumbered === unnumbered;
  const [changed, renumbered] = [different.filter((each) => !isRenumbered(each)), different.filter(isRenumbered)];
  const added = after.filter(({ slide }) => !old.has(slide));
  const gone = before.filter(({ slide }) => !current.has(slide));
  const head = differingKeys(before[0]?.head ?? {}, after[0]?.head ?? {});
  const order = before.filter(({ slide }) => current.has(slide)).map(({ slide }) => slide);
  const reordered = common.some(({ slide }, index) => slide !== order[index]);
  if (different.length + added.length + gone.length + head.length === 0 && !reordered) return { reason: 'spacing' };
  if (changed.length === common.length && common.length > 1)
    return { reason: 'templates', slides: common.length, new: added.map(named), gone: gone.map(named) };
  return {
    reason: 'slides',
    changed: changed.map(named),
    renumbered: renumbered.map(named),
    new: added.map(named),
    gone: gone.map(named),
    head,
    reordered,
  };
}

interface ReadSlide extends ComparedSlide {
  text: string;
  /** The same without the exchange's number in locator and notes. */
  unnumbered: string;
  /** The front matter of the deck, taken from the first slide. */
  head: Record<string, unknown>;
}

/** Keys of the first slide's front matter that apply to the whole deck. */
const HEAD = new Set(['theme', 'author', 'lang', 'themeConfig', 'briefdeck']);

function readSlides(markdown: string): ReadSlide[] | null {
  const slides = parsed(markdown);
  return (
    slides?.map(({ frontmatter, raw, content, note }, index) => {
      const { slideId, source } = frontmatter;
      const entries = Object.entries(frontmatter);
      return {
        slide: typeof slideId === 'string' ? slideId : `slide ${index + 1}`,
        page: index + 1,
        file: typeof source === 'string' ? source : null,
        unnumbered: JSON.stringify([
          entries.map(([key, value]) => (key === 'locator' ? [key, withoutNumbers(String(value))] : [key, value])),
          content.trim(),
          withoutNumbers(note ?? ''),
        ]),
        text: index > 0 ? raw.trim() : JSON.stringify([entries.filter(([key]) => !HEAD.has(key)), content.trim(), note ?? '']),
        head: index > 0 ? {} : Object.fromEntries(entries.filter(([key]) => HEAD.has(key))),
      };
    }) ?? null
  );
}

function parsed(markdown: string): ReturnType<typeof parseSync>['slides'] | null {
  try {
    return parseSync(markdown, 'deck.md').slides;
  } catch {
    // A YAML error means that the file was edited by hand, so the deck is unreadable.
    return null;
  }
}

function differingKeys(a: Record<string, unknown>, b: Record<string, unknown>): string[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key])).sort();
}

const withoutNumbers = (text: string) => text.replace(/\d+/g, '#');

const named = ({ slide, page, file }: ReadSlide): ComparedSlide => ({ slide, page, file });
