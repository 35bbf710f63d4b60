/** Words of every sort in a PDF: on its pages, in its outline and in what it says of itself; and those that no font has. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPdfReader } from '../../scripts/pdf/pdf-reader.ts';
import { TRAP } from '../arbitraries.ts';
import { writeFiles } from '../content/folder.ts';
import { run, temporaryFolder } from '../run.ts';
import { inked } from './visible.ts';

const CODE = `{{ window.${TRAP} = 1 }} <img src=x onerror=window.${TRAP}=1> $x$ \`c\``;
const TURNED = 'turned \u202e around';
const texts = {
  title: `Theme ${CODE}`,
  subtitle: `Subtitle 'a' "b" & ${TURNED}`,
  name: `Name -- (c) ${TURNED}`,
  interview: `Talk --- <!-- ${CODE}`,
  hostile: `1. ${CODE} [*,&]:hidden <Tweet id="1"> 'quoted' (c) ...`,
  long: `2) Ein Satz mit Wörtern — „so“ – und ${CODE}`.repeat(3).slice(0, 200),
  // A radical and the sign for what could not be read are wrong in a PDF, but not where they were written.
  greek: 'Καλημέρα, Привет, Tiếng Việt, 中文「引」… ⼭ \ufffd',
};

async function writeContent(content: string): Promise<void> {
  const exchange = (tag: string, takeaway: string, body: string) =>
    `---\nquestion: Why?\ntags: [${tag}]\nspeaker: ana\ntakeaway: ${JSON.stringify(takeaway)}\n---\n\n${body}\n`;
  await writeFiles(content, {
    'interviews/talk/index.md': `---\ntitle: ${JSON.stringify(texts.interview)}\ndate: "2024"\nlang: en\npeople: [{ id: ana, name: ${JSON.stringify(texts.name)}, role: interviewee }]\n---\n`,
    'interviews/talk/1-hostile.md': exchange('words', texts.hostile, `- ${'`'.repeat(4)} ${CODE} ${'`'.repeat(4)}`),
    'interviews/talk/2-long.md': exchange('words', texts.long, '- A point'),
    'interviews/talk/3-greek.md': exchange('words', texts.greek, '- A point\n\n## Notes\n\nNot 人 but ⼈, and \ufffd.'),
    'interviews/talk/4-emoji.md': exchange('pictures', 'A headline with 😀 and \ue000 in it', '- A point with 𝒜 and 𐎀'),
    'themes/words.md': `---\ntitle: ${JSON.stringify(texts.title)}\nsubtitle: ${JSON.stringify(texts.subtitle)}\n---\n`,
    'themes/pictures.md': '---\ntitle: Pictures\n---\n',
  });
}

describe('a PDF', () => {
  it('has the words of the content on its pages, in its outline and in its metadata; a character that no font has is a box, and a warning', async () => {
    const folder = await temporaryFolder();
    const at = (name: string) => path.join(folder, name);
    await writeContent(at('content'));
    const { exitCode, stderr } = await run([
      'brief',
      '--format',
      'slides,briefing,handout',
      '--content',
      at('content'),
      '--slides',
      at('slides'),
      '--out',
      at('dist'),
    ]);
    expect(stderr).toContain(
      'interviews/talk/4-emoji.md:5:35 warning no-glyph: no font of the theme has "\ue000" (U+E000); "𐎀" (U+10380): a box is shown',
    );
    for (const name of ['words', 'words-briefing', 'words-handout', 'pictures', 'pictures-briefing', 'pictures-handout'])
      expect(stderr).toMatch(new RegExp(`✓ \\S.*${name}\\.pdf`));
    expect(exitCode).toBe(0);

    const pdf = await readPdf(at('dist/words.pdf'));
    const told = [texts.hostile, texts.long, texts.greek];
    const headlines = [texts.title, 'The argument in brief', ...told, ...told, 'Sources'];
    const parts = ['In short', ...headlines.slice(0, 5), 'Evidence', ...told, 'Reference', 'Sources'];
    expect(pdf.outline.map(inked)).toEqual(parts.map(inked));
    // The mark that turns the line is no glyph, so it is not on the page; and nothing else is turned by it.
    const words = (text: string) => inked(text).replace('\u202e', '').normalize('NFKC');
    for (const [index, headline] of headlines.entries()) expect(words(pdf.pages[index] ?? '')).toContain(words(headline));
    expect(pdf.info).toMatchObject({ Title: texts.title, Subject: texts.subtitle, Author: `\u2068${texts.name}\u2069`, Keywords: 'words' });
  });
});

interface Entry {
  title: string;
  items: Entry[];
}

async function readPdf(file: string): Promise<{ pages: string[]; outline: string[]; info: object }> {
  const { getDocument } = await loadPdfReader();
  const task = getDocument({ data: new Uint8Array(await readFile(file)), isEvalSupported: false });
  try {
    const document = await task.promise;
    const pages: string[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const { items } = await (await document.getPage(number)).getTextContent();
      pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
    }
    const titlesOf = (entries: readonly Entry[]): string[] => entries.flatMap(({ title, items }) => [title, ...titlesOf(items)]);
    const outline: Entry[] | null = await document.getOutline();
    return { pages, outline: titlesOf(outline ?? []), info: (await document.getMetadata()).info };
  } finally {
    await task.destroy();
  }
}
