/** Room for a quote: the speaker's own words, large, with a mark above and who says so below. */
import { type Header, heightBelow } from './header.ts';
import type { Measure } from './measure.ts';
import type { Rooms } from './split.ts';

/** A quote has a slide to itself; what does not fit goes on on the next one. */
export function quoteRooms(header: Header, measure: Measure): Rooms {
  const { quote, words } = measure.geometry;
  return (_, size) => ({
    width: quote.width,
    face: 'serif',
    style: size === 'usual' ? quote.normal : quote.compact,
    height: Math.max(1, heightBelow(header, measure) - quote.mark - quote.by),
    words: words.alone,
    bare: true,
  });
}
