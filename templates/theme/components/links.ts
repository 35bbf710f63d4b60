/** A link to a slide of the same deck, as the templates write it into front matter. */
export interface SlideLinkData {
  slide: string;
  text: string;
  /** The language of the text, when it is not the deck's. */
  foreign: string | null;
}
