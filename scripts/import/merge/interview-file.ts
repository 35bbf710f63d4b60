/** The index.md of an interview. */
import type { Conversation } from '../exchanges/group-exchanges.ts';
import { folded, type Speaker } from '../exchanges/people.ts';
import { paragraphOf } from '../markdown-text.ts';
import { oneLine } from '../plain-text.ts';
import type { InterviewFacts } from './interview-facts.ts';
import { frontMatter, type MatterRow } from './write-front-matter.ts';

/** The most people an interview may have. */
export const MOST_PEOPLE = 50;

/** Returns the text of a new index.md. The context is the prose around the turns. */
export function interviewFile(
  facts: InterviewFacts & { date: string; lang: string },
  people: readonly Speaker[],
  sections: readonly MatterRow[],
  { context }: Pick<Conversation, 'context'>,
): string {
  const { title, date, lang, source } = facts;
  const matter = frontMatter({
    title,
    date: { quoted: date },
    lang,
    people: { rows: people.map(personRow) },
    source:
      source === null
        ? null
        : {
            keys: {
              title: source.title,
              publisher: source.publisher,
              url: source.url === null ? null : { quoted: source.url },
              media: source.media === null ? null : { quoted: source.media },
            },
          },
    sections: sections.length === 0 ? null : { rows: sections },
  });
  return context.length === 0 ? matter : `${matter}\n${context.map(paragraphOf).join('\n\n')}\n`;
}

/** Returns a person as an item of `people`. Labels of the file become aliases, by which the next import recognises the person. */
export function personRow({ id, name, role, labels }: Pick<Speaker, 'id' | 'name' | 'role' | 'labels'>): MatterRow {
  const others = labels
    .map((label) => oneLine(label ?? ''))
    .filter((label) => label !== '' && folded(label) !== folded(name) && label.length <= LONGEST_ALIAS);
  return { id, name, role, aliases: others.length === 0 ? null : others.slice(0, MOST_ALIASES) };
}

const LONGEST_ALIAS = 200;
const MOST_ALIASES = 50;
