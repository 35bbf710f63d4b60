/** Room for a quote: the speaker's own words, large, with a mark above and who says so below. */
import { type Block, inlineToPlain, sliceInline } from '../../model/text/text.ts';
import { countLines, type Measure } from '../measure/measure.ts';
import type { Rooms } from '../measure/split.ts';
import { type Header, heightBelow } from './header.ts';

/** Text and quotes in their order: a quote interrupts the text and stands alone. */
export function splitAtQuotes(body: readonly Block[]): { kind: 'text' | 'quote'; blocks: Block[] }[] {
  const runs: { kind: 'text' | 'quote'; blocks: Block[] }[] = [];
  for (const block of body) {
    const last = runs.at(-1);
    if (block.type === 'quote') runs.push({ kind: 'quote', blocks: block.children });
    else if (last?.kind === 'text') last.blocks.push(block);
    else runs.push({ kind: 'text', blocks: [block] });
  }
  return runs;
}

/** A quote has a slide to itself; what does not fit goes on on the next one. */
export function quoteRooms(header: Header, speaker: string | null, measure: Measure): Rooms {
  const { quote, words } = measure.geometry;
  return (_, size) => ({
    width: quote.width,
    face: 'serif',
    style: size === 'usual' ? quote.normal : quote.compact,
    height: Math.max(1, heightBelow(header, measure) - quote.mark - quoteByHeight(speaker ?? '', measure)),
    words: words.alone,
    bare: true,
  });
}

/** Height of the line that says whose words they are, in CSS pixels; a long name takes more lines. */
export function quoteByHeight(by: string, measure: Measure): number {
  const { quote, frame } = measure.geometry;
  const lines = countLines(`— ${by}`, 'sans', BY_SIZE, frame.width, measure.width);
  return quote.by + (lines - 1) * (quote.by - BY_PADDING);
}

/** In CSS pixels: `.by` in the theme. */
const BY_SIZE = 20;
const BY_PADDING = 16;

/** A quote without the `— Name` at its end, where that is the speaker, whom the slide names below. */
export function withoutSpeaker(blocks: readonly Block[], speaker: string | null): Block[] {
  const last = blocks.at(-1);
  if (speaker === null || last?.type !== 'paragraph') return [...blocks];
  const text = inlineToPlain(last.children);
  const words = /^(.*?)(?:^|\s)\s*(?:[—–―]|--)+\s*([^—–―]+)$/s.exec(text);
  if (words === null || words[2]?.trim() !== speaker) return [...blocks];
  const children = sliceInline(last.children, 0, words[1]?.trimEnd().length ?? 0);
  return [...blocks.slice(0, -1), ...(children.length === 0 ? [] : [{ ...last, children }])];
}
