/** What a slide's template sees: the planned slide, plus what follows from it by arithmetic. */

import type { Slide } from '../model/outputs/deck.ts';
import { isolate } from '../model/text/bidi.ts';

/** The fields of a slide for its template. */
export function slideView(slide: Slide): object {
  switch (slide.kind) {
    case 'figure':
    case 'number':
      return { ...slide, blocks: emptyToNull(slide.blocks) };
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

function emptyToNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}
