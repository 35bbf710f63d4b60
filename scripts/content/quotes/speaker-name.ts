/** Whether what an author writes behind the dash of a quote is a name of somebody. */
import type { Person } from '../../model/corpus.ts';

/** The people that a name may stand for: by full name, or by first or last name, with or without title; what follows a comma or bracket is no name. */
export function peopleCalled(written: string, people: readonly Person[]): Person[] {
  const name = folded((written.split(/[,，、;；(（[]/)[0] ?? '').replace(TITLE, ''));
  return people.filter((person) => {
    const parts = person.name.split(/[\s·・]+/);
    return name !== '' && [person.name, parts[0], parts.at(-1)].some((part) => part !== undefined && folded(part) === name);
  });
}

const TITLE = /^\s*(?:(?:dr|prof|professor|mr|mrs|ms|sir|dame)\b\.?\s*)+/i;

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}
