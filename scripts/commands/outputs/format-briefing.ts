/** Briefings as PDF, planned from the content like the decks to which they belong. */
import type { PaperExchange, PaperJob } from '../../export/outputs/paper-job.ts';
import { readImages } from '../../export/outputs/paper-job.ts';
import { NameFinder } from '../../model/names/name-finder.ts';
import type { Briefing, BriefingExchange } from '../../model/outputs/briefing.ts';
import type { GlossaryTerm } from '../../model/outputs/deck.ts';
import { deckText } from '../../model/outputs/deck-text.ts';
import { figureWords } from '../../model/outputs/figure.ts';
import type { Paper, PaperSize } from '../../model/outputs/paper.ts';
import { textsOf } from '../../model/text/text.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import { briefingName } from '../../plan/context.ts';
import { planBriefing } from '../../plan/plan-briefing.ts';
import { withheldIn } from '../../plan/withdrawal.ts';
import { authorOf } from '../../render/deck-markdown.ts';
import { renderBriefing } from '../../render/documents/briefing-page.ts';
import { type BriefingTemplates, type DocumentKind, loadBriefingTemplates } from '../../render/documents/load-style-sheet.ts';
import { tagOf } from '../../render/load-templates.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { hashPackages } from '../../shared/cache/program-version.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { projectRoot } from '../../shared/paths.ts';
import { type DeckOutcome, type DeckVerdict, whyNotReady } from '../decks/deck-outcome.ts';
import { refuseNameOfDeck } from '../decks/deck-place.ts';
import type { Settings } from '../settings.ts';
import type { Workspace } from '../workspace.ts';
import { fileOf } from './output-formats.ts';
import type { OutputRequest } from './outputs.ts';
import { documentDate } from './prepare-job.ts';

/** Returns requests for the briefings of decks that can be made, and the names of the others with the reason. */
export function briefingRequests(
  outcomes: readonly (DeckOutcome | DeckVerdict)[],
  workspace: Workspace,
  size: PaperSize,
  settings: Settings,
): { requests: OutputRequest[]; notTried: Record<string, string | null> } {
  const requests = outcomes.filter(isMakeable).map(
    (outcome): OutputRequest => ({
      format: 'briefing',
      name: briefingName(outcome.name),
      prepare: () => prepareBriefing(outcome, workspace, size, settings),
    }),
  );
  const others = outcomes
    .filter((outcome) => !isMakeable(outcome))
    .map((outcome) => [fileOf('briefing', outcome.name), whyNotReady(outcome)]);
  return { requests, notTried: Object.fromEntries(others) };
}

const isMakeable = ({ state }: DeckOutcome | DeckVerdict) => state === 'ready' || state === 'wanted';

/** Plans and renders the briefing of a deck that can be made. */
export async function prepareBriefing(
  outcome: DeckOutcome | DeckVerdict,
  workspace: Workspace,
  size: PaperSize,
  settings: Settings,
): Promise<{ job: PaperJob } | { error: ExpectedError }> {
  try {
    await refuseNameOfDeck(briefingName(outcome.name), settings);
    const briefing = planOf(outcome, workspace, settings);
    const paper = renderBriefing(briefing, workspace.templates, await templatesOf(workspace), size);
    refuseNames(paper, briefing.sources, workspace);
    return { job: await jobOf(briefing, paper, size, workspace, settings) };
  } catch (error) {
    if (error instanceof ExpectedError) return { error };
    throw error;
  }
}

function planOf({ theme: id, lang }: DeckOutcome | DeckVerdict, { corpus, templates, earlier }: Workspace, { now }: Settings): Briefing {
  const theme = corpus.themes.find((each) => each.id === id);
  if (theme === undefined) throw new TypeError(`a deck of a theme "${id}" that is not there`);
  return planBriefing(theme, { corpus, lang, today: now.toISOString().slice(0, 10), earlier, measure: templates });
}

/** Loaded when the first document needs them, so that a templates folder without them can still make decks. */
const loaded = new WeakMap<Workspace, Map<DocumentKind, Promise<BriefingTemplates>>>();

/** Returns the templates of a kind of document. */
export function templatesOf(workspace: Workspace, kind: DocumentKind = 'briefing'): Promise<BriefingTemplates> {
  const known = loaded.get(workspace) ?? new Map<DocumentKind, Promise<BriefingTemplates>>();
  const loading = known.get(kind) ?? loadBriefingTemplates(workspace.templates.dir, kind);
  loaded.set(workspace, known.set(kind, loading));
  return loading;
}

/**
 * Throws ExpectedError when a document contains a withheld name. The content itself has been searched; a name can still come from
 * templates, or appear when marks between letters are dropped.
 */
export function refuseNames({ html }: Paper, sources: readonly string[], { corpus }: Workspace): void {
  const withheld = withheldIn(new Set(sources), corpus);
  const name = withheld.length === 0 ? undefined : new NameFinder(withheld).find(deckText(html))?.text;
  if (name === undefined) return;
  throw new ExpectedError(`it says "${name}", and somebody of that name must not be named`, {
    hint: 'look for it in the names of other people and in the templates; what is an ordinary word too can stand in `ordinaryWords` of the person',
  });
}

async function jobOf(briefing: Briefing, paper: Paper, size: PaperSize, { templates }: Workspace, settings: Settings): Promise<PaperJob> {
  const { lang, name, title, subtitle, theme, date, people, sections, sources } = briefing;
  const locale = templates.locales.get(lang);
  const exchanges = sections.flatMap((section) => section.exchanges);
  const { sections: _, ...withoutSections } = briefing;
  const images = await readImages(paper.images, settings.folders.content);
  return {
    format: 'briefing',
    name,
    paper,
    size,
    images,
    languageTag: locale?.languageTag ?? lang,
    inputs: { ...hashPaper(paper, images), packages: await hashPackages(projectRoot) },
    date: documentDate(name, date, settings.env.SOURCE_DATE_EPOCH),
    metadata: {
      title: `${title} · ${locale?.labels.briefing ?? ''}`,
      author: authorOf(people),
      subject: subtitle ?? '',
      keywords: [theme],
    },
    passages: [
      ...asPassages([title, subtitle ?? '', ...textsOf(briefing.summary)], null),
      ...sections.flatMap((section) => [
        ...asPassages(sections.length > 1 ? [section.title ?? ''] : [], null),
        ...section.exchanges.flatMap((exchange) => passagesOf(exchange, tagOf(exchange.foreign ?? lang, templates.locales))),
      ]),
      ...passagesOfTerms(briefing.glossary),
    ],
    exchanges: exchanges.map(partOf),
    sources,
    unsure: unsureInDocument(exchanges, withoutSections, templates.hasGlyph),
  };
}

/** Returns SHA-256 hashes of everything that a document is made from, except the packages. */
export function hashPaper({ html, styles }: Paper, images: ReadonlyMap<string, Uint8Array>): Record<'page' | 'styles' | 'images', string> {
  return {
    page: sha256(html),
    styles: sha256(JSON.stringify([...styles])),
    images: sha256([...images.values()].map(sha256).join('\n')),
  };
}

/** Returns the manifest's entry of an exchange. A new position or number does not count as a change. */
export function partOf({ id, exchange, file, source: _number, ...shown }: BriefingExchange): PaperExchange {
  return { id, exchange, file, hash: sha256(JSON.stringify(shown)) };
}

/** Returns all text of an exchange in a document, in order. */
export function passagesOf(exchange: BriefingExchange, languageTag: string): Passage[] {
  const { id, file, headline, question, numbers, figures, parts, notes } = exchange;
  const texts = [
    headline,
    question ?? '',
    ...numbers.flatMap(({ value, label }) => [value, label]),
    ...figures.flatMap((figure) => figureWords(figure, languageTag)),
    ...parts.flatMap(({ blocks }) => textsOf(blocks)),
    ...textsOf(notes),
  ];
  return asPassages(texts, `${id}, ${file}`);
}

/** Returns texts that an output must contain. `of` is their slide or exchange, or null. */
export function asPassages(texts: readonly string[], of: string | null): Passage[] {
  return texts.filter((text) => text.trim() !== '').map((text) => ({ text, of }));
}

/** Returns the text of a document's glossary. */
export function passagesOfTerms(terms: readonly GlossaryTerm[]): Passage[] {
  return terms.flatMap(({ id, term, aliases, definition }) => asPassages([term, ...aliases, ...textsOf(definition)], `term ${id}`));
}

/** Returns characters that the theme's fonts lack: those of exchanges with their files, and those of the rest of the document. */
export function unsureInDocument(
  exchanges: readonly BriefingExchange[],
  others: object,
  hasGlyph: (character: string) => boolean,
): PaperJob['unsure'] {
  const lacking = (shown: unknown) => {
    const characters = new Set(
      JSON.stringify(shown)
        .normalize()
        .match(/[^\0-\u007f]/gu),
    );
    return [...characters].filter((character) => !hasGlyph(character));
  };
  return [
    ...lacking(others).map((character) => ({ character, file: null })),
    ...exchanges.flatMap((exchange) => lacking(exchange).map((character) => ({ character, file: exchange.file }))),
  ];
}
