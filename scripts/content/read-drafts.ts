import type { z } from 'zod';
import type { InterviewText, Term } from '../model/corpus.ts';
import { interviewMatter, interviewTranslation, tagListMatter, termMatter, termTranslation } from '../model/front-matter.ts';
import type { Block } from '../model/text/text.ts';
import { Findings, suggest } from './findings.ts';
import { checkSchema } from './kinds/check-schema.ts';
import { type ExchangeDraft, exchangeKind } from './kinds/kind-exchange.ts';
import { type ThemeDraft, themeKind } from './kinds/kind-theme.ts';
import { type Kind, type Page, type PageDraft, type PageReading, readDraft } from './kinds/page-draft.ts';
import { type PageMatter, readMatter } from './kinds/page-matter.ts';
import { itemsAt, reportDuplicates } from './kinds/references.ts';
import { isRecord, type KeyPath } from './kinds/yaml.ts';
import type { FileGroup, Groups } from './load-corpus.ts';
import { wholeText } from './markdown/markdown.ts';
import type { FolderFile } from './pages/read-folder.ts';

/** All files of a content folder, each read on its own. */
export interface Drafts {
  baseLanguage: string;
  /** By id. */
  interviews: ReadonlyMap<string, InterviewDraft>;
  /** Sorted by interview id, number and file name. */
  exchanges: ExchangeDraft[];
  themes: ThemeDraft[];
  terms: TermDraft[];
  /** Null when tags.md cannot be read. */
  tags: ReadonlyMap<string, string> | null;
  misnamed: { file: string; role: Groups['misnamed'][number]['role']; tags: string[] | null }[];
}

/** Reads every file on its own. References between files are not checked here. */
export function readDrafts(groups: Groups, reading: PageReading): Drafts {
  const interviews = new Map(groups.interviews.map((group) => [group.role.id, readInterview(group, reading)]));
  const baseLanguage = mostCommon([...interviews.values()].flatMap(({ lang }) => lang ?? []));
  return {
    baseLanguage,
    interviews,
    exchanges: readExchanges(groups.exchanges, (interview) => interviews.get(interview)?.lang ?? baseLanguage, reading),
    themes: groups.themes.map((group) => readDraft(themeKind, group, () => baseLanguage, reading)),
    terms: groups.terms.map((group) => readDraft(termKind, group, () => baseLanguage, reading)),
    tags: readTagList(groups.tags, reading.findings),
    misnamed: groups.misnamed.map(({ file, role }) => ({
      file: file.path,
      role,
      tags: role.meant === 'exchange' ? readableTags(file) : null,
    })),
  };
}

function readInterview(group: FileGroup, reading: PageReading): InterviewDraft {
  const { locales, findings } = reading;
  return readDraft(
    interviewKind,
    group,
    (page) => {
      const lang = page?.matter.data?.lang;
      if (page === null || typeof lang !== 'string') return null;
      if (locales.includes(lang)) return lang;
      // The schema reports values that are not language codes.
      if (/^[a-z]{2,3}$/.test(lang))
        findings.add('unknown-language', page.matter.at(['lang']), { language: lang, known: [...locales].sort() });
      return null;
    },
    reading,
  );
}

function readExchanges(groups: readonly FileGroup[], langOf: (interview: string) => string, reading: PageReading): ExchangeDraft[] {
  const numbers = new Map<string, number>();
  const ids = new Map<string, string>();
  return [...groups].sort(compareExchanges).map((group) => {
    const interview = group.role.interview ?? '';
    const number = (numbers.get(interview) ?? 0) + 1;
    numbers.set(interview, number);
    const lang = langOf(interview);
    const read = (own: PageReading) => {
      const draft = readDraft(exchangeKind, group, () => lang, own);
      const tags = draft.page !== null && group.file?.content.ok === true ? tagsIn(draft.page.matter, group.file.content.text) : null;
      return { ...draft, interview, number, tags };
    };
    const draft = recall(group, [lang, number], reading, read);
    reportDuplicateId(`${interview}/${draft.id}`, draft.id, group.base, ids, reading.findings);
    return draft;
  });
}

/** Recalls a draft. It depends on its files, its place in the interview and the options that all drafts share. */
function recall<T>(
  { base, file, translations }: FileGroup,
  place: readonly unknown[],
  reading: PageReading,
  read: (own: PageReading) => T,
): T {
  const { memory, canShow, locales } = reading;
  if (memory === null) return read(reading);
  const files = translations.flatMap((translation) => [translation.lang, translation.file.content]);
  const from = [...place, file?.content, ...files, canShow, ...locales];
  return memory.recallDraft(base, from, reading, (found) => read({ ...reading, ...found }));
}

function reportDuplicateId(key: string, id: string, file: string, ids: Map<string, string>, findings: Findings): void {
  const other = ids.get(key);
  if (other === undefined) ids.set(key, file);
  else findings.add('duplicate-id', { file, line: 1, column: 1 }, { id, kind: 'exchange', other });
}

function compareExchanges({ role: a, base: fileA }: FileGroup, { role: b, base: fileB }: FileGroup): number {
  if (a.interview !== b.interview) return (a.interview ?? '') < (b.interview ?? '') ? -1 : 1;
  const numbers = (a.kind === 'exchange' ? a.number : 0) - (b.kind === 'exchange' ? b.number : 0);
  return numbers !== 0 ? numbers : fileA < fileB ? -1 : 1;
}

/** Returns the tags of a misnamed file. Its other findings are dropped, because the name must be corrected first. */
function readableTags({ path, content }: FolderFile): string[] | null {
  return content.ok ? tagsIn(readMatter(path, content.text, new Findings()), content.text) : null;
}

/** Returns the most common language: the smaller code in a tie, English when there is none. */
function mostCommon(languages: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const lang of languages) counts.set(lang, (counts.get(lang) ?? 0) + 1);
  const [first] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return first?.[0] ?? 'en';
}

type TermText = Term['text'][string];
type TermMatter = z.output<typeof termMatter>;
type TermTranslation = z.output<typeof termTranslation>;

export type TermDraft = PageDraft<TermMatter, TermTranslation, Block[], TermText>;

const termKind: Kind<TermMatter, TermTranslation, Block[], TermText> = {
  schema: termMatter,
  translationSchema: termTranslation,
  body: wholeText,
  text: ({ term, aliases }, { body }) => ({ term, aliases, definition: body }),
  translate: (base, { term, aliases }, { body }) => ({
    term: term ?? base.term,
    aliases: aliases ?? base.aliases,
    definition: body.length > 0 ? body : base.definition,
  }),
};

/** Returns the tags that tags.md declares, with their meanings. Null when the file cannot be read; empty when there is no such file. */
function readTagList(file: FolderFile | null, findings: Findings): ReadonlyMap<string, string> | null {
  if (file === null) return new Map();
  if (!file.content.ok) return null;
  const schema: z.ZodType<z.output<typeof tagListMatter>> = tagListMatter;
  const value = checkSchema(schema, readMatter(file.path, file.content.text, findings), findings, null);
  return value === null ? null : new Map(Object.entries(value.tags));
}

/** Returns the tags of an exchange, also from front matter with errors. Null when they cannot be told. */
function tagsIn(matter: PageMatter, text: string): string[] | null {
  if (matter.data !== null) {
    const { tags } = matter.data;
    const listed = Array.isArray(tags) ? tags : typeof tags === 'string' ? tags.split(/[\s,]+/) : [];
    return [...new Set(listed.filter((tag) => typeof tag === 'string' && tag !== ''))];
  }
  const [, flow, block] = /^tags:[ \t]*(?:\[([^\]\n]*)\]|\n((?:[ \t]*-[ \t]+.*(?:\n|$))+))/m.exec(text) ?? [];
  const words = flow?.split(',') ?? block?.split('\n').map((line) => line.replace(/^[ \t]*-/, ''));
  if (words === undefined) return null;
  return [...new Set(words.map((word) => word.replace(/#.*$/, '').replace(/["']/g, '').trim()).filter((word) => word !== ''))];
}

type InterviewMatter = z.output<typeof interviewMatter>;
type Translation = z.output<typeof interviewTranslation>;

export type InterviewDraft = PageDraft<InterviewMatter, Translation, Block[], InterviewText>;

const interviewKind: Kind<InterviewMatter, Translation, Block[], InterviewText> = {
  schema: interviewMatter,
  translationSchema: interviewTranslation,
  body: wholeText,
  check(page, findings) {
    reportDuplicates(page.matter, ['people'], 'person', findings);
    reportDuplicates(page.matter, ['sections'], 'section', findings);
  },
  text: ({ title, people, source, sections }, { body }) => ({
    title,
    // Exchanges may withhold a name too, so the attribution is filled in when all files are read.
    people: people.map(({ id, name, role, affiliation = null }) => ({ id, name, role, affiliation, attribution: null })),
    source:
      source === undefined
        ? null
        : {
            title: source.title,
            publisher: source.publisher ?? null,
            url: source.url ?? null,
            media: source.media ?? null,
            accessed: source.accessed ?? null,
            note: source.note ?? null,
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
        note: value.source?.note ?? base.source.note,
      },
      sections: base.sections.map(({ id, title }) => ({ id, title: sections.get(id) ?? title })),
      context: page.body.length > 0 ? page.body : base.context,
    };
  },
};

/** A translation refers to people and sections by the ids of the base file. */
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

function idsAt(matter: PageMatter, key: string): { id: string; at: KeyPath }[] {
  return itemsAt(matter, [key]).flatMap((item, index) => {
    const id = isRecord(item) ? item.id : null;
    return typeof id === 'string' ? [{ id, at: [key, index, 'id'] }] : [];
  });
}

/** Returns a body without sections: headings become bold paragraphs. */
