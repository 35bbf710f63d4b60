import { Findings } from './findings.ts';
import { type ExchangeDraft, exchangeKind } from './kinds/kind-exchange.ts';
import { type InterviewDraft, interviewKind } from './kinds/kind-interview.ts';
import { type TermDraft, termKind } from './kinds/kind-term.ts';
import { type ThemeDraft, themeKind } from './kinds/kind-theme.ts';
import { type Reading, readDraft } from './kinds/page-draft.ts';
import { readMatter } from './kinds/page-matter.ts';
import type { FileGroup, Groups } from './pages/group-files.ts';
import type { FolderFile } from './pages/read-folder.ts';
import { readTagList, tagsIn } from './tag-list.ts';

/** Everything in a content folder, each file read on its own. */
export interface Drafts {
  baseLanguage: string;
  /** By id. */
  interviews: ReadonlyMap<string, InterviewDraft>;
  /** By interview id, number and file name. */
  exchanges: ExchangeDraft[];
  themes: ThemeDraft[];
  terms: TermDraft[];
  /** Null when tags.md cannot be read. */
  tags: ReadonlyMap<string, string> | null;
  misnamed: { file: string; role: Groups['misnamed'][number]['role']; tags: string[] | null }[];
}

/** Reads every file on its own; what concerns several files together is not checked here. */
export function readDrafts(groups: Groups, reading: Reading): Drafts {
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

function readInterview(group: FileGroup, reading: Reading): InterviewDraft {
  const { locales, findings } = reading;
  return readDraft(
    interviewKind,
    group,
    (page) => {
      const lang = page?.matter.data?.lang;
      if (page === null || typeof lang !== 'string') return null;
      if (locales.includes(lang)) return lang;
      // A code that is none is the schema's finding.
      if (/^[a-z]{2,3}$/.test(lang))
        findings.add('unknown-language', page.matter.at(['lang']), { language: lang, known: [...locales].sort() });
      return null;
    },
    reading,
  );
}

function readExchanges(groups: readonly FileGroup[], langOf: (interview: string) => string, reading: Reading): ExchangeDraft[] {
  const numbers = new Map<string, number>();
  const ids = new Map<string, string>();
  return [...groups].sort(compareExchanges).map((group) => {
    const interview = group.role.interview ?? '';
    const number = (numbers.get(interview) ?? 0) + 1;
    numbers.set(interview, number);
    const lang = langOf(interview);
    const read = (own: Reading) => {
      const draft = readDraft(exchangeKind, group, () => lang, own);
      const tags = draft.page !== null && group.file?.content.ok === true ? tagsIn(draft.page.matter, group.file.content.text) : null;
      return { ...draft, interview, number, tags };
    };
    const draft = recall(group, [lang, number], reading, read);
    reportDuplicateId(`${interview}/${draft.id}`, draft.id, group.base, ids, reading.findings);
    return draft;
  });
}

/** A draft follows from its files, its place in the interview and what all of a reading share. */
function recall<T>({ base, file, translations }: FileGroup, place: readonly unknown[], reading: Reading, read: (own: Reading) => T): T {
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

/** Of a file that is not read otherwise; its own findings would only distract from its name. */
function readableTags({ path, content }: FolderFile): string[] | null {
  return content.ok ? tagsIn(readMatter(path, content.text, new Findings()), content.text) : null;
}

/** Ties go to the smaller code; English when there is none. */
function mostCommon(languages: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const lang of languages) counts.set(lang, (counts.get(lang) ?? 0) + 1);
  const [first] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return first?.[0] ?? 'en';
}
