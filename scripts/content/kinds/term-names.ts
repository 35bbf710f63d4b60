import type { Findings } from '../findings.ts';
import type { TermDraft } from './kind-term.ts';
import type { Matter } from './page-matter.ts';
import type { KeyPath } from './yaml-position.ts';

/** Reports names and aliases that two terms share in the same language, whatever their case: a reader could not tell them apart. */
export function checkTermNames(terms: readonly TermDraft[], findings: Findings): void {
  const owners = new Map<string, { id: string; file: string }>();
  for (const { id, lang, page, translations } of terms) {
    const pages = [...(page === null || lang === null ? [] : [{ lang, page }]), ...translations];
    for (const written of pages) {
      const { matter, value, file } = written.page;
      if (value === null) continue;
      for (const { name, path } of namesIn(value)) {
        const key = `${written.lang} ${name.normalize('NFKC').toLowerCase()}`;
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, { id, file });
        else if (owner.id !== id) report(name, matter, path, owner.file, findings);
      }
    }
  }
}

function namesIn({ term, aliases = [] }: { term?: string | undefined; aliases?: string[] | undefined }): { name: string; path: KeyPath }[] {
  const own = term === undefined ? [] : [{ name: term, path: ['term'] }];
  return [...own, ...aliases.map((name, index) => ({ name, path: ['aliases', index] }))];
}

function report(name: string, matter: Matter, path: KeyPath, other: string, findings: Findings): void {
  findings.add('duplicate-id', matter.at(path), { id: name, kind: 'term name', other });
}
