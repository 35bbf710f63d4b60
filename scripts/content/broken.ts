import type { BrokenFile } from '../model/corpus.ts';
import { roleOf } from './file-role.ts';
import type { Findings } from './findings.ts';
import type { Drafts } from './read-drafts.ts';

/** What every file with an error stands for, in order of the paths. */
export function brokenFiles(drafts: Drafts, findings: Findings): BrokenFile[] {
  const tags = new Map<string, string[] | null>([
    ...drafts.exchanges.map((exchange) => [exchange.file, exchange.tags] as const),
    ...drafts.misnamed.map((misnamed) => [misnamed.file, misnamed.tags] as const),
  ]);
  return [...findings.brokenFiles()].sort().map((file) => {
    const role = roleOf(file);
    if (role.kind === 'misnamed') {
      return { file, kind: role.meant, lang: null, id: role.id, interview: role.interview, tags: tags.get(file) ?? null };
    }
    const { kind, lang, id, interview, base } = role;
    return { file, kind, lang, id, interview, tags: tags.get(base) ?? null };
  });
}
