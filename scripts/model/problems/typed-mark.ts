/** Marks of other Markdown that slides show as they are typed. `plain`: those of Markdown itself, where only plain text stands. */
import type { Wording } from './problem.ts';

export type TypedMark = keyof typeof typedMarks;

const typedMarks = {
  footnote: { is: 'there are no footnotes', instead: 'write what it says in the text or the notes' },
  strike: { is: 'there is no struck-through text', instead: 'remove the words, or the marks' },
  task: { is: 'there are no task boxes', instead: 'write a word in place of the box, such as "done"' },
  address: { is: 'a bare address is no link', instead: 'write <https://...> or [words](https://...)' },
  formula: { is: 'there are no formulas', instead: 'write it with plain characters (E = mc²), or show it as a picture' },
  rule: { is: 'there are no lines between paragraphs', instead: 'remove it; slides divide themselves' },
  link: { is: 'links lead to https:, http: and mailto: addresses only', instead: 'write the whole address, or the words alone' },
  highlight: { is: 'there is no highlighted text', instead: 'write **words** for bold' },
  'wiki-link': { is: 'there are no links between content files', instead: 'write the words alone; terms and themes link themselves' },
  callout: { is: 'there are no callouts', instead: 'leave the mark out: a quote begins with >' },
  container: { is: 'there are no containers', instead: 'remove the line' },
  image: { is: 'a name with spaces or brackets needs its own', instead: 'write ![what it shows](<map 1.png>)' },
  'image-inside': { is: 'pictures stand between paragraphs, not in headings, tables or bold', instead: 'give it a line of its own' },
  plain: { is: 'here stands plain text, without Markdown', instead: 'remove the marks' },
} satisfies Record<string, { is: string; instead: string }>;

export const typedMarkWording: Pick<Wording, 'typed-mark'> = {
  'typed-mark': {
    severity: 'warning',
    message: ({ mark, text }) => `"${text}" is shown as it is typed: ${typedMarks[mark].is}`,
    hint: ({ mark }) => typedMarks[mark].instead,
  },
};
