import type { z } from 'zod';
import type { ThemeText } from '../../model/corpus.ts';
import { themeMatter, themeTranslation } from '../../model/front-matter.ts';
import { matchesQuery } from '../../model/query.ts';
import { CERTAINTIES, type Statements } from '../../model/story.ts';
import type { Block } from '../../model/text/text.ts';
import { type Findings, suggest } from '../findings.ts';
import { wholeText } from '../markdown/markdown.ts';
import type { Drafts } from '../read-drafts.ts';
import type { ExchangeDraft } from './kind-exchange.ts';
import type { Kind, PageDraft } from './page-draft.ts';
import type { PageMatter } from './page-matter.ts';
import { queryOf } from './references.ts';
import type { KeyPath } from './yaml.ts';

type ThemeMatter = z.output<typeof themeMatter>;
type ThemeTranslation = z.output<typeof themeTranslation>;

export type ThemeDraft = PageDraft<ThemeMatter, ThemeTranslation, Block[], ThemeText>;

export const themeKind: Kind<ThemeMatter, ThemeTranslation, Block[], ThemeText> = {
  schema: themeMatter,
  translationSchema: themeTranslation,
  body: wholeText,
  check({ matter, value }, findings) {
    if (value !== null) checkStory(value, matter, findings);
  },
  text: ({ title, subtitle, keywords, answer, open, story = [], certainty }, { body }) => ({
    title,
    subtitle: subtitle ?? null,
    summary: body,
    keywords,
    answer: answer ?? null,
    open: open ?? null,
    story,
    certainty: certainty === undefined ? null : statementsOf(certainty),
  }),
  translate: (base, words, { body, matter }, findings) => ({
    title: words.title ?? base.title,
    subtitle: words.subtitle ?? base.subtitle,
    summary: body.length > 0 ? body : base.summary,
    keywords: words.keywords ?? base.keywords,
    answer: words.answer ?? base.answer,
    open: words.open ?? base.open,
    story: translateStory(base.story, words.story, matter, findings),
    certainty: translateCertainty(base.certainty, words.certainty, matter, findings),
  }),
};

/** Warns when the answer and the step that carries it are not both there. */
function checkStory({ answer, story }: ThemeMatter, matter: PageMatter, findings: Findings): void {
  const carries = story?.some(({ role }) => role === 'answer') ?? false;
  if (story !== undefined && answer === undefined) findings.add('story-without-answer', matter.at(['story'], 'key'), {});
  if (story !== undefined && answer !== undefined && !carries) findings.add('answer-not-shown', matter.at(['answer']), {});
}

function statementsOf(written: NonNullable<ThemeMatter['certainty']>): Statements {
  const listed = (list: (typeof written)['states']) => list.map(({ text, show = [] }) => ({ text, show }));
  return { states: listed(written.states), expects: listed(written.expects), open: listed(written.open) };
}

/**
 * Returns the steps with the headlines of a translation, matched by position. A step without one shows the translated takeaway, not the
 * headline of the base language.
 */
function translateStory(
  base: ThemeText['story'],
  words: ThemeTranslation['story'],
  matter: PageMatter,
  findings: Findings,
): ThemeText['story'] {
  if (words !== undefined) reportLength(['story'], words.length, base.length, 'step', matter, findings);
  return base.map((step, index) => ({ ...step, say: words?.[index]?.say }));
}

function translateCertainty(
  base: Statements | null,
  words: ThemeTranslation['certainty'],
  matter: PageMatter,
  findings: Findings,
): Statements | null {
  if (words === undefined) return base;
  if (base === null) {
    const reason = 'the base file has no certainty';
    findings.add('translation-mismatch', matter.at(['certainty'], 'key'), { key: 'certainty', reason });
    return null;
  }
  const translated = { ...base };
  for (const certainty of CERTAINTIES) {
    const given = words[certainty];
    if (given === undefined) continue;
    reportLength(['certainty', certainty], given.length, base[certainty].length, 'statement', matter, findings);
    translated[certainty] = base[certainty].map(({ text, show }, index) => ({ text: given[index]?.text ?? text, show }));
  }
  return translated;
}

function reportLength(path: string[], found: number, expected: number, noun: string, matter: PageMatter, findings: Findings): void {
  if (found === expected) return;
  const reason = `the base file has ${expected} ${noun}${expected === 1 ? '' : 's'}, the translation ${found}`;
  findings.add('translation-mismatch', matter.at(path, 'key'), { key: path.join('.'), reason });
}

// What stories show: the exchanges must exist, belong to the theme, and have an exhibit

/** Reports addresses of exchanges that lead nowhere or outside of the theme, and steps without a figure or a quote. */
export function checkStories(drafts: Drafts, findings: Findings): void {
  const byId = new Map<string, ExchangeDraft[]>();
  for (const exchange of drafts.exchanges) byId.set(exchange.id, [...(byId.get(exchange.id) ?? []), exchange]);
  for (const theme of drafts.themes) new StoryCheck(theme, byId, findings).run();
}

class StoryCheck {
  readonly #theme: ThemeDraft;
  readonly #byId: ReadonlyMap<string, readonly ExchangeDraft[]>;
  readonly #findings: Findings;

  constructor(theme: ThemeDraft, byId: ReadonlyMap<string, readonly ExchangeDraft[]>, findings: Findings) {
    this.#theme = theme;
    this.#byId = byId;
    this.#findings = findings;
  }

  run(): void {
    const { page } = this.#theme;
    if (page === null || page.value === null) return;
    const { matter, value } = page;
    for (const [index, { show, figure }] of (value.story ?? []).entries()) {
      const path = ['story', index];
      const found = this.#exchanges(matter, [...path, 'show'], show);
      if (found.length === show.length) this.#checkExhibit(matter, path, found, figure);
    }
    for (const certainty of CERTAINTIES) {
      for (const [index, { show = [] }] of (value.certainty?.[certainty] ?? []).entries())
        this.#exchanges(matter, ['certainty', certainty, index, 'show'], show);
    }
  }

  /** Returns the exchanges that the theme has. The others are reported. */
  #exchanges(matter: PageMatter, path: KeyPath, addresses: readonly string[]): ExchangeDraft[] {
    const query = queryOf(this.#theme);
    return addresses.flatMap((address, index) => {
      // A single address is not written as a list.
      const listed = matter.at([...path, index]);
      const [id = '', interview = null] = address.split('/').reverse();
      const all = this.#byId.get(id) ?? [];
      const found = interview === null ? all : all.filter((exchange) => exchange.interview === interview);
      const [exchange] = found;
      if (exchange === undefined) {
        const known = interview === null ? [...this.#byId.keys()] : addressesOf(this.#byId);
        this.#findings.add('unknown-exchange', listed, { address, suggestion: suggest(address, known) });
        return [];
      }
      if (found.length > 1) {
        this.#findings.add('ambiguous-exchange', listed, { address, interviews: found.map((each) => each.interview) });
        return [];
      }
      // With unreadable tags it is unknown whether the theme has it.
      if (query !== null && exchange.tags !== null && !matchesQuery(query, new Set(exchange.tags))) {
        this.#findings.add('exchange-not-in-theme', listed, { address, theme: this.#theme.id });
        return [];
      }
      return [exchange];
    });
  }

  #checkExhibit(matter: PageMatter, path: KeyPath, shown: readonly ExchangeDraft[], figure: number | undefined): void {
    const [first] = shown;
    const count = first?.page?.value?.figures.length ?? null;
    if (figure !== undefined && count !== null && figure > count) {
      const reason = count === 0 ? `"${first?.id}" has no figures` : `"${first?.id}" has ${count} figure${count === 1 ? '' : 's'}`;
      this.#findings.add('invalid-value', matter.at([...path, 'figure']), { key: 'story.figure', reason });
      return;
    }
    const pages = shown.flatMap(({ page }) => page ?? []);
    const proves = pages.some(({ value, body }) => value === null || value.figures.length > 0 || body.body.some(isQuote));
    if (!proves) this.#findings.add('step-without-exhibit', matter.at([...path, 'show']), { exchange: first?.id ?? '' });
  }
}

const isQuote = ({ type }: Block) => type === 'quote';

function addressesOf(byId: ReadonlyMap<string, readonly ExchangeDraft[]>): string[] {
  return [...byId.values()].flatMap((all) => all.map(({ interview, id }) => `${interview}/${id}`));
}
