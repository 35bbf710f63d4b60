/** Content in other scripts, in both directions, and in every face: each output is made, with fonts of the theme alone, and says what was written. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectPdf } from '../../scripts/pdf/inspect/inspect-pdf.ts';
import { writeFiles } from '../content/folder.ts';
import { readBriefing } from '../export/read-briefing.ts';
import { readPptx } from '../export/read-pptx.ts';
import { run, temporaryFolder } from '../run.ts';

const texts = {
  hebrew: { takeaway: 'הנהר משתנה לאט, ואז בבת אחת.', question: 'מה משתנה ראשון בנהר?', point: 'אורך הנהר 1,094 ק"מ (Elbe)!' },
  arabic: { takeaway: 'النهر يتغير ببطء، ثم دفعة واحدة.', question: 'كيف يتغير النهر؟', point: 'طوله 1,094 كم، كما يقول العلماء.' },
  hindi: { takeaway: 'नदी धीरे-धीरे बदलती है, फिर एकदम।', question: 'क्या बदलता है?', point: 'क्षेत्र और श्री प्रश्न, विद्यार्थी।' },
  thai: { takeaway: 'แม่น้ำเปลี่ยนแปลงอย่างช้าๆ แล้วก็เปลี่ยนทันที', question: 'อะไรเปลี่ยนก่อน', point: 'ที่นี่น้ำขึ้นทุกปี' },
  korean: { takeaway: '강은 천천히 변하다가 한꺼번에 변합니다.', question: '무엇이 먼저 변합니까?', point: '물은 매년 오릅니다.' },
  japanese: { takeaway: '川はゆっくり変わり、そして一気に変わる。', question: '何が先に変わりますか。', point: '働く人が込む。' },
  signs: {
    takeaway: 'Rivers are fun 🎉 and ❤️ 1️⃣',
    question: 'What is \ue000 and 𐎀?',
    point: 'A family 👨‍👩‍👧 by the river 🌊 with a flag 🇩🇪, 👍🏽 ₿ ⁵ \u0378 \ufdd0 \ufffe.',
  },
};

/** Strong, emphasised and code in each other, as Markdown. */
const faces = '***a*** **b *c*** *d **e*** **`f`** *`g`* ***`h`*** `i`';
const marked = [
  `- ${faces}`,
  '',
  '| ***j*** *k* | `l` *`m`* |',
  '|---|---|',
  `| ${faces} | n |`,
  '',
  `> ${faces}`,
  '',
  '## Notes',
  '',
  `${faces} and [[ebb]].`,
];

const kinds = ['', '-briefing', '-handout'];
const asPassage = (text: string) => ({ text, of: null });
const cleanings: (() => Promise<void>)[] = [];
let dist: string;
let told: Awaited<ReturnType<typeof run>>;

beforeAll(async () => {
  const folder = await temporaryFolder((clean) => cleanings.push(clean));
  const at = (name: string) => path.join(folder, name);
  const files = Object.entries(texts).map(([name, { takeaway, question, point }], index): [string, string] => [
    `interviews/talk/${index}-${name}.md`,
    `---\nquestion: ${JSON.stringify(question)}\ntags: [river]\nspeaker: ana\ntakeaway: ${JSON.stringify(takeaway)}\n---\n\n- ${point}\n\n## Notes\n\n${point}\n`,
  ]);
  await writeFiles(at('content'), {
    'interviews/talk/index.md':
      '---\ntitle: Talk\ndate: "2024"\nlang: en\npeople: [{ id: ana, name: Ana, role: interviewee }]\n---\n\nTwo people.\n',
    'interviews/talk/9-faces.md': `---\nquestion: Which?\ntags: [river]\nspeaker: ana\ntakeaway: Faces\nterms: [ebb]\n---\n\n${marked.join('\n')}\n`,
    'interviews/talk/8-said.md':
      '---\nquestion: What did she say?\ntags: [river]\nspeaker: ana\ntakeaway: She said it\n---\n\n> הנהר משתנה לאט.\n',
    'terms/ebb.md': `---\nterm: Ebb\n---\n\n${faces}\n`,
    'themes/river.md': '---\ntitle: Rivers\norder: 1\n---\n\nWhat they said.\n',
    ...Object.fromEntries(files),
  });
  dist = at('dist');
  told = await run([
    ...['brief', '--format', 'slides,briefing,handout,pptx'],
    ...['--content', at('content'), '--slides', at('slides'), '--out', dist],
  ]);
});

afterAll(() => Promise.all(cleanings.map((clean) => clean())));

describe('content in the scripts of the world', () => {
  it('becomes every output; characters without a font are one warning with their place', () => {
    expect(told.stderr.match(/no-glyph.*/g)).toEqual([
      'no-glyph: no font of the theme has "\ue000" (U+E000); "𐎀" (U+10380); "\u0378" (U+0378); "\ufdd0" (U+FDD0); "\ufffe" (U+FFFE): a box is shown; write it in other words, or add a font to theme/styles/scripts.css',
    ]);
    expect(told.stderr).toMatch(/6-signs\.md:2:\d+ warning no-glyph/);
    for (const kind of kinds) expect(told.stderr).toMatch(new RegExp(`✓ \\S+river${kind}\\.pdf`));
    expect(told.stderr).toMatch(/✓ \S+river\.pptx/);
    expect(told.exitCode).toBe(0);
  });

  it.each(kinds)('is read back from river%s.pdf, in fonts that are embedded whole', async (kind) => {
    const pdf = await readFile(path.join(dist, `river${kind}.pdf`));
    const passages = Object.values(texts).flatMap(({ takeaway, point }) => [takeaway, point].map(asPassage));
    const unsure = new Set(['\ue000', '𐎀', '\u0378', '\ufdd0', '\ufffe']);
    expect(await inspectPdf(pdf, { passages, unsure })).toEqual([]);
    expect(await inspectPdf(pdf, { passages: ['הנתשמ לאט', 'يغتير ببطء'].map(asPassage), unsure })).toHaveLength(2);
  });

  it('stands in the presentation, from right to left where it is read so', async () => {
    const { slides, files } = readPptx(await readFile(path.join(dist, 'river.pptx')));
    const shown = slides.map(({ title, paragraphs }) => [title, ...paragraphs].join('\n')).join('\n');
    for (const { takeaway, point } of Object.values(texts)) {
      for (const text of [takeaway, point]) expect(shown).toContain(text.replace(/[\ufe0f\ufffe]/g, ''));
    }
    const xml = Object.entries(files).flatMap(([name, bytes]) =>
      /slides\/slide\d+\.xml$/.test(name) ? [new TextDecoder().decode(bytes)] : [],
    );
    const paragraphs = xml.join('').match(/<a:p>.*?<\/a:p>/gs) ?? [];
    const hebrew = paragraphs.filter((each) => each.includes('אורך'));
    expect(hebrew.length).toBeGreaterThan(0);
    for (const each of hebrew) expect(each).toMatch(/<a:pPr[^>]* algn="r" rtl="1"/);
    expect(paragraphs.filter((each) => each.includes('Two people') && each.includes('rtl='))).toEqual([]);
  });
});

describe('lists, quotes and tables', () => {
  it.each([
    // In the short deck both; as evidence the one that is all that is said.
    ['', ['right', 'left', 'right']],
    ['-briefing', ['right', 'left']],
  ])('have who says a quote below it, on its side, in river%s.pdf', async (kind, expected) => {
    const { pages } = await readBriefing(path.join(dist, `river${kind}.pdf`));
    const sides = pages.flatMap(({ lines, width }) =>
      lines.flatMap(({ text, x }) => (/^— ?Ana/.test(text) ? [x > width / 2 ? 'right' : 'left'] : [])),
    );
    expect(sides).toEqual(expected);
  });

  it('stand on the side on which they are read', async () => {
    const deck = await readFile(path.join(dist, '../slides/river.md'), 'utf8');
    // In the short deck and as evidence.
    expect(deck.match(/<ul dir="rtl"/g)).toHaveLength(4);
    expect(deck.match(/<(?:ul|blockquote|table) v-pre/g)?.length).toBeGreaterThan(5);
  });
});
