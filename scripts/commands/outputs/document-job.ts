/** Jobs for documents: everything that briefings and books have in common. */
import { readImages } from '../../export/picture/clean-picture.ts';
import type { PaperExchange, PaperJob } from '../../export/run/export-job.ts';
import { Consent, refusalOf } from '../../model/consent.ts';
import type { Book } from '../../model/outputs/book.ts';
import type { Briefing, BriefingExchange } from '../../model/outputs/briefing.ts';
import type { GlossaryTerm } from '../../model/outputs/deck.ts';
import { deckText } from '../../model/outputs/deck-text.ts';
import { figureWords } from '../../model/outputs/figure.ts';
import type { Paper } from '../../model/outputs/paper.ts';
import { textsOf } from '../../model/text/text.ts';
import type { Passage } from '../../pdf/inspect/lost-words.ts';
import { authorOf } from '../../render/deck-markdown.ts';
import { type BriefingTemplates, type DocumentKind, loadBriefingTemplates } from '../../render/documents/load-documents.ts';
import { tagOf } from '../../render/load-templates.ts';
import { sha256 } from '../../shared/cache/hashes.ts';
import { hashPackages } from '../../shared/cache/program-version.ts';
import { ExpectedError } from '../../shared/errors.ts';
import { projectRoot } from '../../shared/paths.ts';
import { refuseNameOfDeck } from '../decks/deck-place.ts';
import type { Workspace } from '../workspace.ts';
import type { ContentOutput, Making } from './output.ts';
import { documentDate } from './prepare-job.ts';

/** What all formats of documents have in common. */
export const DOCUMENT = {
  ending: '.pdf',
  unit: 'page',
  from: 'content',
  part: 'exchange',
  onPaper: { styles: 'templates/briefing', others: 'its title, terms, other themes or template' },
  make: async (job, session, attempt) => (await import('../../export/outputs/print-paper.ts')).printDocument(job, session, attempt),
  async expect(job, { slides, pages = slides.length }) {
    return (await import('../../export/outputs/pdf-expectations.ts')).paperExpectation(job, pages);
  },
} satisfies Partial<ContentOutput>;

/** What a document shows. */
export interface DocumentText {
  title: string;
  subject: string;
  keywords: string[];
  /** What must be in it before the glossary, in order. */
  passages: Passage[];
  exchanges: readonly BriefingExchange[];
  /** Everything else in it. */
  others: object;
}

/** Returns the job for a rendered document. Throws ExpectedError when it has the name of a deck, or contains a withheld name. */
export async function documentJob(
  format: ContentOutput,
  { lang, name, date, people, glossary, sources }: Briefing | Book,
  paper: Paper,
  { title, subject, keywords, passages, exchanges, others }: DocumentText,
  workspace: Workspace,
  { paper: size, settings }: Pick<Making, 'paper' | 'settings'>,
): Promise<PaperJob> {
  await refuseNameOfDeck(name, settings);
  refuseNames(paper, sources, workspace);
  const { locales, hasGlyph } = workspace.templates;
  const images = await readImages(paper.images, settings.folders.content);
  return {
    format,
    name,
    paper,
    variant: { paper: size },
    images,
    languageTag: tagOf(lang, locales),
    inputs: {
      page: sha256(paper.html),
      styles: sha256(JSON.stringify([...paper.styles])),
      images: sha256([...images.values()].map(sha256).join('\n')),
      packages: await hashPackages(projectRoot),
    },
    date: documentDate(name, date, settings.env.SOURCE_DATE_EPOCH),
    metadata: { title, author: authorOf(people), subject, keywords },
    passages: [...passages, ...passagesOfTerms(glossary)],
    exchanges: exchanges.map(partOf),
    sources,
    unsure: unsureInDocument(exchanges, others, hasGlyph),
  };
}

/** Loaded when the first document needs them, so that a templates folder without them can still make decks. */
const loaded = new WeakMap<Workspace, Map<DocumentKind, Promise<BriefingTemplates>>>();

/** Returns the templates of a kind of document. */
export function templatesOf(workspace: Workspace, kind: DocumentKind): Promise<BriefingTemplates> {
  const known = loaded.get(workspace) ?? new Map<DocumentKind, Promise<BriefingTemplates>>();
  const loading = known.get(kind) ?? loadBriefingTemplates(workspace.templates.dir, kind);
  loaded.set(workspace, known.set(kind, loading));
  return loading;
}

/**
 * Throws ExpectedError when a document contains a withheld name. The content itself has been searched; a name can still come from
 * templates, or appear when marks between letters are dropped.
 */
function refuseNames({ html }: Paper, sources: readonly string[], { corpus }: Workspace): void {
  const found = Consent.of(corpus).finderFor(new Set(sources))?.find(deckText(html)) ?? null;
  if (found !== null) throw new ExpectedError(...refusalOf(found.text));
}

/** Returns the manifest's entry of an exchange. A new position or number does not count as a change. */
function partOf({ id, exchange, file, source: _number, ...shown }: BriefingExchange): PaperExchange {
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
function passagesOfTerms(terms: readonly GlossaryTerm[]): Passage[] {
  return terms.flatMap(({ id, term, aliases, definition }) => asPassages([term, ...aliases, ...textsOf(definition)], `term ${id}`));
}

/** Returns characters that the theme's fonts lack: those of exchanges with their files, and those of the rest of the document. */
function unsureInDocument(
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
