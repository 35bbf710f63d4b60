/** Slides as presentations on the command line: what can be edited in them, what is a picture, whose changes are kept; with the real browser. */
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sha256 } from '../../scripts/shared/cache/hashes.ts';
import { readPptx } from '../export/read-pptx.ts';
import { edit, type Project, projectFrom, run } from '../run.ts';
import { exchange, riverProject } from './river.ts';

const small = path.join(import.meta.dirname, 'input/small');
const quoted = path.join(import.meta.dirname, 'input/quoted');

const make = ({ options }: Project, ...more: string[]) => run(['brief', '--format', 'pptx', '--json', ...more, ...options]);
const read = async ({ out }: Project, name: string) => readPptx(await readFile(path.join(out, name)));
const hashOf = async ({ out }: Project, name: string) => sha256(await readFile(path.join(out, name)));

it('has titles, text, notes, links and descriptions in both languages, and the same bytes at any time', async () => {
  const project = await projectFrom(small);
  const { exitCode, stdout, stderr } = await make(project);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/4 of 4 outputs are in [\s\S]*water\.pptx {2}6 slides/);
  expect(JSON.parse(stdout).outputs[0]).toMatchObject({ format: 'pptx', status: 'done', file: expect.stringMatching(/\.pptx$/) });

  const water = await read(project, 'water.pptx');
  expect(water.slides.map(({ title }) => title)).toEqual([
    'Water',
    'The river starts as a spring',
    'The river starts as a spring',
    'It ends in the sea, 300 km on',
    'Glossary',
    'Sources',
  ]);
  expect(water.sections).toEqual(['In short', 'Evidence', 'Reference']);
  const [cover, step, start, end, , sources] = water.slides;
  expect(cover?.paragraphs).toEqual(expect.arrayContaining(['From spring to sea', 'Ana Lima']));
  expect(cover?.notes).toBe('What she says of water.');
  // From the claim to its evidence, and back.
  expect(step?.links).toEqual(['slide3.xml']);
  // Steps are for presenting; here every point is there.
  expect(start?.paragraphs).toEqual(
    expect.arrayContaining(['It starts as a spring in the hills.', '{{ 1 + 1 }} and <b>markup</b> stay what they are.']),
  );
  expect(start?.xml).toMatch(/<a:rPr lang="en-GB"[^>]* b="1"[^>]*>(?:(?!<\/a:r>).)*<a:t>spring<\/a:t>/);
  expect(start?.xml).toMatch(/<a:buChar char="–"\/>/);
  expect(start?.notes).toMatch(/^Begin with the map\.\nQuestion: Where does the river start\?\nSource: Ana Lima/);
  expect(start?.links).toEqual(expect.arrayContaining(['slide2.xml', 'slide5.xml', 'https://example.org/rivers']));
  expect(start?.xml).toContain('type="slidenum"');
  expect(end?.paragraphs).toEqual(expect.arrayContaining(['300 km', 'from spring to sea']));
  expect(sources?.links).toEqual(expect.arrayContaining(['slide3.xml', 'slide4.xml', 'https://example.org/rivers']));
  const theme = new TextDecoder().decode(water.files['ppt/theme/theme1.xml']);
  expect(theme).toMatch(
    /<a:accent1><a:srgbClr val="0F766E"\/>[\s\S]*<a:majorFont><a:latin typeface="Source Serif 4"[\s\S]*<a:ea typeface="Noto Sans SC"/,
  );

  const chinese = await read(project, 'water.zh.pptx');
  expect(chinese.slides[2]?.title).toBe('河始于一眼泉');
  expect(chinese.slides[2]?.xml).toContain('lang="zh-CN"');
  expect(chinese.slides[2]?.notes).toContain('先看地图。');
  // A picture of the content, with what it shows in words: beside the claim and beside its evidence.
  expect((await read(project, 'money.pptx')).slides.flatMap(({ alts }) => alts)).toEqual(
    Array.from({ length: 2 }, () => 'Two towns on the river'),
  );
  expect((await read(project, 'money.zh.pptx')).slides.flatMap(({ alts }) => alts)).toEqual(
    Array.from({ length: 2 }, () => '河边的两座镇'),
  );

  const before = await hashOf(project, 'water.pptx');
  expect(JSON.parse((await make(project)).stdout).outputs).toMatchObject(Array.from({ length: 4 }, () => ({ status: 'fresh' })));
  await make(project, '--force', '--lang', 'en');
  expect(await hashOf(project, 'water.pptx')).toBe(before);
});

it('has quotes and lists with their levels; what somebody has changed is theirs, also when it is taken back', async () => {
  const project = await projectFrom(quoted);
  expect((await make(project, '--lang', 'en')).exitCode).toBe(0);
  const { slides } = await read(project, 'dams.pptx');
  const text = slides.flatMap(({ paragraphs }) => paragraphs).join('\n');
  expect(text).toContain('Weight. Nothing else.');
  expect(text).toContain('nobody could tell what the river would do');
  expect(text).toContain('— Eva Ruiz');
  // The quotation mark is not read aloud.
  const quotes = slides.filter(({ paragraphs }) => paragraphs.includes('— Eva Ruiz'));
  expect(quotes.length).toBeGreaterThan(0);
  for (const { xml } of quotes) expect(xml).toMatch(/<p:sp>(?:(?!<\/p:sp>).)*adec:decorative(?:(?!<\/p:sp>).)*<a:t>“<\/a:t>/s);

  const file = path.join(project.out, 'dams.pptx');
  await appendFile(file, 'x');
  const states = async () => {
    const { stdout } = await run(['status', '--lang', 'en', '--json', ...project.options]);
    return JSON.parse(stdout).decks[0].pptx;
  };
  expect(await states()).toBe('stale: it was changed by somebody else');
  const refused = await make(project, '--lang', 'en', '--force');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(/✗ dams\.pptx not made: somebody has changed the file, which is left alone; move or remove .*dams\.pptx/);
  expect((await readFile(file)).subarray(-1).toString()).toBe('x');
  await rm(path.join(project.out, 'manifest.json'));
  await writeFile(file, 'mine');
  expect((await make(project, '--lang', 'en')).stderr).toMatch(/a file that was not made here stands in its place/);
});

it('names nobody who is withheld', async () => {
  const project = await riverProject();
  await run(['brief', 'water', '--format', 'pptx', '--lang', 'en', ...project.options]);
  expect((await read(project, 'water.pptx')).slides[0]?.paragraphs.join(' ')).toContain('Ana Lima');
  await edit(project, 'interviews/river/index.md', 'affiliation: River Office', 'affiliation: River Office, attribution: role');
  const again = await run(['brief', 'water', '--format', 'pptx', '--lang', 'en', ...project.options]);
  expect(again.exitCode).toBe(0);
  const { files } = await read(project, 'water.pptx');
  for (const [name, bytes] of Object.entries(files))
    if (/\.(?:xml|rels)$/.test(name)) expect(new TextDecoder().decode(bytes)).not.toMatch(/Lima/);
  // A deck of before, exported with what the content says now.
  const deck = path.join(project.slides, 'water.md');
  await writeFile(deck, (await readFile(deck, 'utf8')).replace('Begin with the map', 'Begin with Ana Lima'));
  const refused = await run(['export', 'water', '--format', 'pptx', '--lang', 'en', ...project.options]);
  expect(refused.stderr).toMatch(/✗ water\.pptx not made: it says "Ana Lima", and somebody of that name must not be named/);
  expect(exchange).toContain('river');
});

it('has a Chinese point of several lines as one text, though the page keeps its words whole', async () => {
  const project = await projectFrom(small);
  const point =
    '机制可解释性要弄懂的正是模型里面发生着什么，而不只是它说了什么；训练本质上是预测并理解世界，所管的是事实，不是观点，也不是价值。';
  const file = path.join(project.content, 'interviews/ana-2024/020-where-it-ends.zh.md');
  await appendFile(file, `- ${point}\n`);
  expect((await make(project, 'water', '--lang', 'zh')).exitCode).toBe(0);
  expect(await readFile(path.join(project.slides, 'water.zh.md'), 'utf8')).toContain('<span class="word">');
  const { slides } = await read(project, 'water.zh.pptx');
  expect(slides.some(({ xml }) => xml.includes(`<a:t>${point}</a:t>`))).toBe(true);
});
