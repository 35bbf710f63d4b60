/** What distinguishes the deck that stands in the slides folder from the one that the content makes now, slide by slide. */
import { parseSync } from '@slidev/parser/core';

export interface ComparedSlide {
  slide: string;
  /** Its page: in the deck of now, or in that of then when it is gone. */
  page: number;
  /** Content file of its exchange; null for the overview slides. */
  file: string | null;
}

export type DeckDifference =
  /** Nothing that Slidev would see. */
  | { reason: 'spacing' }
  /** Slidev's parser cannot make anything of what stands there. */
  | { reason: 'unreadable' }
  /** Every slide that stayed is another one: no content file explains that. */
  | { reason: 'templates'; slides: number; new: ComparedSlide[]; gone: ComparedSlide[] }
  | {
      reason: 'slides';
      changed: ComparedSlide[];
      /** Only the number of their exchange is another one, because one before it came or went. */
      renumbered: ComparedSlide[];
      new: ComparedSlide[];
      gone: ComparedSlide[];
      /** Keys of the deck's own front matter that are others. */
      head: string[];
      reordered: boolean;
    };

/** Compares two versions of a generated deck; slides are told apart by their `slideId`. */
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
  /** The same with no number in its locator and its notes, which name the exchange's. */
  unnumbered: string;
  /** Only the first slide's: the front matter of the deck. */
  head: Record<string, unknown>;
}

/** What the first slide's front matter says of the deck as a whole. */
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
    // Of the YAML parser, for what somebody has edited by hand: that is the answer.
    return null;
  }
}

function differingKeys(a: Record<string, unknown>, b: Record<string, unknown>): string[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key])).sort();
}

const withoutNumbers = (text: string) => text.replace(/\d+/g, '#');

const named = ({ slide, page, file }: ReadSlide): ComparedSlide => ({ slide, page, file });
