/** A link to a slide of the same deck, as the templates write it into front matter. */
export interface SlideLinkData {
  slide: string;
  text: string;
}
