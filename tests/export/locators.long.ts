/** Every claim of the content that ships, on paper; and a theme that hides a word. */
import { appendFile, cp } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { planDecks } from '../fit/shown-decks.ts';
import { projectFrom, run } from '../run.ts';
import { followLocators } from './locators.ts';

it('leads from every takeaway of the content that ships to its source', async () => {
  const project = await projectFrom(path.join(projectRoot, 'content'));
  const { planned } = await planDecks(project.content, project.slides);
  const { exitCode, stderr } = await run(['export', '--format', 'slides', ...project.options]);
  expect(stderr).not.toContain('✗');
  expect(exitCode).toBe(0);
  for (const { deck } of planned) {
    const { missing, claims } = await followLocators(deck, path.join(project.out, `${deck.name}.pdf`));
    expect(missing).toEqual([]);
    expect(claims).toBeGreaterThan(50);
  }
});

it.each(['display: none', 'display: inline-block; width: 0; height: 0; overflow: hidden', 'visibility: hidden'])(
  'refuses a deck of which the theme hides a word by "%s"',
  async (css) => {
    const project = await projectFrom(path.join(projectRoot, 'tests/commands/input/quoted'));
    const templates = path.join(path.dirname(project.content), 'templates');
    await cp(path.join(projectRoot, 'templates'), templates, { recursive: true });
    await appendFile(path.join(templates, 'theme/styles/text.css'), `\n.slidev-layout .words .range { ${css} }\n`);
    const { exitCode, stderr } = await run(['brief', '--format', 'slides', '--lang', 'en', '--templates', templates, ...project.options]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/✗ dams\.pdf not made: .*page \d+ does not show "2–3" of "When we built/);
  },
);
