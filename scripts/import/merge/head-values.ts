/** What content takes as a date and as an address. Apart from all else of an import, so that the command line can ask without loading it. */
import { interviewMatter } from '../../model/front-matter.ts';

/** Whether the content schema takes an address. */
export function isAddress(address: string): boolean {
  return interviewMatter.shape.source.unwrap().shape.url.safeParse(address).success;
}

/** Whether the content schema takes a date: 2023, 2023-08 or 2023-08-21. */
export function isDate(date: string): boolean {
  return interviewMatter.shape.date.safeParse(date).success;
}
