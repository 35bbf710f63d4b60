/** Presentations with words that are made to break them. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { fragments } from '../arbitraries.ts';
import { writeHostile } from '../escaping/hostile-content.ts';
import { inked, words } from '../escaping/visible.ts';
import { readPptx } from '../export/read-pptx.ts';
import { run, temporaryFolder } from '../run.ts';

it('holds whatever words the content has, and stays well-formed', async () => {
  const folder = await temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  await mkdir(at('content'));
  const given = fragments.map((text, index) => `${index}${text} ${fragments[(index * 7) % fragments.length]} end`);
  const written = await writeHostile(at('content'), given);
  const { stderr } = await run([
    'brief',
    'hostile',
    '--format',
    'pptx',
    '--content',
    at('content'),
    '--slides',
    at('slides'),
    '--out',
    at('dist'),
  ]);
  expect(stderr).toMatch(/✓ .*hostile\.pptx/);
  const { slides, files } = readPptx(await readFile(at('dist/hostile.pptx')));
  for (const [name, bytes] of Object.entries(files))
    if (/\.(?:xml|rels)$/.test(name)) expect(XMLValidator.validate(new TextDecoder().decode(bytes)), name).toBe(true);
  const shown = slides.map(({ title, paragraphs, alts }) => words([title, ...paragraphs, ...alts].join('\n'))).join('');
  expect(written.shown.length).toBeGreaterThan(40);
  expect(written.shown.map(words).filter((text) => !shown.includes(text))).toEqual([]);
  const notes = inked(slides.map((slide) => slide.notes).join('\n'));
  expect(written.noted.map(inked).filter((text) => !notes.includes(text))).toEqual([]);
});
