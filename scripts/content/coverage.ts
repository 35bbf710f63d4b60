import { matchesQuery, type Query } from '../model/query.ts';
import { type Findings, startOf } from './findings.ts';
import type { ExchangeDraft } from './kinds/kind-exchange.ts';
import type { ThemeDraft } from './kinds/kind-theme.ts';
import { queryOf } from './kinds/references.ts';
import type { Drafts } from './read-drafts.ts';

/** The bottom line has room for this many takeaways. */
const MAX_KEY_TAKEAWAYS = 5;

/** Reports themes without exchanges, exchanges without a theme and bottom lines that are too long. To be asked after all else. */
export function checkCoverage(drafts: Drafts, findings: Findings): void {
  const themes = drafts.themes.map((theme) => ({ theme, query: queryOf(theme) }));
  const exchanges = drafts.exchanges.map((exchange) => ({ exchange, tags: exchange.tags === null ? null : new Set(exchange.tags) }));
  // A theme whose query cannot be read might ask for any exchange.
  const queries = themes.flatMap(({ query }) => query ?? []);
  const allRead = queries.length === themes.length && !drafts.misnamed.some(({ role }) => role.meant === 'theme');
  if (allRead) checkUnused(exchanges, queries, findings);
  const keys = exchanges.filter(({ exchange: { page } }) => page?.value?.key === true);
  for (const { theme, query } of themes) {
    if (query === null) continue;
    checkKeyTakeaways(theme, query, keys, drafts, findings);
    checkEmpty(theme, query, exchanges, drafts, findings);
  }
}

type Tagged = { exchange: ExchangeDraft; tags: ReadonlySet<string> | null };

function checkUnused(exchanges: readonly Tagged[], queries: readonly Query[], findings: Findings): void {
  for (const { exchange, tags } of exchanges) {
    if (tags === null || exchange.page === null || findings.isBroken(exchange.file)) continue;
    if (queries.some((query) => matchesQuery(query, tags))) continue;
    findings.add('no-theme', exchange.page.matter.at(['tags']), { tags: [...tags] });
  }
}

function checkEmpty(theme: ThemeDraft, query: Query, exchanges: readonly Tagged[], drafts: Drafts, findings: Findings): void {
  // Broken exchanges count: once they are repaired the theme has them.
  const mayShow = (tags: ReadonlySet<string> | null) => tags === null || matchesQuery(query, tags);
  const shown = exchanges.some(({ exchange, tags }) => exchange.page?.matter.data?.draft !== true && mayShow(tags));
  const misnamed = drafts.misnamed.some(
    ({ role, tags }) => role.meant === 'interview' || (role.meant === 'exchange' && mayShow(tags && new Set(tags))),
  );
  if (shown || misnamed || theme.page === null) return;
  // A misspelt tag in the query is why nothing matches.
  if (findings.problems.some(({ file, code }) => file === theme.file && code === 'unknown-tag')) return;
  const written = theme.page.matter.data?.query;
  const place = typeof written === 'string' ? theme.page.matter.at(['query']) : startOf(theme.file);
  findings.add('empty-theme', place, { theme: theme.id, query: typeof written === 'string' ? written : theme.id });
}

function checkKeyTakeaways(theme: ThemeDraft, query: Query, exchanges: readonly Tagged[], drafts: Drafts, findings: Findings): void {
  if (findings.isBroken(theme.file)) return;
  const keys = exchanges.filter(({ exchange, tags }) => {
    const value = exchange.page?.value ?? null;
    const interview = drafts.interviews.get(exchange.interview);
    if (value === null || !value.key || value.draft || findings.isBroken(exchange.file)) return false;
    return interview !== undefined && !findings.isBroken(interview.file) && tags !== null && matchesQuery(query, tags);
  });
  const first = keys[MAX_KEY_TAKEAWAYS]?.exchange.page;
  if (first == null) return;
  findings.add('too-many-key-takeaways', first.matter.at(['key'], 'key'), {
    theme: theme.id,
    count: keys.length,
    limit: MAX_KEY_TAKEAWAYS,
  });
}
