import { type Findings, startOf } from './findings.ts';
import type { Drafts } from './read-drafts.ts';

/** Every language that some file is written in: the base language, then the others in order of their code. */
export function languagesOf(drafts: Drafts, locales: readonly string[]): string[] {
  const found = new Set<string>();
  for (const draft of translatable(drafts)) {
    if (draft.lang !== null) found.add(draft.lang);
    for (const lang of draft.translated) if (locales.includes(lang)) found.add(lang);
  }
  found.delete(drafts.baseLanguage);
  return [drafts.baseLanguage, ...[...found].sort()];
}

/** Warns of every base file that has no text in one of the wanted languages. */
export function checkTranslations(drafts: Drafts, wanted: readonly string[], findings: Findings): void {
  for (const { file, lang, translated } of translatable(drafts)) {
    for (const language of wanted) {
      if (lang === null || language === lang || translated.has(language)) continue;
      findings.add('missing-translation', startOf(file), { language, base: file });
    }
  }
}

function translatable({ interviews, exchanges, themes, terms }: Drafts) {
  const there = [...interviews.values()].filter(({ page }) => page !== null);
  return [...there, ...exchanges, ...themes, ...terms];
}
