import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, temporaryFolder } from '../run.ts';
import { type Words, writeLongTitles } from './long-titles.ts';

async function generated(length: number, words: Words): Promise<{ stderr: string; check: string }> {
  const folder = await temporaryFolder();
  const content = path.join(folder, 'content');
  await writeLongTitles(content, length, words);
  const options = ['--content', content, '--slides', path.join(folder, 'slides'), '--out', path.join(folder, 'dist')];
  const { stderr, exitCode } = await run(['generate', ...options]);
  expect(exitCode).toBe(0);
  return { stderr, check: (await run(['check', ...options])).stderr };
}

describe('titles, names and sections on every kind of slide', () => {
  it.each<[number, Words]>([
    [54, 'english'],
    [155, 'english'],
    [54, 'chinese'],
    [110, 'chinese'],
    [90, 'endless'],
  ])('have room with %d characters (%s), and nothing is said about them', async (length, words) => {
    const { stderr, check } = await generated(length, words);
    expect(stderr).not.toContain('too large');
    expect(check).not.toContain('long-text');
  });

  it('are warned of with their places where they are longer than that', async () => {
    const { check } = await generated(310, 'english');
    expect(check).toMatch(/themes\/river\.md:2:\d+ warning long-text: title has/);
    expect(check).toMatch(/interviews\/one\/index\.md:\d+:\d+ warning long-text: title has/);
  });
});
