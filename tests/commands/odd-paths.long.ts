/** Contents and pictures whose paths have marks that mean something in addresses, through every output; with the real browser. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { smallPng } from '../content/folder.ts';
import { run, temporaryFolder } from '../run.ts';

it.each(['C# talk', 'what?', '100% {sure} & [more]'])(
  'a content folder in "%s" makes every output, with pictures of any name',
  async (name) => {
    const folder = await temporaryFolder();
    const content = path.join(folder, name, 'content');
    await mkdir(path.dirname(content), { recursive: true });
    await cp(path.join(import.meta.dirname, 'input/small'), content, { recursive: true });
    const pictures = ['map.png', "it's 1#2?.png", '100%20.png'];
    const exchange = path.join(content, 'interviews/ana-2024');
    for (const picture of pictures) await writeFile(path.join(exchange, picture), smallPng);
    const shown = pictures.map((picture) => `![A map](<${picture}>)`).join('\n\n');
    await writeFile(path.join(exchange, '030-map.md'), `---\nquestion: Where is it?\ntags: [water]\n---\n\n${shown}\n`);
    const options = ['--content', content, '--slides', path.join(folder, 'slides'), '--out', path.join(folder, name, 'dist')];
    const { stdout, stderr } = await run([
      'brief',
      'water',
      '--lang',
      'en',
      '--format',
      'slides,briefing,handout,png,pptx',
      '--json',
      ...options,
    ]);
    expect(
      JSON.parse(stdout).outputs.map(({ format, status }: Record<string, string>) => `${format} ${status}`),
      stderr,
    ).toEqual(Array.from({ length: 5 }, () => expect.stringContaining('done')));
  },
);
