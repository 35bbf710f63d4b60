/** What a slide's template sees: the planned slide, plus what follows from it by arithmetic. */
import { isolate } from '../model/bidi.ts';
import type { Slide } from '../model/deck.ts';
import { quotesIn, textsOf } from '../model/quotes.ts';
import type { Block } from '../model/text.ts';

/** The fields of a slide for its template. */
export function slideView(slide: Slide): object {
  switch (slide.kind) {
    case 'exchange':
      return { ...slide, quotes: quotedTexts(slide.blocks) };
    case 'quote':
      return { ...slide, quotes: quotedTexts([{ type: 'quote', children: slide.blocks }]) };
    case 'figure':
    case 'number':
      return { ...slide, blocks: emptyToNull(slide.blocks), quotes: quotedTexts(slide.blocks) };
    case 'sources':
      return {
        ...slide,
        interviews: slide.interviews.map(({ source, ...interview }) => ({
          ...interview,
          published:
            source === null ? null : [source.title, source.publisher].flatMap((part) => (part === null ? [] : [isolate(part)])).join(' · '),
          url: source?.url ?? null,
          media: source?.media ?? null,
          accessed: source?.accessed ?? null,
        })),
      };
    default:
      return slide;
  }
}

/** The plain text of the quotes on a slide, a paragraph each, which the export looks for in the PDF; null without quotes. */
function quotedTexts(blocks: readonly Block[]): readonly string[] | null {
  return emptyToNull(quotesIn(blocks).flatMap((quote) => textsOf(quote.children).filter((text) => text.trim() !== '')));
}

function emptyToNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}
