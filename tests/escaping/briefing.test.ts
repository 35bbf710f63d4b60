/** Whatever words a content folder contains, the briefing shows exactly them; nothing of them runs, and none becomes markup or style. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printPaper, showPaper } from '../../scripts/export/outputs/print-paper.ts';
import { openSession, type Session } from '../../scripts/export/run/session.ts';
import { loadPdfReader } from '../../scripts/pdf/pdf-reader.ts';
import { anyText, TRAP } from '../arbitraries.ts';
import { writeFiles } from '../content/folder.ts';
import { briefingsOf, type PreparedBriefing } from '../export/briefings.ts';
import { writeHostile } from './hostile-content.ts';
import { inked, words } from './visible.ts';

let session: Session;
let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'briefdeck-briefing-'));
  session = await openSession({ browser: { explicit: null, env: process.env }, assets: [], onBrowser() {} });
});
afterAll(async () => {
  await session.close();
  await rm(root, { recursive: true, force: true });
});

/** Each of these would end a string, a rule, an element or an attribute somewhere. */
const KNOWN = [
  '"; } body { display: none } </style><script>x</script>',
  `' onload=window.${TRAP}=1 "><img src=x onerror=window.${TRAP}=1>`,
  '\\22 } * { content: "x" } \\',
  '<!-- --> ]]> {{ 1 + 1 }} {{{ x }}}',
  'url(javascript:x) @import "x"; expression(1)',
];

describe('any text', () => {
  it('stands in the briefing as it was written, wherever it stands, and nothing of it runs', async () => {
    const texts = fc.array(anyText, { minLength: 60, maxLength: 60, size: 'max' });
    await fc.assert(
      fc.asyncProperty(texts, (each) => expectAsWritten([...KNOWN, ...KNOWN, ...each])),
      { numRuns: 1, endOnFailure: true },
    );
  });

  it('stands in the running heads as it was written', async () => {
    const title = KNOWN.join(' ');
    const content = path.join(root, 'heads');
    await writeFiles(content, {
      'interviews/talk/index.md': `---\ntitle: ${JSON.stringify(title)}\ndate: "2024"\nlang: en\npeople: [{ id: ana, name: Ana, role: interviewee }]\n---\n`,
      'interviews/talk/1-first.md': `---\nquestion: Why?\ntags: [heads]\nspeaker: ana\n---\n\n${'A point. '.repeat(900)}\n`,
      'themes/heads.md': `---\ntitle: ${JSON.stringify(title)}\n---\n`,
    });
    const { job } = (await briefingsOf(content)).get('heads-briefing') ?? {};
    if (job === undefined) throw new TypeError('no briefing');
    const page = await session.page();
    await showPaper(page, `${session.server.origin}${session.papers.show(job.paper, job.images)}`);
    await printPaper(page, 'draft');
    const text = await textOfPage(await printPaper(page, 'final'), 2);
    // Once above and once below the text.
    expect(text.split(inked(title)).length - 1).toBe(2);
    expect(text).toContain('Page2of');
  });

  it('has its fonts in the running heads before anything is printed', async () => {
    const content = path.join(root, 'fonts');
    await writeFiles(content, {
      'interviews/talk/index.md': '---\ntitle: T\ndate: "2024"\nlang: en\npeople: [{ id: ana, name: Ana, role: interviewee }]\n---\n',
      'interviews/talk/1-first.md': '---\nquestion: Why?\ntags: [fonts]\nspeaker: ana\n---\n\nA point.\n',
      'themes/fonts.md': '---\ntitle: Fonts\n---\n',
    });
    const { job } = (await briefingsOf(content)).get('fonts-briefing') ?? {};
    if (job === undefined) throw new TypeError('no briefing');
    // These letters stand nowhere else in the document.
    const styles = new Map([...job.paper.styles].map(([name, css]) => [name, `${css}\n@page { @top-right { content: "Ж讲"; } }`]));
    const page = await session.page();
    await showPaper(page, `${session.server.origin}${session.papers.show({ ...job.paper, styles }, job.images)}`);
    const loaded = await page.evaluate(() =>
      [...document.fonts].filter(({ status }) => status === 'loaded').map(({ unicodeRange }) => unicodeRange),
    );
    const has = (character: number) =>
      loaded.some((ranges) =>
        ranges.split(',').some((range) => {
          const [first = '', last = first] = range.trim().replace(/^U\+/i, '').split('-');
          return Number.parseInt(first, 16) <= character && character <= Number.parseInt(last, 16);
        }),
      );
    expect([has(0x416), has(0x8bb2)]).toEqual([true, true]);
  });
});

async function expectAsWritten(texts: readonly string[]): Promise<void> {
  const content = path.join(root, 'content');
  try {
    const written = await writeHostile(content, texts);
    const prepared = (await briefingsOf(content)).get('hostile-briefing');
    if (prepared === undefined) throw new TypeError('no briefing');
    const shown = await readShown(prepared);
    expect(shown).toMatchObject({ complaints: [], trapped: false, foreign: [], rules: 2 });
    // The one that is there, wherever it stands; all others were text.
    expect([...new Set(shown.images)]).toEqual(['content/interviews/talk/x.png']);
    const all = words(shown.text);
    expect([...written.shown, ...written.noted].map(words).filter((text) => !all.includes(text))).toEqual([]);
    const outside = shown.links.filter((href) => !href.startsWith('#') && href !== 'shared-briefing.pdf');
    expect(outside.filter((href) => !/^(?:https?|mailto):/.test(href))).toEqual([]);
  } finally {
    await rm(content, { recursive: true, force: true });
  }
}

interface Shown {
  text: string;
  links: string[];
  images: string[];
  /** Elements and attributes that no template and no renderer writes. */
  foreign: string[];
  /** Of the style sheet that stands in the page itself. */
  rules: number;
  trapped: boolean;
  complaints: string[];
}

async function readShown({ job }: PreparedBriefing): Promise<Shown> {
  const page = await session.page();
  const complaints: string[] = [];
  const listen = (message: { text(): string }) => complaints.push(message.text());
  page.on('console', listen);
  try {
    await showPaper(page, `${session.server.origin}${session.papers.show(job.paper, job.images)}`);
    return { ...(await page.evaluate(readPage, TRAP)), complaints };
  } finally {
    page.off('console', listen);
  }
}

/** Runs in the page. */
function readPage(trap: string): Omit<Shown, 'complaints'> {
  const elements = [...document.querySelectorAll('*')];
  const isForeign = (element: Element) =>
    /^(?:script|iframe|object|embed|form|input|base)$/i.test(element.tagName) ||
    element.getAttributeNames().some((name) => /^on|^v-|^:|^@|srcdoc|formaction/.test(name));
  return {
    text: document.body.textContent ?? '',
    links: [...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? ''),
    images: [...document.images].map((image) => image.getAttribute('src') ?? ''),
    foreign: elements.filter(isForeign).map(({ outerHTML }) => outerHTML),
    rules: [...document.styleSheets].at(-1)?.cssRules.length ?? 0,
    trapped: Object.hasOwn(window, trap),
  };
}

async function textOfPage(pdf: Uint8Array, number: number): Promise<string> {
  const { getDocument } = await loadPdfReader();
  const task = getDocument({ data: new Uint8Array(pdf), isEvalSupported: false });
  try {
    const { items } = await (await (await task.promise).getPage(number)).getTextContent();
    return inked(items.map((item) => ('str' in item ? item.str : '')).join(''));
  } finally {
    await task.destroy();
  }
}
