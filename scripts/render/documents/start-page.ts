/** Renders the page that lists all decks, by theme, in every language. */
import type { DeckFile } from '../../model/outputs/deck-file.ts';
import type { Locale } from '../../model/outputs/locale.ts';
import type { CompiledTemplate } from '../engine.ts';
import { protect } from '../printable.ts';

export interface StartPage {
  decks: readonly DeckFile[];
  /** The locale of the page itself. Each deck is listed in its own language. */
  locale: Locale;
  locales: ReadonlyMap<string, Locale>;
  missing: string | null;
}

/** Returns the page as HTML. Throws ExpectedError when the template names a missing field. */
export function renderStartPage(template: CompiledTemplate, { decks, locale, locales, missing }: StartPage): string {
  const ids = [...new Set([...decks].sort((a, b) => a.order - b.order || (a.theme < b.theme ? -1 : 1)).map(({ theme }) => theme))];
  const themes = ids.map((id) => {
    const [first, ...rest] = decks.filter(({ theme }) => theme === id).sort(byLanguage);
    if (first === undefined) throw new TypeError('a theme without decks');
    const entries = [first, ...rest].map((deck) => entryOf(deck, locales.get(deck.lang) ?? locale));
    // The theme's heading is in the page's language when there is a deck in that language.
    const shown = [first, ...rest].find(({ lang }) => lang === locale.code) ?? first;
    const { title, subtitle, languageTag, name } = shown;
    return { id, accent: colourOf(shown.accent), title, subtitle, languageTag, href: `/${name}/`, decks: entries };
  });
  const context = { locale, steps: false, footer: null, image: noPicture, figure: noPicture };
  return template(protect({ languageTag: locale.languageTag, missing, themes }), context);
}

/** The labels of a deck are in its own language, not the page's. */
function entryOf({ name, title, languageTag, slides }: DeckFile, locale: Locale) {
  const label = (key: string) => locale.labels[key] ?? key;
  return {
    title,
    languageTag,
    language: locale.name,
    slides: label('slides').replace('{count}', String(slides.length)),
    show: { href: `/${name}/`, text: label('startShow') },
    presenter: { href: `/${name}/presenter/1`, text: label('startPresenter') },
    overview: { href: `/${name}/overview`, text: label('startOverview') },
  };
}

/** Sorts the deck without a language in its name first. */
function byLanguage(a: DeckFile, b: DeckFile): number {
  return Number(a.name.includes('.')) - Number(b.name.includes('.')) || (a.lang < b.lang ? -1 : 1);
}

/** Returns a colour for a style attribute. Any other text is replaced, because nothing but a colour may stand there. */
function colourOf(accent: string | null): string {
  return accent !== null && /^#[0-9a-f]{6}$/i.test(accent) ? accent : '#334155';
}

function noPicture(): never {
  throw new TypeError('the start page shows no pictures');
}
