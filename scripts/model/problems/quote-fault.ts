/** Why a quote does not count as said. */
export type QuoteFault =
  /** These words do not stand side by side; `at` is the first that nowhere follows on those before it. */
  | { type: 'words'; at: string }
  /** A piece beside an ellipsis is so short that it could be found in any text. */
  | { type: 'short-piece'; piece: string }
  | { type: 'many-gaps'; most: number }
  /** The words are there, but in another order, too far apart, or somebody else speaks between them. */
  | { type: 'far-apart'; reach: number }
  /** An ellipsis stands for a "not", or brackets hold one. */
  | { type: 'negation' }
  /** More in brackets than was said. */
  | { type: 'brackets' };

/** What is wrong with a quote, in words. */
export function describeQuoteFault(fault: QuoteFault, quote: string): string {
  switch (fault.type) {
    case 'words':
      return `the transcript does not contain the quote "${quote}": it differs at "${fault.at}"`;
    case 'short-piece':
      return `the quote "${quote}" leaves words out around "${fault.piece}", which is too short to be told from other places`;
    case 'many-gaps':
      return `the quote "${quote}" leaves words out more than ${fault.most} times`;
    case 'far-apart':
      return `the transcript does not contain the quote "${quote}": its pieces are there, but not in this order in one answer, at most ${fault.reach} words apart`;
    case 'negation':
      return `the quote "${quote}" leaves out a "not", or puts one in`;
    case 'brackets':
      return `the quote "${quote}" has more words in brackets than words that were said`;
  }
}

/** What to do about it. */
export function hintForQuote({ type }: QuoteFault): string {
  if (type === 'words') return 'quote the words of ## Transcript, or write a point in place of a quote';
  return type === 'negation' ? 'quote the sentence as it was said' : 'quote each passage on its own';
}
