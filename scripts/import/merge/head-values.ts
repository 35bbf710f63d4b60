/**
 * Checks dates and addresses against the content schema. In a file of its own so that the command line can check options without loading
 * the importer.
 */
import { interviewMatter } from '../../model/front-matter.ts';

/** Whether the content schema accepts an address. */
export function isAddress(address: string): boolean {
  return interviewMatter.shape.source.unwrap().shape.url.safeParse(address).success;
}

/** Whether the content schema accepts a date: 2023, 2023-08 or 2023-08-21. */
export function isDate(date: string): boolean {
  return interviewMatter.shape.date.safeParse(date).success;
}
