/** Briefings on the command line: formats and paper, what is fresh, stale, taken back, or cannot be made; with the real browser. briefing.long.ts has odd names and emphasis in Chinese. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { edit, filesIn, type Project, projectFrom, run } from '../run.ts';
import { exchange, interview, riverProject } from './river.ts';

const small = path.join(import.meta.dirname, 'input/small');
const START = 'interviews/ana-2024/010-where-it-starts.md';

const outputsOf = (stdout: string): string[] =>
  JSON.parse(stdout).outputs.map(({ deck, status }: Record<string, string>) => `${deck} ${status}`);
const manifestOf = async ({ out }: Project) => JSON.parse(await readFile(path.join(out, 'manifest.json'), 'utf8'));

async function stateOf({ options }: Project): Promise<string> {
  const { stdout } = await run(['status', '--lang', 'en', '--json', ...options]);
  return JSON.parse(stdout).decks.find(({ name }: { name: string }) => name === 'water').briefing;
}

it('is made from the content alone, again only when it would be another one, and status says why', async () => {
  const project = await projectFrom(small);
  const make = (...more: string[]) =>
    run(['export', 'water', '--lang', 'en', '--format', 'briefing', '--json', ...more, ...project.options]);
  expect(await stateOf(project)).toBe('missing');
  const first = await make();
  expect(first.exitCode).toBe(0);
  expect(outputsOf(first.stdout)).toEqual(['water-briefing done']);
  expect(Object.keys(await filesIn(project.out))).toEqual(['manifest.json', 'water-briefing.pdf']);
  expect(await filesIn(project.slides)).toEqual({});
  const entry = (await manifestOf(project)).outputs['water-briefing.pdf'];
  expect(entry).toMatchObject({
    paper: 'a4',
    slides: [
      { page: 1, slide: 'where-it-starts', exchange: 'ana-2024/where-it-starts', file: START },
      { page: expect.any(Number), slide: 'where-it-ends', exchange: 'ana-2024/where-it-ends' },
    ],
    generatedFrom: [
      'interviews/ana-2024/010-where-it-starts.md',
      'interviews/ana-2024/020-where-it-ends.md',
      'interviews/ana-2024/index.md',
      'terms/spring.md',
      'themes/water.md',
    ],
  });

  // Fresh: no browser is started, so none that cannot start is missed.
  expect(outputsOf((await make()).stdout)).toEqual(['water-briefing fresh']);
  expect(await stateOf(project)).toBe('up to date');
  await edit(project, START, 'Begin with the map', 'Begin with a map');
  expect(await stateOf(project)).toBe('stale: 1 exchange changed (010-where-it-starts.md)');
  const check = await run(['generate', 'water', '--check', '--lang', 'en', '--json', ...project.options]);
  expect(check.stderr).toMatch(/water-briefing\.pdf is stale: 1 exchange changed \(010-where-it-starts\.md\); run: npm run brief/);
  await edit(project, START, 'Begin with a map', 'Begin with the map');
  await edit(project, 'terms/spring.md', 'A place', 'The place');
  expect(await stateOf(project)).toBe('stale: its title, terms, other themes or template have changed');
  await edit(project, 'terms/spring.md', 'The place', 'A place');
  await writeFile(path.join(project.content, START), '---\nquestion: "never closed\n');
  expect(await stateOf(project)).toBe('that of the last good deck');
  const held = await make();
  expect(held.exitCode).toBe(1);
  expect(held.stderr).toMatch(
    /✗ water-briefing\.pdf not made: content with errors belongs to it: interviews\/ana-2024\/010-where-it-starts\.md/,
  );
  expect(Object.keys(await filesIn(project.out))).toEqual(['manifest.json', 'water-briefing.pdf']);
});

it('is printed on Letter when asked to, and stays so for status', async () => {
  const project = await projectFrom(small);
  const { exitCode } = await run(['brief', 'water', '--lang', 'en', '--format', 'briefing', '--paper', 'letter', ...project.options]);
  expect(exitCode).toBe(0);
  expect((await manifestOf(project)).outputs['water-briefing.pdf'].paper).toBe('letter');
  expect(await stateOf(project)).toBe('up to date, Letter');
});

it('fails for itself where the content cannot be read, while decks are exported', async () => {
  const project = await projectFrom(small);
  await run(['generate', 'money', '--lang', 'en', ...project.options]);
  await rename(project.content, `${project.content}-away`);
  const { exitCode, stderr } = await run(['export', '--lang', 'en', ...project.options.map((each) => each), '--format', 'slides,briefing']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/✗ money-briefing\.pdf not made: .*content/);
  // The picture lay in the content too.
  expect(stderr).toMatch(/✗ money\.pdf not made: .*towns\.svg/);
  expect((await run(['export', '--format', 'briefing', ...project.options])).stderr).toMatch(/cannot read the content folder/);
});

it('is taken back when somebody in it is withheld and no deck is there to tell whom it names', async () => {
  const project = await riverProject();
  await run(['export', '--lang', 'en', '--format', 'briefing', ...project.options]);
  await edit(project, interview, 'affiliation: River Office', 'affiliation: River Office, attribution: role');
  await edit(project, exchange, 'tags: [', 'tags: [nothing-knows-this, ');
  const { stderr } = await run(['generate', '--lang', 'en', ...project.options]);
  expect(stderr).toMatch(/water-briefing\.pdf shows what may not be published any more: removed/);
  expect(Object.keys(await filesIn(project.out))).not.toContain('water-briefing.pdf');
  await rm(project.out, { recursive: true });
});

it('is inspected against the content that it was made from, while that is still the same', async () => {
  const project = await projectFrom(small);
  await run(['export', 'water', '--lang', 'en', '--format', 'briefing', ...project.options]);
  const inspected = async () => {
    const { stdout } = await run(['inspect', path.join(project.out, 'water-briefing.pdf'), '--json', ...project.options]);
    return JSON.parse(stdout).files[0];
  };
  expect(await inspected()).toMatchObject({ faults: [], languageTag: 'en-GB', notChecked: null });
  await edit(project, START, 'in the hills', 'in the high hills');
  expect(await inspected()).toMatchObject({
    faults: [],
    notChecked: { what: ['language', 'words'], why: 'the content that it was made from has changed since' },
  });
});
