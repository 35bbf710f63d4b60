import type { z } from 'zod';
import type { InterviewText } from '../../model/corpus.ts';
import { interviewMatter, interviewTranslation } from '../../model/front-matter.ts';
import type { Block } from '../../model/text/text.ts';
import { itemsAt, reportDuplicates } from '../duplicates.ts';
import type { Findings } from '../findings.ts';
import { wholeText } from '../markdown/whole-text.ts';
import { suggest } from '../suggest.ts';
import type { Draft, Kind, Page } from './page-draft.ts';
import type { Matter } from './page-matter.ts';
import { isRecord } from './yaml.ts';
import type { KeyPath } from './yaml-position.ts';

type InterviewMatter = z.output<typeof interviewMatter>;
type Translation = z.output<typeof interviewTranslation>;

export type InterviewDraft = Draft<InterviewMatter, Translation, Block[], InterviewText>;

export const interviewKind: Kind<InterviewMatter, Translation, Block[], InterviewText> = {
  schema: interviewMatter,
  translationSchema: interviewTranslation,
  body: wholeText,
  check(page, findings) {
    reportDuplicates(page.matter, ['people'], 'person', findings);
    reportDuplicates(page.matter, ['sections'], 'section', findings);
  },
  text: ({ title, people, source, sections }, { body }) => ({
    title,
    people: people.map(({ id, name, role, affiliation = null, attribution = null }) => ({ id, name, role, affiliation, attribution })),
    source:
      source === undefined
        ? null
        : {
            title: source.title,
            publisher: source.publisher ?? null,
            url: source.url ?? null,
            media: source.media ?? null,
            accessed: source.accessed ?? null,
          },
    sections,
    context: body,
  }),
  checkTranslation: checkIds,
  translate(base, value, page) {
    const people = new Map(value.people?.map((person) => [person.id, person]));
    const sections = new Map(value.sections?.map((section) => [section.id, section.title]));
    return {
      title: value.title ?? base.title,
      people: base.people.map((person) => {
        const words = people.get(person.id);
        return { ...person, name: words?.name ?? person.name, affiliation: words?.affiliation ?? person.affiliation };
      }),
      source: base.source && {
        ...base.source,
        title: value.source?.title ?? base.source.title,
        publisher: value.source?.publisher ?? base.source.publisher,
      },
      sections: base.sections.map(({ id, title }) => ({ id, title: sections.get(id) ?? title })),
      context: page.body.length > 0 ? page.body : base.context,
    };
  },
};

/** A translation names people and sections by the ids of its base file. */
function checkIds(base: InterviewText, { matter }: Page<Translation, Block[]>, findings: Findings): void {
  reportDuplicates(matter, ['people'], 'person', findings);
  reportDuplicates(matter, ['sections'], 'section', findings);
  const people = base.people.map(({ id }) => id);
  for (const { id, at } of idsAt(matter, 'people')) {
    if (!people.includes(id)) findings.add('unknown-person', matter.at(at), { person: id, suggestion: suggest(id, people) });
  }
  const sections = base.sections.map(({ id }) => id);
  for (const { id, at } of idsAt(matter, 'sections')) {
    if (!sections.includes(id)) findings.add('unknown-section', matter.at(at), { section: id, suggestion: suggest(id, sections) });
  }
  if (matter.data?.source !== undefined && base.source === null) {
    findings.add('translation-mismatch', matter.at(['source'], 'key'), { key: 'source', reason: 'the base file names no source' });
  }
}

function idsAt(matter: Matter, key: string): { id: string; at: KeyPath }[] {
  return itemsAt(matter, [key]).flatMap((item, index) => {
    const id = isRecord(item) ? item.id : null;
    return typeof id === 'string' ? [{ id, at: [key, index, 'id'] }] : [];
  });
}
