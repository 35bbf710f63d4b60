import { appendFile, cp } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { DeckFile } from '../../scripts/model/outputs/deck-file.ts';
import { loadStartPage } from '../../scripts/render/documents/load-start-page.ts';
import { temporaryFolder } from '../run.ts';

const templates = path.resolve(import.meta.dirname, '../../templates');
const deck: DeckFile = {
  name: 'scaling',
  file: '/slides/scaling.md',
  theme: 'scaling',
  order: 0,
  lang: 'en',
  languageTag: 'en-GB',
  title: '<script>alert(1)</script> & {{ 1 + 1 }}',
  subtitle: null,
  accent: '#123456; } body { display: none',
  author: '',
  date: '2023',
  notes: true,
  parts: null,
  slides: [
    {
      id: 'cover',
      headline: 'Scaling',
      part: null,
      continued: null,
      section: null,
      source: null,
      words: [],
      notes: [],
      hash: '',
      characters: [],
    },
  ],
};

it('shows text as text, and no colour that is none', async () => {
  const html = await loadStartPage(templates, { decks: [deck], lang: 'en', missing: '"><b>x' });
  expect(html).not.toMatch(/<script>|<b>x|display: none/);
  expect(html).toContain('alert');
  expect(html).toContain('href="/scaling/presenter/1"');
});

it('is in the language asked for, in the first one when there is no such locale, and says when there are no decks', async () => {
  expect(await loadStartPage(templates, { decks: [deck], lang: 'zh', missing: null })).toMatch(/<html lang="zh-Hans">[\s\S]*1 slides/);
  expect(await loadStartPage(templates, { decks: [], lang: 'xx', missing: null })).toMatch(/<html lang="en-GB">[\s\S]*run generate/);
});

it('a broken template is one message with its place', async () => {
  const copy = path.join(await temporaryFolder(), 'templates');
  await cp(templates, copy, { recursive: true });
  await appendFile(path.join(copy, 'start.html.hbs'), '{{html nothing}}\n');
  await expect(loadStartPage(copy, { decks: [deck], lang: 'en', missing: null })).rejects.toThrow(
    /start\.html\.hbs:\d+:8: the template names "nothing"/,
  );
});
