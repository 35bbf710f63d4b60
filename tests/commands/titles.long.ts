/** Titles that look like HTML are text, in every output. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadPdfReader } from '../../scripts/pdf/pdf-reader.ts';
import { readPptx } from '../export/read-pptx.ts';
import { projectFrom, run } from '../run.ts';

const TITLES = {
  arrow: 'Growth -> decline',
  picture: 'Water > <img src=http://127.0.0.1:1/x>',
  refresh: 'Water > <meta http-equiv=refresh content=0;url=http://127.0.0.1:1/>',
  style: 'Water ><style>*{color:#f0f!important}</style><link x=',
};

it('a title that looks like HTML is on the cover of four outputs as it is written', async () => {
  const project = await projectFrom(path.join(import.meta.dirname, 'input/titles'));
  await mkdir(path.join(project.content, 'themes'));
  for (const [id, title] of Object.entries(TITLES))
    await writeFile(
      path.join(project.content, `themes/${id}.md`),
      `---\ntitle: '${title}'\nsubtitle: 'Under ${title}'\nquery: water\n---\n\nA summary.\n`,
    );
  const { exitCode, stderr } = await run(['brief', '--format', 'slides,handout,png,pptx', ...project.options]);
  expect(stderr).toContain('16 of 16 outputs are in');
  expect(exitCode).toBe(0);
  for (const [id, title] of Object.entries(TITLES)) {
    const wanted = inked(title);
    for (const name of [`${id}.pdf`, `${id}-handout.pdf`])
      expect(inked(await firstPage(path.join(project.out, name))), name).toContain(wanted);
    const { slides } = readPptx(await readFile(path.join(project.out, `${id}.pptx`)));
    expect(inked(slides[0]?.title ?? '')).toBe(wanted);
    expect(inked(slides[0]?.paragraphs.join('') ?? '')).toContain(inked(`Under ${title}`));
  }
});

const inked = (text: string) => text.replace(/\s/g, '');

async function firstPage(file: string): Promise<string> {
  const { getDocument } = await loadPdfReader();
  const task = getDocument({ data: new Uint8Array(await readFile(file)), isEvalSupported: false });
  try {
    const { items } = await (await (await task.promise).getPage(1)).getTextContent();
    return items.map((item) => ('str' in item ? item.str : '')).join('');
  } finally {
    await task.destroy();
  }
}
