/** Quotes, locators and drafts from content to paper, with the real browser. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type Block, blocksToPlain } from '../../scripts/model/text/text.ts';
import { followLocators } from '../export/locators.ts';
import { planDecks } from '../fit/shown-decks.ts';
import { projectFrom, run } from '../run.ts';

const quoted = path.join(import.meta.dirname, 'input/quoted');

it('shows every quote whole, and leads from every claim to its source', async () => {
  const project = await projectFrom(quoted);
  const { planned } = await planDecks(project.content, project.slides);
  // A word that the page does not show, be it taken away or cut off, is missed.
  const deck = await readFile(path.join(project.slides, 'dams.md'), 'utf8');
  const hidden = deck
    .replace(/<div class="points \w+">\n<ul[^>]*>\n<li>A point/, '<style>\n.range { display: none }\n</style>\n\n$&')
    .replace(
      /<div class="points \w+">\n<ul[^>]*>\n<li>The /,
      '<style>\nem { display: inline-block; width: 0; height: 0; overflow: hidden }\n</style>\n\n$&',
    );
  expect(hidden.match(/<style>/g)).toHaveLength(2);
  await writeFile(path.join(project.slides, 'hidden.md'), hidden);

  const { exitCode, stderr } = await run(['export', '--format', 'slides', ...project.options]);
  expect(exitCode).toBe(1);
  expect(stderr.match(/✗/g)).toHaveLength(1);
  expect(stderr).toMatch(
    /✗ hidden\.pdf not made: .*page 6 does not show "2–3" of "When we built[^;]*\(first-dam, interviews\/ana-2024\/010-first-dam\.md\); page 8 does not show "towns" of "The towns will build it/,
  );

  const decks = planned.map(({ deck }) => deck);
  for (const deck of decks) {
    const { missing, claims } = await followLocators(deck, path.join(project.out, `${deck.name}.pdf`));
    expect(missing).toEqual([]);
    expect(claims).toBeGreaterThan(20);
  }
  const hrefs = decks.flatMap(({ slides }) => slides.flatMap((slide) => ('locator' in slide ? slide.locator.href : [])));
  expect([...new Set(hrefs)]).toEqual([
    null,
    'https://example.org/talk.mp4?key=a%20b#t=252,300.5',
    'https://example.org/rivers',
    'https://example.org/talk.mp4?key=a%20b#t=3723',
  ]);
});

it('cuts a quote that is too long for a slide into parts that are the quote', async () => {
  const project = await projectFrom(quoted);
  const file = path.join(project.content, 'interviews/ana-2024/010-first-dam.md');
  const exchange = await readFile(file, 'utf8');
  const quote = /^> (When .*)$/m.exec(exchange)?.[1] ?? '';
  const long = `${quote} `.repeat(4).trim();
  await writeFile(file, exchange.replaceAll(quote, long));
  const { planned } = await planDecks(project.content, project.slides);
  const parts = planned[0]?.deck.slides.filter((slide) => slide.part === 'evidence' && slide.id.startsWith('first-dam')) ?? [];
  expect(parts.length).toBeGreaterThan(1);
  const quotes = parts.flatMap((slide) => ('blocks' in slide ? slide.blocks.filter(({ type }) => type === 'quote') : []));
  expect(quotes.length).toBe(parts.length);
  expect(wordsOf(quotes)).toBe(long.replace(/\s/g, ''));
});

it('marks leading sentences of an answer as a draft, in the very words of the answer', async () => {
  const project = await projectFrom(quoted);
  const { planned } = await planDecks(project.content, project.slides);
  expect(planned).toHaveLength(2);
  for (const { deck, file } of planned) {
    const drafts = deck.slides.filter((slide) => 'draft' in slide && slide.draft);
    expect(drafts.map(({ id }) => id)).toEqual(['no-points-yet']);
    const [slide] = drafts;
    const answer = await answerOf(`interviews/ana-2024/030-no-points-yet${deck.lang === 'en' ? '' : `.${deck.lang}`}.md`);
    const shown = slide !== undefined && 'blocks' in slide ? wordsOf(slide.blocks) : '';
    expect(shown).not.toBe('');
    expect(answer.replace(/[\s*]/g, '').startsWith(shown)).toBe(true);
    const label = deck.lang === 'en' ? 'Draft: leading sentences of the answer' : '草稿：取自回答的开头几句';
    expect(await readFile(file, 'utf8')).toContain(`draft: "${label}"`);
  }
});

const wordsOf = (blocks: readonly Block[]) => blocksToPlain(blocks).replace(/\s/g, '');

async function answerOf(file: string): Promise<string> {
  return (await readFile(path.join(quoted, file), 'utf8')).split('## Transcript\n')[1] ?? '';
}
