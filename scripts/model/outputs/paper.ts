/** A page of HTML to be printed on paper, with the files that it asks for: its browser is given nothing else. */
export interface Paper {
  html: string;
  /** Text of each style sheet by the address under which the page names it, such as `styles/briefing.css`. */
  styles: ReadonlyMap<string, string>;
  /** Absolute path of each font file by its address, as the style sheets name it from the page: `fonts/source-serif-4-latin-400-normal.woff2`. */
  fonts: ReadonlyMap<string, string>;
  /** Path in the content folder of each image by its address. */
  images: ReadonlyMap<string, string>;
}

export const PAPER_SIZES = ['a4', 'letter'] as const;
export type PaperSize = (typeof PAPER_SIZES)[number];
