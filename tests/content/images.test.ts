import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../scripts/model/problems/problem-text.ts';
import { type Files, inputs, loadFiles, smallPng } from './folder.ts';

const term = (markdown: string) => `---\nterm: A\n---\n\n${markdown}\n`;
const picture = (name: string) => readFile(path.join(inputs, 'images/interviews/talk/images', name));

/** The pictures that a term shows, and what is said about it. */
async function shown(markdown: string, files: Files): Promise<{ images: string[]; messages: string[] }> {
  const { corpus, problems } = await loadFiles({ 'terms/a.md': term(markdown), ...files });
  const blocks = corpus.terms[0]?.text.en?.definition ?? [];
  return {
    images: blocks.flatMap((block) => (block.type === 'image' ? [block.src] : [])),
    messages: problems.map((finding) => `${finding.severity} ${Object.values(describeProblem(finding)).join('; ')}`),
  };
}

describe('names of pictures', () => {
  it.each([
    ['![a](<map 1.png>)', 'map 1.png'],
    ['![a](map%201.png)', 'map 1.png'],
    ['![a](map 1.png)', 'map 1.png'],
    ['See ![a](map 1.png "A title") here', 'map 1.png'],
    ['![a](map (1).png)', 'map (1).png'],
    ['![a](map%201.png)', 'map%201.png'],
    ['![a](C%23.png)', 'C#.png'],
    ['![a](C#.png)', 'C#.png'],
    ['![a](what?.png)', 'what?.png'],
    ['![a](100%.png)', '100%.png'],
    ['![a](it\'s "it".png)', 'it\'s "it".png'],
    ['![a](地图.png)', '地图.png'],
    ['![a](%E5%9C%B0%E5%9B%BE.png)', '地图.png'],
    ['![a](Flüsse.png)', 'Flüsse.png'.normalize('NFD')],
    [`![a](${'Flüsse.png'.normalize('NFD')})`, 'Flüsse.png'],
    ['![a](../pictures/map&1.png)', '../pictures/map&1.png'],
  ])('%s shows %s', async (markdown, name) => {
    const file = path.posix.join('terms', name);
    expect(await shown(markdown, { [file]: smallPng })).toEqual({ images: [file], messages: [] });
  });

  it('are taken by the rules of URLs where both readings name a file', async () => {
    const { images } = await shown('![a](map%201.png)', { 'terms/map 1.png': smallPng, 'terms/map%201.png': smallPng });
    expect(images).toEqual(['terms/map 1.png']);
  });

  it('stay text where their marks are escaped', async () => {
    expect(await shown('\\![a](map 1.png) !\\[a](map 2.png)', {})).toEqual({ images: [], messages: [] });
  });

  it.each([
    ['![a](map.png)', 'Map.png', 'error there is no image "map.png"; there is "Map.png": small and capital letters in names differ'],
    ['![a](map.png?raw=1)', 'map.png', 'error there is no image "map.png?raw=1"; there is "map.png"'],
    ['![a]()', 'map.png', 'error this image names no file; write its name: ![what it shows](map.png)'],
    [
      '![a](https://example.org/map.png)',
      'map.png',
      'error "https://example.org/map.png" is not a file beside the text; pictures from elsewhere are not fetched; save it in the content folder and write its name: ![what it shows](map.png)',
    ],
    [
      '- a | ![a *b*](map 1.png)',
      'map 1.png',
      'warning "![a *b*](map 1.png)" is shown as it is typed: a path with spaces or brackets needs <> around it; write ![what it shows](<map 1.png>)',
    ],
    [
      '**![a](map.png)**',
      'map.png',
      'warning "![a](map.png)" is shown as it is typed: pictures stand between paragraphs, not in headings, tables or bold; give it a line of its own',
    ],
  ])('%s beside %s is told what to write', async (markdown, name, message) => {
    expect((await shown(markdown, { [`terms/${name}`]: smallPng })).messages).toEqual([message]);
  });
});

describe('pictures that cannot be shown as they are', () => {
  const formats = { avif: '\0\0\0 ftypavif', bmp: 'BM', tiff: 'II*\0', pdf: '%PDF-1.4' };

  it.each(Object.entries(formats))('a file in the format %s is named with its format', async (format, head) => {
    const message = `error the image "map.${format}" is there, but its format (${format}) is not shown; save it as png, jpg, webp, gif or svg`;
    expect((await shown(`![a](map.${format})`, { [`terms/map.${format}`]: head })).messages).toEqual([message]);
    const renamed = await shown('![a](map.png)', { 'terms/map.png': head });
    expect(renamed.messages).toEqual([message.replace(`map.${format}`, 'map.png')]);
  });

  it.each([
    ['cut.png', 'warning the image "cut.png" ends too soon: only a part of it would be shown'],
    ['cut.jpg', 'warning the image "cut.jpg" ends too soon: only a part of it would be shown'],
    ['head.png', 'error the image "head.png" ends before there is anything to show'],
    ['words.png', 'error the image "words.png" is no picture, whatever its name says'],
    ['empty.png', 'error the image "empty.png" is an empty file'],
    ['torn.svg', 'error the image "torn.svg" is no well-formed XML (line 1), so browsers do not show it'],
    ['bare.svg', 'error the image "bare.svg" lacks xmlns="http://www.w3.org/2000/svg", so browsers do not show it'],
    ['far.svg', 'warning the image "far.svg" asks for other files (http://example.org/x.png, base.jpg), which a picture does not get'],
    ['script.svg', 'warning the image "script.svg" has a script, which does not run in a picture'],
    ['text.svg', 'warning the image "text.svg" has text without its font, which each machine shows in another one'],
  ])('%s', async (name, message) => {
    const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${inside}</svg>`;
    const jpeg = await picture('grey.jpg');
    const files: Files = {
      'cut.png': smallPng.subarray(0, -14),
      'cut.jpg': jpeg.subarray(0, -10),
      'head.png': smallPng.subarray(0, 30),
      'words.png': 'Nothing to see',
      'empty.png': '',
      'torn.svg': svg('<g>'),
      'bare.svg': '<svg width="9" height="9"/>',
      'far.svg': svg('<image href="http://example.org/x.png"/><image href="base.jpg"/><use href="#a"/><a href="https://example.org"/>'),
      'script.svg': svg('<script>alert(1)</script>'),
      'text.svg': svg('<text>A</text>'),
    };
    const { messages } = await shown(`![a](${name})`, { [`terms/${name}`]: files[name] ?? '' });
    expect(messages.map((each) => each.replace(/; copy.*/, ''))).toEqual([message]);
  });

  it('says nothing of whole ones', async () => {
    const files = {
      'terms/a.jpg': await picture('grey.jpg'),
      'terms/b.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="url(#a)" d="M0 0h9"/></svg>',
    };
    expect((await shown('![a](a.jpg)\n\n![b](b.svg)', files)).messages).toEqual([]);
  });
});
