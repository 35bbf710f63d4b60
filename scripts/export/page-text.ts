/** The text of a page of a PDF, in the order in which it is read. */
export interface TextItem {
  str: string;
  /** Of the letters in it. */
  dir: string;
  /** Whether a line ends with it. */
  hasEOL: boolean;
}

/**
 * Everything on the page in one string, as it may be read. pdf.js hands over words from left to right; where words are written from right to left, their
 * order in the line is turned round for a second reading.
 */
export function readingsOf(items: readonly TextItem[]): string[] {
  const drawn = items.map(({ str }) => str).join('');
  return items.some(isRightToLeft) ? [drawn, turned(items)] : [drawn];
}

function turned(items: readonly TextItem[]): string {
  const text: string[] = [];
  let run: TextItem[] = [];
  const flush = () => {
    // What follows the last word from right to left stands behind the run, where it is.
    const end = run.findLastIndex(isRightToLeft) + 1;
    text.push(
      ...run
        .slice(0, end)
        .reverse()
        .map(({ str }) => str),
      ...run.slice(end).map(({ str }) => str),
    );
    run = [];
  };
  for (const item of items) {
    if (isRightToLeft(item) || (run.length > 0 && !/\p{L}/u.test(item.str))) run.push(item);
    else {
      flush();
      text.push(item.str);
    }
    if (item.hasEOL) flush();
  }
  flush();
  return text.join('');
}

const isRightToLeft = ({ dir, str }: TextItem) => dir === 'rtl' && str.trim() !== '';
