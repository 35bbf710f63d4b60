/** Slides as pictures on the command line: names and sizes, what is fresh, replaced, refused and taken back; with the real browser. */
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { edit, filesIn, type Project, projectFrom, run } from '../run.ts';

const small = path.join(import.meta.dirname, 'input/small');
const START = 'interviews/ana-2024/010-where-it-starts.md';
const END = 'interviews/ana-2024/020-where-it-ends.md';

const make = ({ options }: Project, ...more: string[]) =>
  run(['brief', 'water', '--lang', 'en', '--format', 'png', '--json', ...more, ...options]);
const outputsOf = (stdout: string) => JSON.parse(stdout).outputs;
const names = async ({ out }: Project) => (await readdir(out, { recursive: true })).sort();

/** Of a PNG (ISO/IEC 15948): its header follows the signature of eight bytes. */
function sizeOf(png: Buffer): [number, number] {
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

async function stateOf({ options }: Project): Promise<string> {
  const { stdout } = await run(['status', '--lang', 'en', '--json', ...options]);
  return JSON.parse(stdout).decks.find(({ name }: { name: string }) => name === 'water').png;
}

it('are one for each slide, in twice its size; made again only when they would be others; none of an older, longer deck stays', async () => {
  const project = await projectFrom(small);
  expect(await stateOf(project)).toBeUndefined();
  const first = await make(project);
  expect(first.stderr).toMatch(/1 of 1 outputs are in .*\n.*water {2}6 pictures/);
  const folder = path.join(project.out, 'water');
  expect(outputsOf(first.stdout)).toEqual([
    { deck: 'water', format: 'png', status: 'done', file: expect.stringMatching(/water$/), pages: 6 },
  ]);
  const pictures = Array.from({ length: 6 }, (_, index) => `00${index + 1}.png`);
  expect(await names(project)).toEqual(['manifest.json', 'water', ...pictures.map((name) => `water/${name}`)]);
  for (const name of pictures) expect(sizeOf(await readFile(path.join(folder, name)))).toEqual([1960, 1104]);
  const manifest = JSON.parse(await readFile(path.join(project.out, 'manifest.json'), 'utf8'));
  expect(manifest.outputs.water).toMatchObject({ look: 'light', slides: { length: 6 } });

  expect(outputsOf((await make(project)).stdout)).toMatchObject([{ status: 'fresh', pages: 6 }]);
  expect(await stateOf(project)).toBe('up to date');
  const bytes = await readFile(path.join(folder, '005.png'));
  await make(project, '--force');
  expect((await readFile(path.join(folder, '005.png'))).equals(bytes)).toBe(true);

  await edit(project, END, 'tags: [water]', 'tags: [money]');
  expect(await stateOf(project)).toMatch(/^stale: /);
  const shorter = outputsOf((await make(project)).stdout);
  expect(shorter).toMatchObject([{ status: 'done' }]);
  expect(shorter[0].pages).toBeLessThan(6);
  expect(await readdir(folder)).toEqual(pictures.slice(0, shorter[0].pages));

  // Nothing of it may be published any more.
  await edit(project, START, 'question:', 'draft: true\nquestion:');
  const withdrawn = await run(['generate', '--lang', 'en', ...project.options]);
  expect(withdrawn.stderr).toMatch(/water shows what may not be published any more: removed/);
  expect(await names(project)).toEqual(['manifest.json']);
});

it('never take the place of what is not theirs', async () => {
  const project = await projectFrom(small);
  const place = path.join(project.out, 'water');
  const refusal = async () => {
    const { exitCode, stderr } = await make(project);
    expect(exitCode).toBe(1);
    return stderr;
  };
  await mkdir(place, { recursive: true });
  await writeFile(path.join(place, 'notes.txt'), 'mine');
  expect(await refusal()).toMatch(
    /✗ water not made: a folder that was not made here stands in its place, which is left alone; move or remove .*water/,
  );
  expect(await filesIn(place)).toEqual({ 'notes.txt': 'mine' });
  const { options } = project;
  const inspected = await run(['inspect', path.join(project.out, 'water.pptx'), ...options]);
  expect(inspected.stderr).toMatch(/only PDFs are inspected/);

  await rm(place, { recursive: true });
  await writeFile(place, 'mine');
  expect(await refusal()).toMatch(/a file stands in its place/);
  await rm(place);
  await symlink(project.content, place);
  expect(await refusal()).toMatch(/a link stands in its place/);
  await rm(place);

  await make(project);
  await writeFile(path.join(place, 'notes.txt'), 'mine');
  expect(await stateOf(project)).toBe('stale: it was changed by somebody else');
  expect(await refusal()).toMatch(/somebody has put "notes\.txt" into its folder/);
  expect(await readFile(path.join(place, 'notes.txt'), 'utf8')).toBe('mine');
  await rm(path.join(place, 'notes.txt'));
  // A picture that is gone or painted over is one of ours.
  await rm(path.join(place, '003.png'));
  expect((await make(project)).exitCode).toBe(0);
  expect(await readdir(place)).toHaveLength(6);
  expect((await names(project)).filter((name) => name.startsWith('.'))).toEqual([]);
});
