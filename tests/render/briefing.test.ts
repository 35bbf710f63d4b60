/** Briefings as HTML: golden pages of the small fixture, and what is refused. */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadBriefingTemplates } from '../../scripts/render/documents/load-documents.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { briefingsOf } from '../export/briefings.ts';
import { projectFrom, run, temporaryFolder } from '../run.ts';

const small = path.join(import.meta.dirname, '../commands/input/small');
const output = path.join(import.meta.dirname, '../commands/output/small');

it('are pages as the golden files have them', async () => {
  const briefings = await briefingsOf(small);
  expect([...briefings.keys()]).toEqual(['water-briefing', 'water-briefing.zh', 'money-briefing', 'money-briefing.zh']);
  for (const [name, { job }] of briefings) await expect(job.paper.html).toMatchFileSnapshot(path.join(output, `${name}.html`));
});

it('name no other files than their style sheets, fonts and images', async () => {
  const { job } = (await briefingsOf(small)).get('money-briefing') ?? {};
  expect([...(job?.paper.styles.keys() ?? [])]).toEqual(['styles/fonts.css', 'styles/briefing.css', 'styles/a4.css']);
  expect([...(job?.paper.images ?? [])]).toEqual([['content/interviews/ana-2024/towns.svg', 'interviews/ana-2024/towns.svg']]);
  const css = [...(job?.paper.styles.values() ?? [])].join('\n');
  const named = [...css.matchAll(/url\(([^)]*)\)/g)].map(([, address = '']) => address.replaceAll('"', '').replace('../', ''));
  expect(new Set(named)).toEqual(new Set(job?.paper.fonts.keys()));
  expect(named.every((address) => /^fonts\/[\w-]+\.(?:woff2|ttf)$/.test(address))).toBe(true);
  // The same text on every machine: no path of this one.
  expect(css).not.toContain(projectRoot);
});

describe('templates', () => {
  const copy = async () => {
    const folder = path.join(await temporaryFolder(), 'templates');
    await cp(path.join(projectRoot, 'templates'), folder, { recursive: true });
    return folder;
  };

  it('that name what is not there cost the briefing alone, with their place', async () => {
    const templates = await copy();
    const file = path.join(templates, 'partials/briefing-exchange.hbs');
    await writeFile(file, (await readFile(file, 'utf8')).replace('{{text headline}}', '{{text headlin}}'));
    const project = await projectFrom(small);
    const { exitCode, stderr } = await run([
      'export',
      'money',
      '--lang',
      'en',
      '--format',
      'briefing',
      '--templates',
      templates,
      ...project.options,
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /✗ money-briefing\.pdf not made: .*briefing-exchange\.hbs:\d+:\d+: the template names "headlin", which is not there/,
    );
  });

  it.each([
    ['that cannot be found', 'briefing/letter.css', null, /cannot read the style sheet .*letter\.css; start from a copy/],
    ['that import themselves', 'briefing/a4.css', '@import "./a4.css";', /a4\.css imports itself/],
    [
      'that name packages nobody has',
      'briefing/fonts.css',
      '@import "@fontsource/nowhere/400.css";',
      /fonts\.css names @fontsource\/nowhere\/400\.css, which is not installed/,
    ],
  ])('have style sheets %s', async (_, name, text, message) => {
    const templates = await copy();
    const file = path.join(templates, name);
    await (text === null ? rm(file) : writeFile(file, text));
    await expect(
      loadBriefingTemplates(templates, 'briefing').catch(({ message: words, hint }) => Promise.reject(new Error(`${words}; ${hint}`))),
    ).rejects.toThrow(message);
  });
});
