/** What a briefing shows: the deck's selection and order, every exchange whole; and what it must not show. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Briefing } from '../../scripts/model/outputs/briefing.ts';
import { blocksToPlain } from '../../scripts/model/text/text.ts';
import { riverProject } from '../commands/river.ts';
import { briefingsOf } from '../export/briefings.ts';
import { planDecks } from '../fit/shown-decks.ts';
import { edit, projectFrom, temporaryFolder } from '../run.ts';

const small = path.join(import.meta.dirname, '../commands/input/small');
const quoted = path.join(import.meta.dirname, '../commands/input/quoted');
const exchange = 'interviews/river/010-where-it-starts.md';

async function briefingOf(content: string, name: string): Promise<Briefing> {
  const found = (await briefingsOf(content)).get(name);
  if (found === undefined) throw new TypeError(`no briefing ${name}`);
  return found.briefing;
}

const exchangesOf = ({ sections }: Briefing) => sections.flatMap(({ exchanges }) => exchanges);

it.each([small, quoted])(
  'has the exchanges of the deck in its order, each once, with their locators, terms and bottom line: %s',
  async (content) => {
    const briefings = await briefingsOf(content);
    const { workspace, planned } = await planDecks(content, path.join(await temporaryFolder(), 'slides'));
    expect(planned).toHaveLength(briefings.size);
    for (const { deck } of planned) {
      const { briefing } = briefings.get(deck.name.replace(deck.theme, `${deck.theme}-briefing`)) ?? {};
      if (briefing === undefined) throw new TypeError(`no briefing of ${deck.name}`);
      const slides = deck.slides.flatMap((slide) => ('exchange' in slide && slide.part === 'evidence' ? [slide] : []));
      const first = slides.filter(({ continued }) => continued.index === 1);
      expect(exchangesOf(briefing).map(({ id, headline, locator, file, foreign }) => ({ id, headline, locator, file, foreign }))).toEqual(
        first.map(({ id, headline, locator, file, foreign }) => ({ id, headline, locator, file, foreign })),
      );
      // Footnotes count from 1 in the order of the text.
      expect(exchangesOf(briefing).map(({ source }) => source)).toEqual(first.map((_, index) => index + 1));
      const key = workspace.corpus.exchanges.filter((each) => each.key).map(({ interview, id }) => `${interview}/${id}`);
      const bottomLine = first
        .filter((slide) => key.includes(slide.exchange))
        .map(({ id, headline, foreign }) => ({ slide: id, text: headline, foreign, role: null }));
      expect(briefing.bottomLine.map(({ source: _, ...link }) => link)).toEqual(bottomLine);
      for (const { slide, source } of briefing.bottomLine) expect(exchangesOf(briefing)[source - 1]?.id).toBe(slide);
      const terms = deck.slides.flatMap((slide) => (slide.kind === 'glossary' ? slide.columns.flat() : []));
      expect(briefing.glossary.map(({ id }) => id)).toEqual([...new Set(terms.map(({ id }) => id))]);
      expect(briefing.sources).toEqual(deck.sources);
      // What the deck splits over slides stands in the briefing whole, letter by letter.
      const letters = (text: string) => text.replace(/\s/g, '');
      for (const each of exchangesOf(briefing)) {
        const shown = slides.filter((slide) => slide.exchange === each.exchange).flatMap((slide) => slide.blocks);
        expect(letters(each.parts.map(({ blocks }) => blocksToPlain(blocks)).join(''))).toBe(letters(blocksToPlain(shown)));
      }
    }
  },
);

it('keeps quotes apart from points, and says who speaks', async () => {
  const [first, next, draft] = exchangesOf(await briefingOf(quoted, 'dams-briefing')).filter(({ exchange: id }) => id.startsWith('ana'));
  expect(first?.parts.map((part) => [part.kind, part.kind === 'quote' ? part.by : null])).toEqual([
    ['points', null],
    ['quote', 'Ana Lima'],
  ]);
  expect(first?.locator).toMatchObject({
    start: '00:04:12',
    whichInterview: 'Ana on rivers',
    href: 'https://example.org/talk.mp4?key=a%20b#t=252,300.5',
  });
  expect(next?.numbers.map(({ value }) => value)).toEqual(['12 m']);
  expect([first?.draft, draft?.draft]).toEqual([false, true]);
});

describe('what must not leave the house', () => {
  it('is no draft, no exchange under embargo, and nothing of either', async () => {
    const project = await projectFrom(small);
    await edit(project, 'interviews/ana-2024/010-where-it-starts.md', 'key: true', 'draft: true');
    const briefing = await briefingOf(project.content, 'water-briefing');
    expect(exchangesOf(briefing).map(({ id }) => id)).toEqual(['where-it-ends']);
    expect(JSON.stringify(briefing)).not.toMatch(/spring in the hills|where-it-starts|Begin with the map/);
    await edit(project, 'interviews/ana-2024/index.md', 'lang: en', 'lang: en\nembargo: "2999"');
    await expect(briefingOf(project.content, 'water-briefing')).rejects.toThrow('no briefing water-briefing');
  });

  it.each([
    ['the interview', 'interviews/river/index.md', 'lang: en', 'lang: en\nattribution: role'],
    ['the person', 'interviews/river/index.md', 'affiliation: River Office', 'affiliation: River Office, attribution: anonymous'],
    ['one exchange', exchange, 'key: true', 'attribution: anonymous'],
  ])('is no name that %s withholds, nor the source that names everybody', async (_, file, from, to) => {
    const project = await riverProject();
    expect(JSON.stringify(await briefingOf(project.content, 'water-briefing'))).toMatch(/Ana Lima.*River Office.*example\.org/s);
    await edit(project, file, from, to);
    for (const [name, { briefing, job }] of await briefingsOf(project.content)) {
      if (!name.startsWith('water')) continue;
      expect(exchangesOf(briefing)).not.toEqual([]);
      expect(JSON.stringify([briefing, job.metadata, job.paper.html])).not.toMatch(/Ana|Lima|River Office|example\.org/);
    }
  });

  it('is a name that only the template knows', async () => {
    const project = await riverProject();
    await edit(project, 'interviews/river/index.md', 'affiliation: River Office', 'affiliation: River Office, attribution: role');
    await edit(project, 'interviews/river/index.md', 'Ben Ode', 'Ben Lima');
    await expect(briefingsOf(project.content)).rejects.toThrow('it says "Lima", and somebody of that name must not be named');
  });
});

it('prints the notes as prose unless the theme keeps them out', async () => {
  const project = await projectFrom(small);
  const notesOf = async () => exchangesOf(await briefingOf(project.content, 'water-briefing')).map(({ notes }) => blocksToPlain(notes));
  expect(await notesOf()).toEqual(['Begin with the map.', '']);
  await edit(project, 'themes/water.md', 'order: 1', 'order: 1\nnotes: false');
  expect(await notesOf()).toEqual(['', '']);
});

it('shows untranslated text in its own language, and says so', async () => {
  const project = await projectFrom(small);
  await rm(path.join(project.content, 'interviews/ana-2024/020-where-it-ends.zh.md'));
  const { briefing, job } = (await briefingsOf(project.content)).get('water-briefing.zh') ?? {};
  if (briefing === undefined || job === undefined) throw new TypeError('no briefing');
  expect(exchangesOf(briefing).map(({ foreign, headline }) => [foreign, headline])).toEqual([
    [null, '河始于一眼泉'],
    ['en', 'It ends in the sea, 300 km on'],
  ]);
  expect(job.paper.html).toMatch(/<header lang="en">\n<div class="claim" dir="auto"><h3 id="where-it-ends">/);
});
