/** Exports that follow edits, when an edit comes before anybody has told of it. */
import { appendFile, readFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { WarmExport } from '../../scripts/commands/live/warm-export.ts';
import { slides } from '../../scripts/commands/outputs/format-slides.ts';
import { createReport } from '../../scripts/shared/report.ts';
import { makeWorkplace } from '../commands/live.ts';
import { run } from '../run.ts';

it('a deck that waited while the theme changed has the new look', async () => {
  const work = await makeWorkplace();
  await run(['generate', '--lang', 'en', ...work.options]);
  let text = '';
  const err = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  const says = (words: string) => vi.waitUntil(() => text.includes(words), { timeout: 120_000 });
  const abort = new AbortController();
  const warm = new WarmExport(
    { formats: [slides], paper: 'a4', force: false, dark: false, concurrency: 1, timeout: 120_000, browser: null },
    {
      folders: { content: work.file('content'), templates: work.file('templates'), slides: work.file('slides'), out: work.file('dist') },
      languages: ['en'],
      report: createReport({ json: false, quiet: false, out: err, err }),
      signal: abort.signal,
      env: process.env,
      now: new Date(),
    },
  );
  const running = warm.run().catch((error: unknown) => error);
  warm.ask([work.file('slides/money.md')]);
  await says('money.pdf');
  await appendFile(work.file('templates/theme/styles/kinds.css'), '\n.slidev-layout h1 { letter-spacing: 1px !important; }\n');
  warm.ask([work.file('slides/water.md')]);
  await says('water.pdf');
  const pdf = await readFile(work.file('dist/water.pdf'));
  abort.abort(new Error('the end'));
  expect(await running).toBe(abort.signal.reason);
  await warm.close();
  expect(await run(['export', 'water', '--format', 'slides', '--force', '--lang', 'en', ...work.options])).toMatchObject({ exitCode: 0 });
  expect(pdf.equals(await readFile(work.file('dist/water.pdf')))).toBe(true);
  await work.remove();
});
