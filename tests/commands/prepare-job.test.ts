import path from 'node:path';
import { expect, it } from 'vitest';
import { slides as slidesFormat } from '../../scripts/commands/outputs/format-slides.ts';
import { prepareJob } from '../../scripts/commands/outputs/prepare-job.ts';
import type { Settings } from '../../scripts/commands/settings.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { edit, run } from '../run.ts';
import { exchange, riverProject } from './river.ts';

it('what the fonts lack is said when it is asked for, and looked up each time', async () => {
  const project = await riverProject();
  await edit(project, exchange, 'in the hills', 'in the hills 🏔');
  expect((await run(['generate', '--lang', 'en', ...project.options])).exitCode).toBe(0);
  const { content, slides, out } = project;
  const folders = { content, slides, out, templates: path.join(projectRoot, 'templates') };
  const settings = { folders, env: {} } as Settings;
  const prepare = async (lacks: string | null) => {
    const hasGlyph = lacks === null ? null : async () => (character: string) => character !== lacks;
    const prepared = await prepareJob(slidesFormat, path.join(slides, 'water.md'), { look: 'light', paper: 'a4', hasGlyph, settings });
    return 'job' in prepared ? prepared.job.unsure?.map(({ character }) => character) : prepared.error;
  };
  expect(await prepare(null)).toBeUndefined();
  // On the slide of the short deck, and on that of the evidence.
  expect(await prepare('🏔')).toEqual(['🏔', '🏔']);
  expect(await prepare(null)).toBeUndefined();
  expect(await prepare('another')).toEqual([]);
});
