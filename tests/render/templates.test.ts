import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFrom, run, temporaryFolder } from '../run.ts';

const small = path.join(import.meta.dirname, '../commands/input/small');
const shipped = path.resolve(import.meta.dirname, '../../templates');

/** Runs generate with a copy of the shipped templates, changed. */
async function generateWith(change: (templates: string) => Promise<void>) {
  const project = await projectFrom(small);
  const templates = path.join(await temporaryFolder(), 'templates');
  await cp(shipped, templates, { recursive: true });
  await change(templates);
  return run(['generate', 'water', '--lang', 'en', '--templates', templates, ...project.options]);
}

describe('a broken template is one message with its place', () => {
  it.each([
    [
      'a field that the slide does not have, printed as it is',
      '{{hedline}}\n',
      /exchange\.md\.hbs:\d+:\d+: the template names "hedline", which is not there/,
    ],
    [
      'a field that the slide does not have',
      '{{yaml hedline}}\n',
      /exchange\.md\.hbs:\d+:\d+: the template names "hedline", which is not there/,
    ],
    ['a missing field in a condition', '{{#if hedline}}x{{/if}}\n', /exchange\.md\.hbs:\d+:7: the template names "hedline"/],
    ['text printed without a helper', '{{headline}}\n', /this text must be printed with a helper/],
    ['text printed raw', '{{{headline}}}\n', /this text must be printed with a helper/],
    ['a helper that does not exist', '{{shout headline}}\n', /there is no helper "shout"/],
    ['an open block', '{{#if headline}}\n', /exchange\.md\.hbs:\d+:\d+: the template cannot be read/],
    ['a label that the locale lacks', '{{html (label "nope")}}\n', /en\.json lacks the label "nope"/],
    [
      'text in a place it was not made for',
      '\n---\n\nanother slide\n',
      /is not what was planned: it has \d+ slides for Slidev, but \d+ were planned/,
    ],
  ])('%s', async (_, text, words) => {
    const { exitCode, stderr } = await generateWith((templates) => appendFile(path.join(templates, 'slides/exchange.md.hbs'), text));
    expect(stderr).toMatch(words);
    expect(exitCode).toBe(1);
  });

  it('a missing template', async () => {
    const { exitCode, stderr } = await generateWith((templates) => rm(path.join(templates, 'slides/sources.md.hbs')));
    expect(stderr).toMatch(/the templates folder lacks .*sources\.md\.hbs/);
    expect(exitCode).toBe(1);
  });

  it('a copy of the templates of an earlier version, which had none, and of a later one', async () => {
    for (const [contract, version] of [
      ['', 1],
      ['"briefdeck": { "contract": 3 },', 3],
    ] as const) {
      const { exitCode, stderr } = await generateWith(async (templates) => {
        const file = path.join(templates, 'theme/package.json');
        const text = await readFile(file, 'utf8');
        await writeFile(file, text.replace(/"briefdeck": \{[^}]*\},/, contract));
        await rm(path.join(templates, 'slides/summary.md.hbs'));
      });
      expect(exitCode).not.toBe(0);
      expect(stderr).toMatch(
        new RegExp(`the templates in \\S+ are made for version ${version} of the template contract, and this is version 2`),
      );
      expect(stderr).toContain('CHANGELOG.md says what is different');
      expect(stderr).not.toContain('bug in Briefdeck');
    }
  });

  it('a locale that is not JSON, and one that lacks its language tag', async () => {
    expect((await generateWith((templates) => writeFile(path.join(templates, 'locales/en.json'), '{'))).stderr).toMatch(
      /cannot use .*en\.json/,
    );
    expect(
      (await generateWith((templates) => writeFile(path.join(templates, 'locales/en.json'), '{"name":"x","labels":{}}'))).stderr,
    ).toMatch(/languageTag/);
  });

  it('a size that the planner needs', async () => {
    const { stderr } = await generateWith((templates) => writeFile(path.join(templates, 'theme/geometry.json'), '{}'));
    expect(stderr).toMatch(/cannot use .*geometry\.json/);
  });
});

describe('templates outside the project', () => {
  it('make the same deck', async () => {
    const { exitCode, stderr } = await generateWith(async () => {});
    expect(stderr).toContain('water.md');
    expect(exitCode).toBe(0);
  });
});
