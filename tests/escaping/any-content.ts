/** Content Markdown of any shape with words of any script, beside the words that it is to show: told by what writes it, not by what reads it. */
import fc from 'fast-check';
import { fragments } from '../arbitraries.ts';
import { writeFiles } from '../content/folder.ts';

/** A text that is to be found in one piece: a paragraph, an item, a cell, a line of code. */
export type Line = string;

export interface Block {
  markdown: string;
  lines: Line[];
  /** Lines that may stand beside each other, so that one from right to left decides where the others are broken. */
  beside?: true;
}

export interface AnyExchange {
  question: Line;
  takeaway: Line;
  body: Block[];
  notes: Block[];
}

/** What people write, in many scripts; some have no font. */
const SCRIPTS = [
  'Straße Ærø naïve Tiếng Việt Łódź İstanbul ŉ ǆ ﬁn',
  'Καλημέρα Ἀρχιμήδης Привет ещё Ѣ',
  'שלום עולם שָׁלוֹם',
  'السلام عليكم لا إله الَّذِي',
  'فارسی می‌خواهم ۱۴۰۳',
  'हिन्दी क्षत्रिय ज्ञान कि र्क',
  'বাংলা স্ত্রী ਪੰਜਾਬੀ ગુજરાતી தமிழ் తెలుగు ಕನ್ನಡ മലയാളം සිංහල',
  'ภาษาไทย น้ำใจ ພາສາລາວ မြန်မာ ខ្មែរ',
  '中文字符 「引号」 １２３ 日本語テスト ヴァイオリン が',
  '한국어 각각 한글',
  'ქართული հայերեն አማርኛ',
  'e\u0301\u0323 q\u0307\u0323 Z\u0351\u036b\u0343 o\u0302\u0302\u0302',
  '👍🏽 👩‍👩‍👧 🇨🇭 ☀\ufe0f 😀 ❤️ 1️⃣',
  '𝒜𝔅 ∑∫ → ≠ ½ № ™ ℃ ⁂ ♫',
  'ᠮᠣᠩᠭᠣᠯ ᎣᏏᏲ ᚠᚢᚦ 𐎀𐎁 \ue000 \u{10ffff} \u0378 𓀀',
].flatMap((line) => line.split(' '));

const NUMBERS = [
  '0',
  '007',
  '1,234.50',
  '1.234,50',
  '1’000',
  '−5',
  '-0.0',
  '12345678901234567890',
  '1e-6',
  '0x1F',
  '99.9%',
  '2–3',
  '10:30',
  '3.14.15',
  '٣٫٥',
  '१२३',
  '½',
  '10^6',
  '$1.2m',
  '#1',
  '1)',
  '2.',
];

/** Without white space, of which nothing is to be seen, and without soft hyphens, of which more is to be seen where a line ends. */
const word = fc
  .oneof(
    { weight: 5, arbitrary: fc.constantFrom(...SCRIPTS) },
    { weight: 3, arbitrary: fc.constantFrom(...NUMBERS) },
    { weight: 1, arbitrary: fc.integer().map(String) },
    { weight: 3, arbitrary: fc.constantFrom(...fragments.flatMap((fragment) => fragment.split(/\s/))) },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }) },
  )
  .map((text) => text.toWellFormed().replace(/[\s\0\u00ad\u0085]/g, ''))
  .filter((text) => text !== '');

/** Begins with a letter, so that no mark at its head is joined with what stands before it. */
const plainWords = fc
  .tuple(fc.constantFrom('Words', 'a', 'שלום', 'العربية', '中文', 'Über'), fc.array(word, { maxLength: 9 }))
  .map(([first, others]) => [first, ...others]);

interface Written {
  markdown: string;
  text: Line;
}

/** Words with all sorts of markup on them. */
const inline: fc.Arbitrary<Written> = plainWords.chain((texts) =>
  fc
    .tuple(...texts.map((text) => fc.constantFrom(...MARKUP).map((mark) => mark(text))))
    .map((marked) => ({ markdown: marked.join(' '), text: texts.join(' ') })),
);

const MARKUP: ((text: string) => string)[] = [
  literal,
  literal,
  literal,
  (text) => `**${literal(text)}**`,
  (text) => `*${literal(text)}*`,
  (text) => `***${literal(text)}***`,
  (text) => `[${literal(text)}](https://example.org/a?b=c#d)`,
  // Code has no escapes, and a table cuts it at every bar.
  (text) => (/[`|\\]/.test(text) ? literal(text) : `\`${text}\``),
];

/** Markdown that means just this text. */
function literal(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

const paragraph = fc.array(inline, { minLength: 1, maxLength: 3 }).map(
  (lines): Block => ({
    markdown: lines.map(({ markdown }) => markdown).join('\\\n'),
    lines: lines.map(({ text }) => text),
  }),
);

const list = fc
  .tuple(
    fc.constantFrom('-', '*', '+', '1.', '7)', '123456.'),
    fc.array(fc.tuple(inline, fc.array(inline, { maxLength: 2 })), { minLength: 1, maxLength: 4 }),
  )
  .map(([mark, items]): Block => {
    const indent = ' '.repeat(mark.length + 1);
    return {
      markdown: items
        .map(([item, within]) => [`${mark} ${item.markdown}`, ...within.map(({ markdown }) => `${indent}- ${markdown}`)].join('\n'))
        .join('\n'),
      lines: items.flatMap(([item, within]) => [item, ...within].map(({ text }) => text)),
    };
  });

const table = fc.integer({ min: 1, max: 3 }).chain((width) =>
  fc.array(fc.array(inline, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 4 }).map((rows): Block => {
    const [head = '', ...others] = rows.map((row) => `| ${row.map(({ markdown }) => markdown).join(' | ')} |`);
    return { markdown: [head, `|${'---|'.repeat(width)}`, ...others].join('\n'), lines: rows.flat().map(({ text }) => text), beside: true };
  }),
);

const quote = fc.array(inline, { minLength: 1, maxLength: 2 }).map(
  (lines): Block => ({
    markdown: lines.map(({ markdown }) => `> ${markdown}`).join('\n>\n'),
    lines: lines.map(({ text }) => text),
  }),
);

const code = fc.array(plainWords, { minLength: 1, maxLength: 5 }).map((lines): Block => {
  const texts = lines.map((words) => words.join('  '));
  const most = Math.max(2, ...[...texts.join('\n').matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(most + 1);
  return { markdown: [fence, ...texts.map((text, depth) => `${' '.repeat(2 * depth)}${text}`), fence].join('\n'), lines: texts };
});

const block = fc.oneof({ weight: 2, arbitrary: paragraph }, { weight: 2, arbitrary: list }, table, quote, code);
const head = plainWords.map((words) => words.slice(0, 6).join(' '));

export const anyExchange: fc.Arbitrary<AnyExchange> = fc.record({
  question: head,
  takeaway: head,
  body: fc.array(block, { minLength: 3, maxLength: 6 }),
  notes: fc.array(block, { minLength: 1, maxLength: 3 }),
});

/** Of the interview, and so of the deck: Chinese has line ends and emphasis of its own. */
export const anyLanguage = fc.constantFrom('en', 'zh');

/** Writes a content folder of one theme, "words". Returns all blocks in it. */
export async function writeAnyContent(content: string, exchanges: readonly AnyExchange[], lang: string): Promise<MarkedBlock[]> {
  const blocks: MarkedBlock[] = [];
  const files = exchanges.map(({ question, takeaway, body, notes }, index) => {
    const text = `${marked(body, 'body', blocks)}\n\n## Notes\n\n${marked(notes, 'notes', blocks)}`;
    const matter = `question: ${JSON.stringify(question)}\ntags: [words]\nspeaker: ana\ntakeaway: ${JSON.stringify(takeaway)}`;
    return [`interviews/talk/${String(index + 1).padStart(3, '0')}-exchange-${index + 1}.md`, `---\n${matter}\n---\n\n${text}\n`];
  });
  await writeFiles(content, {
    'interviews/talk/index.md': `---\ntitle: Talk\ndate: "2024"\nlang: ${lang}\npeople: [{ id: ana, name: Ana, role: interviewee }]\n---\n`,
    'themes/words.md': '---\ntitle: Words\n---\n',
    'interviews/talk/000-box.md': `---\nquestion: Box?\ntags: [words]\nspeaker: ana\ntakeaway: A box\n---\n\nNo font has ${WITHOUT_FONT}.\n`,
    ...Object.fromEntries(files),
  });
  return blocks;
}

/** For private use, a script of the past, and a place that has no character. */
const WITHOUT_FONT = '\ue000 𐎀 \u0378';

export interface MarkedBlock extends Block {
  part: 'body' | 'notes';
  /** The paragraphs of ours before and after it. */
  from: string;
  to: string;
}

/** The Markdown of blocks with a mark before and after each, all different. */
function marked(blocks: readonly Block[], part: MarkedBlock['part'], all: MarkedBlock[]): string {
  const mark = (number: number) => `mark${String(number).padStart(4, '0')}x`;
  const first = all.length * 2;
  all.push(
    ...blocks.map((each, index) => ({
      ...each,
      part,
      from: mark(first + 2 * index),
      to: mark(first + 2 * index + 1),
    })),
  );
  return blocks.map(({ markdown }, index) => `${mark(first + 2 * index)}\n\n${markdown}\n\n${mark(first + 2 * index + 1)}`).join('\n\n');
}
