import { SLUG } from '../../model/front-matter.ts';
import { parseQuery, type Query, tagsOfQuery } from '../../model/query.ts';
import type { Findings } from '../findings.ts';
import { suggest } from '../findings.ts';
import type { Drafts } from '../read-drafts.ts';
import type { ExchangeDraft } from './kind-exchange.ts';
import type { ThemeDraft } from './kind-theme.ts';
import type { PageMatter } from './page-matter.ts';
import { isRecord, type KeyPath } from './yaml.ts';

/**
 * Reports references to tags, terms, people and sections that do not exist. When a file that may declare them cannot be read, references
 * to it are not reported, so that one broken file is one finding.
 */
export function checkReferences(drafts: Drafts, findings: Findings): void {
  const known: Known = {
    tags: drafts.tags === null || findings.isBroken('themes') ? null : new Set([...idsOf(drafts, 'theme'), ...drafts.tags.keys()]),
    terms: findings.isBroken('terms') ? null : new Set(idsOf(drafts, 'term')),
  };
  for (const exchange of drafts.exchanges) checkExchange(exchange, known, drafts, findings);
  for (const theme of drafts.themes) checkQuery(theme, known, findings);
}

/** Returns the query of a theme, or null when it cannot be read. Reports nothing. */
export function queryOf(theme: ThemeDraft): Query | null {
  if (theme.page === null || theme.page.matter.data === null) return null;
  const source = theme.page.matter.data.query ?? theme.id;
  const parsed = typeof source === 'string' ? parseQuery(source) : null;
  return parsed?.ok === true ? parsed.query : null;
}

/** The ids that exist. Null where a file that may declare more of them cannot be read. */
interface Known {
  tags: ReadonlySet<string> | null;
  terms: ReadonlySet<string> | null;
}

/** Includes files with an invalid name: `themes/Security.md` counts as `security`, its id after renaming. */
function idsOf(drafts: Drafts, kind: 'theme' | 'term'): string[] {
  const misnamed = drafts.misnamed.filter(({ role }) => role.meant === kind).map(({ role }) => slugify(role.id));
  return [...(kind === 'theme' ? drafts.themes : drafts.terms).map(({ id }) => id), ...misnamed];
}

function slugify(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g);
  return words?.join('-') ?? '';
}

function checkExchange({ page, interview: id }: ExchangeDraft, known: Known, drafts: Drafts, findings: Findings): void {
  if (page === null) return;
  const { matter } = page;
  for (const [index, tag] of itemsAt(matter, ['tags']).entries()) {
    if (known.tags === null || !isName(tag) || known.tags.has(tag)) continue;
    findings.add('unknown-tag', matter.at(['tags', index]), { tag, suggestion: suggest(tag, known.tags) });
  }
  for (const [index, term] of itemsAt(matter, ['terms']).entries()) {
    if (known.terms === null || !isName(term) || known.terms.has(term)) continue;
    findings.add('unknown-term', matter.at(['terms', index]), { term, suggestion: suggest(term, known.terms) });
  }

  const interview = drafts.interviews.get(id);
  const value = interview?.page?.value ?? null;
  if (interview === undefined || value === null || findings.isBroken(interview.file)) return;
  const { section, speaker } = matter.data ?? {};
  const sections = value.sections.map((item) => item.id);
  if (isName(section) && !sections.includes(section)) {
    findings.add('unknown-section', matter.at(['section']), { section, suggestion: suggest(section, sections) });
  }
  const people = value.people.map((item) => item.id);
  if (isName(speaker) && !people.includes(speaker)) {
    findings.add('unknown-person', matter.at(['speaker']), { person: speaker, suggestion: suggest(speaker, people) });
  }
}

function checkQuery({ page }: ThemeDraft, known: Known, findings: Findings): void {
  const source = page?.matter.data?.query;
  if (page === null || typeof source !== 'string' || source.trim() === '') return;
  const parsed = parseQuery(source);
  if (!parsed.ok) {
    findings.add('query-syntax', page.matter.inside(['query'], parsed.offset), { found: parsed.found, expected: parsed.expected });
    return;
  }
  for (const { tag, offset } of tagsOfQuery(parsed.query)) {
    if (known.tags === null || known.tags.has(tag)) continue;
    findings.add('unknown-tag', page.matter.inside(['query'], offset), { tag, suggestion: suggest(tag, known.tags) });
  }
}

/** Values that are not written like an id are reported by the schema. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && SLUG.test(value);
}

/** Reports items of a list in the front matter that repeat the `id` of an earlier item. Reads the data before any schema. */
export function reportDuplicates(matter: PageMatter, path: KeyPath, kind: string, findings: Findings): void {
  const first = new Map<string, number>();
  for (const [index, item] of itemsAt(matter, path).entries()) {
    if (!isRecord(item) || typeof item.id !== 'string') continue;
    const earlier = first.get(item.id);
    if (earlier === undefined) first.set(item.id, index);
    else {
      const other = `line ${matter.at([...path, earlier, 'id']).line}`;
      findings.add('duplicate-id', matter.at([...path, index, 'id']), { id: item.id, kind, other });
    }
  }
}

/** Returns the items of a list in the front matter, before any schema. Empty when the value is not a list. */
export function itemsAt(matter: PageMatter, path: KeyPath): readonly unknown[] {
  let value: unknown = matter.data;
  for (const step of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  return Array.isArray(value) ? value : [];
}
