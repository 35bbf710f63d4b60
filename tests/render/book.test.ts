/** The book of the content that ships, as HTML: what a reader of it would stumble over. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCorpus } from '../../scripts/content/load-corpus.ts';
import { PageMemory } from '../../scripts/content/pages/page-memory.ts';
import { planBook } from '../../scripts/plan/plan-book.ts';
import { renderBook } from '../../scripts/render/documents/document-pages.ts';
import { loadBriefingTemplates } from '../../scripts/render/documents/load-documents.ts';
import { loadTemplates } from '../../scripts/render/load-templates.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';

const dir = path.join(projectRoot, 'templates');
const folder = path.join(projectRoot, 'content');
const templates = await loadTemplates(dir);
const own = await loadBriefingTemplates(dir, 'book');
const { corpus } = await loadCorpus(folder, {
  locales: [...templates.locales.keys()],
  memory: await PageMemory.open(folder),
  canShow: templates.hasGlyph,
});

describe.each(['en', 'zh'])('in %s', (lang) => {
  const book = planBook(corpus.themes, { corpus, lang, today: '2026-11-23', earlier: null, measure: templates });
  const { html, styles } = renderBook(book, templates, own, 'a4');
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);

  it('gives no two things the same id, and leads to and counts the pages of nothing that is not there', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const named = [...html.matchAll(/(?:href="&#35;|href="#|data-page-of=")([^"]*)"/g)].map(([, id = '']) => id);
    expect(named.length).toBeGreaterThan(200);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
    expect(html).not.toContain('.pdf');
  });

  it('tells every exchange of its themes once, and numbers them in the order in which they are told', () => {
    const all = book.chapters.flatMap(({ sections }) => sections.flatMap(({ exchanges }) => exchanges));
    const told = all.flatMap((each) => (each.kind === 'told' ? [each.exchange] : []));
    expect(new Set(told.map(({ exchange }) => exchange)).size).toBe(corpus.exchanges.length);
    expect(told.map(({ source }) => source)).toEqual(told.map((_, index) => index + 1));
    expect(book.exchanges).toEqual(told);
    const referred = all.flatMap((each) => (each.kind === 'referred' ? [each] : []));
    expect(referred.length).toBeGreaterThan(0);
    for (const { to, source } of referred) expect(told[source - 1]?.id).toBe(to.id);
  });

  it('has every term once, in the order of its language', () => {
    const terms = book.glossary.map(({ term }) => term);
    expect(terms).toHaveLength(corpus.terms.length);
    expect(terms).toEqual([...terms].sort((a, b) => a.localeCompare(b, lang)));
    expect([...styles.keys()]).toEqual(['styles/fonts.css', 'styles/briefing.css', 'styles/book.css', 'styles/a4.css']);
  });
});
