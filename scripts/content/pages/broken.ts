import type { BrokenFile } from '../../model/corpus.ts';
import type { Findings } from '../findings.ts';
import type { Matter } from '../kinds/page-matter.ts';
import type { Drafts } from '../read-drafts.ts';
import { roleOf } from './file-role.ts';
import { openPermission, permissionOf } from './permission.ts';

/** What every file with an error stands for, in order of the paths. */
export function brokenFiles(drafts: Drafts, findings: Findings): BrokenFile[] {
  const tags = new Map<string, string[] | null>([
    ...drafts.exchanges.map((exchange) => [exchange.file, exchange.tags] as const),
    ...drafts.misnamed.map((misnamed) => [misnamed.file, misnamed.tags] as const),
  ]);
  const matters = mattersOf(drafts);
  return [...findings.brokenFiles()].sort().map((file) => {
    const role = roleOf(file);
    const matter = matters.get(file);
    const permission = matter === undefined ? openPermission : permissionOf(matter);
    if (role.kind === 'misnamed') {
      return { file, kind: role.meant, lang: null, id: role.id, interview: role.interview, tags: tags.get(file) ?? null, permission };
    }
    const { kind, lang, id, interview, base } = role;
    return { file, kind, lang, id, interview, tags: tags.get(base) ?? null, permission };
  });
}

/** The front matter of interviews, exchanges and their translations, by file: whether they may be published stands nowhere else. */
function mattersOf({ interviews, exchanges }: Drafts): Map<string, Matter> {
  const pages = [...interviews.values(), ...exchanges].flatMap(({ page, translations }) => [
    ...(page === null ? [] : [page]),
    ...translations.map((translation) => translation.page),
  ]);
  return new Map(pages.map(({ file, matter }) => [file, matter]));
}
