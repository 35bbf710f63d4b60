/** The main job as its user has it: content in, decks and PDFs out, with the real browser. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { filesIn, type Project, projectFrom, run } from './run.ts';

const small = path.join(import.meta.dirname, 'commands/input/small');

/** The text of every page, without its white space. */
async function pagesOf(project: Project, name: string): Promise<string[]> {
  const document = await getDocument({
    data: new Uint8Array(await readFile(path.join(project.out, name))),
    useSystemFonts: true,
    verbosity: 0,
  }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replace(/\s/g, ''),
    );
  }
  await document.destroy();
  return pages;
}

describe('brief', () => {
  it('makes every deck and PDF, then only what an edit has changed', async () => {
    const project = await projectFrom(small);
    const first = await run(['brief', '--json', ...project.options]);
    expect(first.stderr).not.toMatch(/ error |✗/);
    expect(first.exitCode).toBe(0);
    const { outputs } = JSON.parse(first.stdout);
    expect(outputs.map(({ deck, status }: Record<string, string>) => `${deck} ${status}`)).toEqual([
      'water done',
      'water-short done',
      'water.zh done',
      'water-short.zh done',
      'money done',
      'money-short done',
      'money.zh done',
      'money-short.zh done',
      'water-briefing done',
      'water-briefing.zh done',
      'money-briefing done',
      'money-briefing.zh done',
    ]);

    // As many pages as slides, and on them what the content says, letter by letter.
    const pages = await pagesOf(project, 'water.pdf');
    expect(pages).toHaveLength(6);
    expect(pages[2]).toContain('Theriverstartsasaspring');
    expect(pages[2]).toContain('{{1+1}}and<b>markup</b>staywhattheyare.');
    expect(pages[2]).toContain('AnaLima·Thesource·exchange1');
    expect((await pagesOf(project, 'water.zh.pdf'))[2]).toContain('它始于山中的一眼泉。');

    const exchange = path.join(project.content, 'interviews/ana-2024/010-where-it-starts.md');
    await writeFile(exchange, (await readFile(exchange, 'utf8')).replace('in the hills', 'in the high hills'));
    const second = await run(['brief', '--json', ...project.options]);
    expect(second.exitCode).toBe(0);
    expect(JSON.parse(second.stdout).outputs.map(({ deck, status }: Record<string, string>) => `${deck} ${status}`)).toEqual([
      'water done',
      'water-short done',
      'water.zh fresh',
      'water-short.zh fresh',
      'money fresh',
      'money-short fresh',
      'money.zh fresh',
      'money-short.zh fresh',
      'water-briefing done',
      'water-briefing.zh fresh',
      'money-briefing fresh',
      'money-briefing.zh fresh',
    ]);
    expect((await pagesOf(project, 'water.pdf'))[2]).toContain('inthehighhills');
    expect((await pagesOf(project, 'water-briefing.pdf')).join('')).toContain('inthehighhills');

    // The deck has to be planned to know that it is the same: the browser that was opened meanwhile is gone afterwards, and nobody hears of it.
    await writeFile(exchange, `${await readFile(exchange, 'utf8')}\n## Transcript\n\nThe river? It starts in the high hills.\n`);
    const third = await run(['brief', ...project.options]);
    expect(third).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('browser:') });
    expect(third.stderr).toMatch(/water\.md 6 slides, unchanged/);
    expect(process.getActiveResourcesInfo()).not.toContain('ProcessWrap');

    const manifest = JSON.parse(await readFile(path.join(project.out, 'manifest.json'), 'utf8'));
    expect(Object.keys(manifest.outputs)).toEqual([
      'money-briefing.pdf',
      'money-briefing.zh.pdf',
      'money-short.pdf',
      'money-short.zh.pdf',
      'money.pdf',
      'money.zh.pdf',
      'water-briefing.pdf',
      'water-briefing.zh.pdf',
      'water-short.pdf',
      'water-short.zh.pdf',
      'water.pdf',
      'water.zh.pdf',
    ]);
    expect(manifest.outputs['water.pdf'].slides[2]).toEqual({
      page: 3,
      slide: 'where-it-starts',
      exchange: 'ana-2024/where-it-starts',
      file: 'interviews/ana-2024/010-where-it-starts.md',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const status = await run(['status', '--json', ...project.options]);
    expect(
      new Set(JSON.parse(status.stdout).decks.map(({ deck, pdf, briefing }: Record<string, string>) => `${deck}, ${pdf}, ${briefing}`)),
    ).toEqual(new Set(['up to date, up to date, up to date']));
  });

  it('delivers the others when an exchange is broken and a slide does not fit, and ends 1', async () => {
    const project = await projectFrom(small);
    const file = (name: string) => path.join(project.content, 'interviews/ana-2024', name);
    // Long words wrap; a table of forty columns cannot.
    const columns = Array.from({ length: 40 }, (_, index) => `Column${index}`).join(' | ');
    const rule = Array.from({ length: 40 }, () => '---').join(' | ');
    await writeFile(
      file('030-who-pays.md'),
      `---\nquestion: Who pays?\ntags: [money]\n---\n\n| ${columns} |\n| ${rule} |\n| ${columns} |\n`,
    );
    const { exitCode, stderr } = await run(['brief', '--lang', 'en', ...project.options]);
    expect(exitCode).toBe(1);
    // Said already when the deck is generated, without a browser.
    expect(stderr).toMatch(/slide who-pays, interviews\/ana-2024\/030-who-pays\.md: about \d+ px too large and cannot be divided/);
    expect(stderr).toMatch(
      /✗ money\.pdf not made: slide \d+ \(who-pays, interviews\/ana-2024\/030-who-pays\.md\) leaves its box by \d+ px/,
    );
    expect(stderr).toMatch(
      /✗ money-briefing\.pdf not made: "Column0.*" of interviews\/ana-2024\/030-who-pays\.md is \d+ px wider than the page/,
    );
    expect(stderr).toMatch(/✓ .*water\.pdf 6 pages/);
    expect(Object.keys(await filesIn(project.out))).toEqual([
      'manifest.json',
      'money-short.pdf',
      'water-briefing.pdf',
      'water-short.pdf',
      'water.pdf',
    ]);
  });
});
