/** What a deck shows and what keeps it from being made, through the command line: folders in, decks out. */
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { edit, filesIn, type Project, projectFrom, run } from '../run.ts';

const small = path.join(import.meta.dirname, '../commands/input/small');
const exchange = 'interviews/ana-2024/010-where-it-starts.md';

async function deckOf(project: Project, name = 'water.md'): Promise<string> {
  await run(['generate', ...project.options]);
  return (await filesIn(project.slides))[name] ?? '';
}

/** The text of a slide up to the end of its notes. */
function slideOf(deck: string, id: string): string {
  const from = deck.indexOf(`slideId: "${id}"`);
  return deck.slice(from, deck.indexOf('-->', from));
}

describe('a broken file never takes an exchange from a deck silently', () => {
  it('when the tag of the theme itself is misspelt', async () => {
    const project = await projectFrom(small);
    const before = await deckOf(project);
    await edit(project, exchange, '[water, rivers]', '[watr, rivers]');
    expect(await deckOf(project)).toBe(before);
  });

  it('when there is no earlier version to look at', async () => {
    const project = await projectFrom(small);
    await writeFile(path.join(project.content, exchange), '---\nquestion: "never closed\n');
    expect(await deckOf(project)).toBe('');
  });

  it('when the interview itself is broken', async () => {
    const project = await projectFrom(small);
    const before = await deckOf(project);
    await edit(project, 'interviews/ana-2024/index.md', 'lang: en', 'lang: 7');
    expect(await deckOf(project)).toBe(before);
    await rm(project.slides, { recursive: true });
    expect(await deckOf(project)).toBe('');
  });

  it('when the folder of the interview has a name that cannot be read', async () => {
    const project = await projectFrom(small);
    const before = await deckOf(project);
    await rename(path.join(project.content, 'interviews/ana-2024'), path.join(project.content, 'interviews/Ana 2024'));
    expect(await deckOf(project)).toBe(before);
  });
});

describe('ids', () => {
  it('of exchanges cannot be taken for those of other slides', async () => {
    const project = await projectFrom(small);
    for (const lang of ['', '.zh']) {
      await rename(
        path.join(project.content, `interviews/ana-2024/020-where-it-ends${lang}.md`),
        path.join(project.content, `interviews/ana-2024/020-cover${lang}.md`),
      );
    }
    const deck = await deckOf(project);
    const ids = [...deck.matchAll(/^slideId: (".*")$/gm)].map(([, id]) => id);
    expect(ids).toContain('"cover"');
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('what does not fit', () => {
  it('goes on or into the notes: nine terms, eight numbers, a long question and twenty sources make a deck', async () => {
    const project = await projectFrom(small);
    for (let n = 1; n <= 9; n += 1)
      await writeFile(path.join(project.content, `terms/t${n}.md`), `---\nterm: A rather long term number ${n}\n---\n\nWhat it means.\n`);
    const numbers = Array.from({ length: 8 }, (_, n) => `  - { kind: number, value: "${n}", label: a label, alt: The number ${n} }`).join(
      '\n',
    );
    const question =
      'Why does the water of this river, which starts in the hills and ends in the sea three hundred kilometres on, never run dry in summer, as so many other rivers of the country do now?';
    await writeFile(
      path.join(project.content, 'interviews/ana-2024/040-long.md'),
      `---\nquestion: ${question}\ntakeaway: It has nine springs\ntags: [water]\nterms: [${Array.from({ length: 9 }, (_, n) => `t${n + 1}`).join(', ')}]\nfigures:\n${numbers}\n---\n\n- One.\n`,
    );
    for (let n = 0; n < 20; n += 1) {
      await writeFile(
        path.join(project.content, `interviews/ana-2024/${100 + n}-e${n}.md`),
        `---\nquestion: Question ${n}?\ntakeaway: ${'A long takeaway that says a great deal '.repeat(4)}${n}\ntags: [water]\n---\n\n- Point.\n`,
      );
    }
    const { exitCode, stderr } = await run(['brief', 'water', '--lang', 'en', ...project.options]);
    expect(stderr).not.toContain('✗');
    expect(exitCode).toBe(0);
    const slide = slideOf(await deckOf(project), 'long');
    expect(slide.match(/class="number"/g)).toHaveLength(3);
    expect(slide).toContain('more: "More in the briefing"');
    expect(slide.match(/^The number \d$/gm)).toEqual(['The number 3', 'The number 4', 'The number 5', 'The number 6', 'The number 7']);
  });
});
