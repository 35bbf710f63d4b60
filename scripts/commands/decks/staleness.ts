/** Why a deck in the slides folder, or a PDF, differs from what the content makes now: as data, and in words. */
import path from 'node:path';
import { type ComparedSlide, compareDecks, type DeckDifference } from '../../render/compare-decks.ts';
import { type DeckOutcome, mustGo } from './deck-outcome.ts';

export type DeckStaleness =
  | { reason: 'missing' | 'withdrawn' | 'no-theme' }
  /** The deck cannot be generated, and the existing one must not stay. */
  | { reason: 'forbidden'; because: string[] }
  | DeckDifference;

/** Returns why the deck is stale. Null when it is not, or when this is unknown because it cannot be generated. */
export async function deckStaleness(outcome: DeckOutcome): Promise<DeckStaleness | null> {
  const { state, current } = outcome;
  if (state === 'empty') return current === null ? null : { reason: 'withdrawn' };
  if (mustGo(outcome)) return { reason: 'forbidden', because: outcome.forbidden };
  if (state !== 'ready' || outcome.unchanged) return null;
  return current === null ? { reason: 'missing' } : compareDecks(await current.markdown(), await outcome.markdown());
}

/** Describes the reason, to follow the deck's name: "scaling.md no longer matches the content: ...". */
export function describeStaleness(why: DeckStaleness): string {
  switch (why.reason) {
    case 'missing':
      return 'is missing';
    case 'withdrawn':
      return 'may not be published any more';
    case 'forbidden':
      return `shows what may not be published: ${why.because.join(', ')}`;
    case 'no-theme':
      return 'has no theme any more';
    case 'spacing':
      return 'differs from the content in line ends or spaces only (from core.autocrlf of git, or an editor)';
    case 'unreadable':
      return 'no longer matches the content: Slidev cannot read it any more, somebody must have edited it';
    case 'templates':
      return ['no longer matches the templates: every slide is made otherwise now', ...countSlides({ new: why.new, gone: why.gone })].join(
        ', ',
      );
    case 'slides':
      return `no longer matches the content: ${describeSlides(why)}`;
  }
}

/** Returns, for example, `2 slides changed (190-when-human-level.md), 1 new (200-x.md), 1 gone (210-y.md), and with them: summary, sources`. */
export function describeSlides(why: Extract<DeckDifference, { reason: 'slides' }>): string {
  const [first, ...others] = countSlides({ changed: why.changed, new: why.new, gone: why.gone });
  const exchanges =
    first === undefined ? [] : [first.replace(/^(\d+)/, (count) => (count === '1' ? '1 slide' : `${count} slides`)), ...others];
  const overview = [...why.changed, ...why.new, ...why.gone].filter(({ file }) => file === null).map(({ slide }) => overviewName(slide));
  const overviews = [...new Set(overview)];
  return [
    exchanges.join(', '),
    overviews.length === 0
      ? ''
      : exchanges.length > 0
        ? `and with them: ${overviews.join(', ')}`
        : `overview slides (${overviews.join(', ')})`,
    why.renumbered.length === 0 ? '' : `${why.renumbered.length} renumbered`,
    why.head.length === 0 ? '' : `the head of the deck (${why.head.join(', ')})`,
    why.reordered ? 'the order' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** Returns, for example, `2 changed (190-when-human-level.md)`, for the slides of exchanges. */
function countSlides(slides: Record<string, readonly ComparedSlide[]>): string[] {
  return Object.entries(slides).flatMap(([word, all]) => {
    const own = all.filter(({ file }) => file !== null);
    return own.length === 0 ? [] : [`${own.length} ${word} (${listFiles(own)})`];
  });
}

/** Lists the names of the first few content files. */
export function listFiles(slides: readonly { file: string | null }[]): string {
  const names = [...new Set(slides.flatMap(({ file }) => (file === null ? [] : [path.posix.basename(file)])))];
  const shown = names.slice(0, MOST_FILES).join(', ');
  return names.length > MOST_FILES ? `${shown} and ${names.length - MOST_FILES} more` : shown;
}

const MOST_FILES = 3;

/** Returns the name of an overview slide: `deck.glossary.2` is the glossary. */
function overviewName(slide: string): string {
  if (/^deck\.changes(\.\d+)?$/.test(slide)) return 'changed since';
  return slide
    .replace(/^deck\./, '')
    .replace(/\.\d+$/, '')
    .replaceAll('-', ' ');
}
