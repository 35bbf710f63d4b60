/** export and status on decks and PDFs that somebody has changed, with the real browser. */
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { hashPackages } from '../../scripts/shared/cache/program-version.ts';
import { filesIn, type Project, projectFrom, run, temporaryFolder } from '../run.ts';

const small = path.join(import.meta.dirname, 'input/small');

async function generated(): Promise<Project> {
  const project = await projectFrom(small);
  await run(['generate', '--lang', 'en', ...project.options]);
  return project;
}

async function statesOf({ options }: Project): Promise<Record<string, string>> {
  const { stdout } = await run(['status', '--lang', 'en', '--json', ...options]);
  const { decks }: { decks: { name: string; deck: string; pdf: string }[] } = JSON.parse(stdout);
  return Object.fromEntries(decks.map(({ name, deck, pdf }) => [name, `${deck} | ${pdf}`]));
}

it('exports what it can read; a deck that it cannot fails alone', async () => {
  const project = await generated();
  await writeFile(path.join(project.slides, 'notes.md'), '# Of somebody else\n');
  const money = path.join(project.slides, 'money.md');
  const good = await readFile(money, 'utf8');
  await writeFile(money, good.replace('briefdeck:', 'briefdeck: [').replace('title:', 'title: "'));
  const water = await run(['export', 'water', '--format', 'slides', '--json', ...project.options]);
  expect(water.stderr).not.toContain('money');
  expect(water.exitCode).toBe(0);

  const all = await run(['export', '--format', 'slides', '--json', ...project.options]);
  expect(all.exitCode).toBe(1);
  expect(JSON.parse(all.stdout).outputs).toMatchObject([
    { deck: 'money', status: 'failed', reason: expect.stringContaining('money.md') },
    { deck: 'water', status: 'fresh' },
  ]);

  await writeFile(money, good.replace('  date: "2024-05"', '  date: "last May"'));
  const odd = await run(['export', 'money', '--format', 'slides', ...project.options]);
  expect(odd.exitCode).toBe(1);
  expect(odd.stderr).toMatch(/✗ money\.pdf not made: .*its date "last May" is none/);
  expect(Object.keys(await filesIn(project.out))).toEqual(['manifest.json', 'water.pdf']);

  // What status says of that PDF, then of what others did to it and to its deck.
  expect((await statesOf(project)).water).toBe('up to date | up to date');
  await sayWhy(project);
  await appendFile(path.join(project.out, 'water.pdf'), 'x');
  expect((await statesOf(project)).water).toBe('up to date | stale: it was changed by somebody else');
  await rm(path.join(project.slides, 'water.md'));
  expect((await statesOf(project)).water).toBe('missing | stale: it was changed by somebody else');
  await writeFile(path.join(project.content, 'interviews/ana-2024/010-where-it-starts.md'), '---\nquestion: "never closed\n');
  expect((await statesOf(project)).water).toBe(
    'cannot be generated: errors in interviews/ana-2024/010-where-it-starts.md; there is no earlier version | stale: it was changed by somebody else',
  );
  await rm(path.join(project.out, 'water.pdf'));
  expect((await statesOf(project)).water).toMatch(/^cannot be generated: .* \| missing$/);
});

/** Every reason that there may be for a PDF to be made again, one after the other; all is as before at the end. */
async function sayWhy(project: Project): Promise<void> {
  const exchange = path.join(project.content, 'interviews/ana-2024/010-where-it-starts.md');
  const manifest = path.join(project.out, 'manifest.json');
  const [content, good] = [await readFile(exchange, 'utf8'), await readFile(manifest, 'utf8')];
  await writeFile(exchange, content.replace('in the hills', 'in the high hills'));
  expect((await statesOf(project)).water).toBe(
    'stale: 2 slides changed (010-where-it-starts.md) | stale: slides 2, 3 changed (010-where-it-starts.md)',
  );
  const check = await run(['generate', 'water', '--check', '--lang', 'en', '--json', ...project.options]);
  expect(check.stderr).toMatch(/water\.md no longer matches the content: 2 slides changed \(010-where-it-starts\.md\); run:/);
  expect(check.stderr).toMatch(/water\.pdf is stale: slides 2, 3 changed \(010-where-it-starts\.md\); run: npm run brief/);
  const file = 'interviews/ana-2024/010-where-it-starts.md';
  // On the slide of its step, and on its own.
  const changed = [
    { slide: 'deck.step-1', page: 2, file },
    { slide: 'where-it-starts', page: 3, file },
  ];
  expect(JSON.parse(check.stdout)).toMatchObject({
    stale: [{ why: { reason: 'slides', changed, new: [], gone: [] } }],
    stalePdfs: [{ state: 'stale', why: [{ reason: 'slides', changed, new: [], gone: [] }] }],
  });
  // Held: the last good deck stays, and the PDF is that of it.
  await writeFile(exchange, '---\nquestion: "never closed\n');
  expect((await statesOf(project)).water).toMatch(
    /^cannot be generated: errors in .*010-where-it-starts\.md; the last good version stays \| that of the last good deck$/,
  );
  await writeFile(exchange, content);

  const record = JSON.parse(good).outputs['water.pdf'];
  const because = async (change: object) => {
    const outputs = { 'water.pdf': { ...record, key: 'another', ...change } };
    await writeFile(manifest, JSON.stringify({ ...JSON.parse(good), outputs }));
    return (await statesOf(project)).water?.replace('up to date | ', '');
  };
  const input = (name: string) => because({ inputs: { ...record.inputs, [name]: 'another' } });
  expect(await input('theme')).toBe('stale: the theme (templates/theme) has changed');
  expect(await input('packages')).toBe('stale: installed packages (Slidev, fonts, tools) have changed');
  expect(await input('images')).toBe('stale: a picture on its slides has changed');
  expect(await because({ browser: 'embedded 1' })).toMatch(/^stale: it was made by another browser \(embedded 1; now .+\)$/);
  expect(await because({ program: 'another' })).toBe('stale: it was made by another version of Briefdeck');
  expect(await because({})).toBe('stale: it was made with another date or title');
  expect(await because({ slides: record.slides.map((each: object) => ({ ...each, hash: 'another' })) })).toBe(
    'stale: all 6 slides changed, as after a change of the templates',
  );
  await writeFile(manifest, '{}');
  expect((await statesOf(project)).water).toBe('up to date | stale: manifest.json does not know what it was made from');
  // PDFs are not kept in git: they are said, and no failure.
  expect((await run(['generate', 'water', '--check', '--lang', 'en', ...project.options])).exitCode).toBe(0);
  await writeFile(manifest, good);
}

it('knows the installed packages also where npm did not install them', async () => {
  const root = await temporaryFolder();
  await writeFile(path.join(root, 'package.json'), '{"dependencies":{"vite":"*","not-there":"*"}}');
  const without = await hashPackages(root);
  expect(without).toMatch(/^[0-9a-f]{64}$/);
  await writeFile(path.join(root, 'npm-shrinkwrap.json'), '{}');
  expect(await hashPackages(root)).not.toBe(without);
});

it('exports dark slides when asked to, and light ones again', async () => {
  const project = await generated();
  const bytes = () => readFile(path.join(project.out, 'money.pdf'));
  await run(['export', 'money', '--format', 'slides', ...project.options]);
  const light = await bytes();
  await run(['export', 'money', '--format', 'slides', '--dark', ...project.options]);
  // The same deck gives the same bytes, unless it looks otherwise.
  expect((await bytes()).equals(light)).toBe(false);
  expect((await statesOf(project)).money).toBe('up to date | up to date, dark');
  await run(['export', 'money', '--format', 'slides', ...project.options]);
  expect((await bytes()).equals(light)).toBe(true);
});
