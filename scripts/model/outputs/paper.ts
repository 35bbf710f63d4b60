/** A page of HTML to be printed, with all files that it may load. */
export interface Paper {
  html: string;
  /** The text of each style sheet by its address in the page, such as `styles/briefing.css`. */
  styles: ReadonlyMap<string, string>;
  /** The absolute path of each font file by its address in the style sheets: `fonts/source-serif-4-latin-400-normal.woff2`. */
  fonts: ReadonlyMap<string, string>;
  /** The path of each image in the content folder, by its address. */
  images: ReadonlyMap<string, string>;
}

export const PAPER_SIZES = ['a4', 'letter'] as const;
export type PaperSize = (typeof PAPER_SIZES)[number];
