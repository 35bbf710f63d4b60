/** The last rule of "text is data": what Slidev's own parser reads in a deck is what was planned. */
import { parseSlide, parseSync } from '@slidev/parser/core';
import type { Deck } from '../model/outputs/deck.ts';
import type { FrontMatter, SlideMemory } from '../model/outputs/slide-memory.ts';
import { ExpectedError } from '../shared/errors.ts';
import type { Templates } from './load-templates.ts';

/** Throws ExpectedError when slides were split, joined or dropped, or when front matter is not the planned one. */
export function verifyDeck(markdown: string, deck: Deck, keys: Templates['keys'], memory: SlideMemory | null = null): void {
  // How a deck is cut depends on all of it, what a slide's front matter says on that slide's text alone.
  const { slides } = parseSync(markdown, `${deck.name}.md`, { noParseYAML: true });
  if (slides.length !== deck.slides.length) {
    throw broken(deck, `it has ${slides.length} slides for Slidev, but ${deck.slides.length} were planned`);
  }
  const texts = slides.map(({ raw }) => raw);
  const read = memory?.readOnce(deck.name, texts, readFrontMatter) ?? texts.map(readFrontMatter);
  for (const [index, { layout, slideId, keys: found }] of read.entries()) {
    const planned = deck.slides[index];
    if (planned === undefined || layout !== planned.kind || slideId !== planned.id) {
      throw broken(
        deck,
        `slide ${index + 1} is ${String(layout)} "${String(slideId)}" for Slidev, but ${planned?.kind} "${planned?.id}" was planned`,
      );
    }
    const known = keys[planned.kind];
    const unexpected = found.filter((key) => !known.has(key) && !(index === 0 && keys.deck.has(key)));
    if (unexpected.length > 0) throw broken(deck, `slide ${index + 1} has front matter that no template wrote: ${unexpected.join(', ')}`);
  }
  const ids = new Set<string>();
  for (const { id } of deck.slides) {
    if (ids.has(id)) throw broken(deck, `two slides have the id "${id}"`);
    ids.add(id);
  }
}

function readFrontMatter(text: string): FrontMatter {
  const { frontmatter } = parseSlide(text);
  return { layout: frontmatter.layout, slideId: frontmatter.slideId, keys: Object.keys(frontmatter) };
}

function broken(deck: Deck, what: string): ExpectedError {
  return new ExpectedError(`the generated deck ${deck.name} is not what was planned: ${what}`, {
    hint: 'a template prints text in a place it was not made for; the last good deck is kept',
  });
}
