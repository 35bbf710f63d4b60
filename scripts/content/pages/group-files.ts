import { type Findings, startOf } from '../findings.ts';
import { type FileRole, type Misnamed, roleOf } from './file-role.ts';
import type { FolderFile } from './read-folder.ts';

/** A base file (null when there is none) with its translations, each in order of their names. */
export interface FileGroup {
  role: Exclude<FileRole, Misnamed>;
  base: string;
  file: FolderFile | null;
  translations: { lang: string; file: FolderFile }[];
}

export interface Groups {
  interviews: FileGroup[];
  exchanges: FileGroup[];
  themes: FileGroup[];
  terms: FileGroup[];
  tags: FolderFile | null;
  misnamed: { role: Misnamed; file: FolderFile }[];
}

/** Sorts the files of a content folder by what they are. Reports names that cannot be read and what stands there without its base. */
export function groupFiles(files: readonly FolderFile[], findings: Findings): Groups {
  const groups: Groups = { interviews: [], exchanges: [], themes: [], terms: [], tags: null, misnamed: [] };
  const byBase = new Map<string, FileGroup>();
  const folders = new Set<string>();
  for (const file of files) {
    if (!file.content.ok) findings.addProblem(file.content.problem);
    const role = roleOf(file.path);
    if (role.kind === 'misnamed') {
      reportName(file, role, folders, findings);
      groups.misnamed.push({ role, file });
      continue;
    }
    const group = byBase.get(role.base) ?? { role, base: role.base, file: null, translations: [] };
    byBase.set(role.base, group);
    if (role.lang === null) group.file = file;
    else group.translations.push({ lang: role.lang, file });
  }
  for (const group of byBase.values()) {
    const { kind } = group.role;
    if (kind === 'tags') groups.tags = group.file;
    else if (kind === 'interview' || group.file !== null) groups[`${kind}s`].push(group);
    else for (const { file } of group.translations) findings.add('orphan-translation', startOf(file.path), { base: group.base });
  }
  reportMissingInterviews([...byBase.values()], findings);
  return groups;
}

/** Once for a folder with a bad name, not again for every file in it. */
function reportName(file: FolderFile, role: Misnamed, folders: Set<string>, findings: Findings): void {
  // A link to a folder is found for where it leads, not for its name.
  if (!/\.md$/i.test(file.path) || (role.folder !== null && folders.has(role.folder))) return;
  if (role.folder !== null) folders.add(role.folder);
  findings.add('invalid-file-name', startOf(file.path), { expected: role.expected });
}

function reportMissingInterviews(groups: readonly FileGroup[], findings: Findings): void {
  const there = new Set(groups.filter(({ role, file }) => role.kind === 'interview' && file !== null).map(({ role }) => role.id));
  const needed = new Set(groups.flatMap(({ role }) => role.interview ?? []));
  for (const interview of needed) {
    if (!there.has(interview)) findings.add('missing-interview', startOf(`interviews/${interview}/index.md`), { interview });
  }
}
