/** Content that no slide was made for: long answers, tables, words without end, Chinese without spaces, figures of every shape. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Corpus, Exchange } from '../../scripts/model/corpus.ts';
import type { Earlier } from '../../scripts/model/outputs/earlier.ts';

const sentence = (n: number) =>
  `Sentence ${n} of this answer says with several clauses, some commas and a number such as ${n * 37} what an interviewee may say, at length; it goes on for a while.`;
const chinese = (n: number) =>
  `这是第${n}句话，里面没有任何空格也没有拉丁字母只有汉字和标点符号，用来检验排版在没有空格的情况下是否仍然能够正确地分行和分页，并且不丢失任何一个字。`;
const endless = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(8).slice(0, 300);
const url = `https://example.org/${'a-very-long-path/'.repeat(14)}end?query=${'x'.repeat(60)}`;
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index + 1));

const long = 'A label that takes two or three lines wherever it stands';
const exhibits = [
  `kind: comparison, columns: [${times(4, (i) => `{ label: "${long} ${i}", items: [One thing, "${long}"], mark: ${i === 2} }`).join(', ')}]`,
  `kind: comparison, columns: [${times(4, (i) => `{ label: "${long} ${i}", value: ${i * i} }`).join(', ')}]`,
  `kind: comparison, order: true, columns: [${times(3, (i) => `{ label: "${long} ${i}", text: "${long}" }`).join(', ')}]`,
  `kind: horizon, unit: years, start: 2023, length: 30, spans: [${times(6, (i) => `{ label: "${long} ${i}", from: ${4 * i}, to: ${5 * i} }`).join(', ')}]`,
  `kind: opposites, scale: log, sides: { less: "${long}", more: More }, items: [${times(6, (i) => `{ label: "${long} ${i}", side: ${i % 2 === 0 ? 'less' : 'more'}, value: ${10 ** i} }`).join(', ')}]`,
  `kind: ladder, limit: "${long}", steps: [${times(5, (i) => `"${long} ${i}"`).join(', ')}], margin: "${long}"`,
  `kind: quadrants, x: { label: "${long}", low: low, high: "${long}" }, y: { label: "${long}", low: "${long}", high: high }, cells: [{ x: low, y: high, label: "${long}" }, { x: high, y: high, label: "${long}", mark: true }]`,
];

const bodies: ((n: number) => { figures?: string; body: string; zh: string })[] = [
  (n) => ({ body: times(12, (i) => `- ${sentence(n + i)}`).join('\n'), zh: times(12, (i) => `- ${chinese(n + i)}`).join('\n') }),
  (n) => ({ body: times(30, (i) => sentence(n + i)).join(' '), zh: times(30, chinese).join('') }),
  (n) => ({
    body: `| Who | What | When |\n|---|---|---|\n${times(14, (i) => `| Person ${i} | ${sentence(n + i)} | ${i} May |`).join('\n')}`,
    zh: `| 谁 | 什么 | 何时 |\n|---|---|---|\n${times(14, (i) => `| 第${i}人 | ${chinese(n + i)} | ${i}月 |`).join('\n')}`,
  }),
  // Numbers of one, two, three and more digits.
  (n) => ({
    body: `${times(4, (i) => `${7 + i}. ${sentence(n + i)}`).join('\n')}\n\nAnd:\n\n${times(4, (i) => `${97 + i}. ${sentence(n + i)}`).join('\n')}`,
    zh: times(5, (i) => `${123456 + i}. ${chinese(n + i)}`).join('\n'),
  }),
  () => ({ body: `- ${endless}\n- Read ${url} for more.\n- ${endless}`, zh: `- ${endless}\n- 见 ${url}。` }),
  (n) => ({
    figures: `figures:\n  - kind: bars\n    alt: Eight bars\n    items:\n${times(8, (i) => `      - { label: "Bar ${i} with a label of some length", value: ${i * n} }`).join('\n')}`,
    body: times(5, (i) => `- ${sentence(i)}`).join('\n'),
    zh: times(5, (i) => `- ${chinese(i)}`).join('\n'),
  }),
  () => ({
    figures: `figures:\n  - kind: timeline\n    alt: Eight events\n    items:\n${times(8, (i) => `      - { when: "In the year ${2000 + i}", label: "Something happened that takes a line or two to tell, number ${i}" }`).join('\n')}`,
    body: '- One short point.',
    zh: '- 只有一个短要点。',
  }),
  () => ({
    figures: `figures:\n  - kind: diagram\n    alt: Twelve boxes\n    nodes:\n${times(12, (i) => `      - { id: n${i}, label: "Box ${i} with words in it" }`).join('\n')}\n    edges:\n${times(11, (i) => `      - { from: n${i > 4 ? i - 3 : 1}, to: n${i + 1}, label: "leads to" }`).join('\n')}`,
    body: times(4, (i) => `- ${sentence(i)}`).join('\n'),
    zh: times(4, (i) => `- ${chinese(i)}`).join('\n'),
  }),
  () => ({
    figures: `figures:\n${exhibits.map((figure) => `  - { ${figure}, alt: An exhibit }`).join('\n')}`,
    body: times(5, (i) => `- ${sentence(i)}`).join('\n'),
    zh: times(5, (i) => `- ${chinese(i)}`).join('\n'),
  }),
  () => ({
    figures: `figures:\n${times(4, (i) => `  - { kind: number, value: "${i}00,000,000", label: "${sentence(i)}", alt: A number }`).join('\n')}`,
    body: times(3, (i) => `${i}. ${sentence(i)} ${sentence(i + 1)} ${sentence(i + 2)}`).join('\n'),
    zh: times(3, (i) => `${i}. ${chinese(i)}${chinese(i + 1)}`).join('\n'),
  }),
  (n) => ({
    body: `> ${times(9, (i) => sentence(n + i)).join(' ')}\n\n- Then a point.\n\n> ${'A short quote.'}`,
    zh: `> ${times(9, chinese).join('')}\n\n- 然后是一个要点。\n\n> 短引文。`,
  }),
  () => ({
    body: `\`\`\`\n${times(40, (i) => `line ${i} of some code that is kept as it is, with    spaces and a long tail ${'.'.repeat(i * 3)}`).join('\n')}\n\`\`\``,
    zh: `- 要点：\n\n${times(3, (i) => `  - ${chinese(i)}\n    1. ${chinese(i + 1)}\n    2. ${chinese(i + 2)}`).join('\n')}`,
  }),
  (n) => ({
    body: `- ${times(40, (i) => `clause ${n + i} without an end`).join(' and ')}`,
    zh: `- ${times(60, (i) => `分句${i}没有句号`).join('又')}`,
  }),
];

/** Writes a content folder of 47 exchanges in two languages, of one theme. */
export async function writeStress(content: string): Promise<void> {
  const interview = path.join(content, 'interviews', 'stress');
  const write = async (file: string, text: string) => {
    const full = path.join(content, file);
    await mkdir(path.dirname(full), { recursive: true });
    await writeFile(full, `${text}\n`);
  };
  await mkdir(interview, { recursive: true });
  const sections = times(
    9,
    (n) => `  - { id: part-${n}, title: "Part ${n}: a section with quite a long title, ${n % 2 ? 'and a longer one' : 'or not'}" }`,
  );
  const zhSections = times(9, (n) => `  - { id: part-${n}, title: "第${n}部分：一个标题相当长的章节，用来检验目录与分节页" }`);
  const people =
    '  - { id: ana, name: Ana Lima, role: interviewee, affiliation: An Office with a Long Name }\n  - { id: ben, name: Ben Otieno, role: interviewer }';
  await write(
    'interviews/stress/index.md',
    `---\ntitle: A long conversation\ndate: "2024"\nlang: en\npeople:\n${people}\nsections:\n${sections.join('\n')}\n---\n\nContext.`,
  );
  await write('interviews/stress/index.zh.md', `---\ntitle: 一次很长的谈话\nsections:\n${zhSections.join('\n')}\n---\n\n背景。`);
  const summary = times(9, sentence).join(' ');
  await write(
    'themes/stress.md',
    `---\ntitle: Stress and strain under load\nsubtitle: What does not fit\norder: 1\naccent: "#0f766e"\n---\n\n${summary}`,
  );
  await write('themes/stress.zh.md', `---\ntitle: 超长内容与压力测试\nsubtitle: 放不下的内容\n---\n\n${times(9, chinese).join('')}`);
  const terms = times(12, (n) => `term-${n}`);
  for (const [index, id] of terms.entries()) {
    await write(`terms/${id}.md`, `---\nterm: Term number ${index + 1}\n---\n\n${times(((index * 3) % 14) + 1, sentence).join(' ')}`);
    await write(`terms/${id}.zh.md`, `---\nterm: 第${index + 1}个术语\n---\n\n${times(((index * 3) % 14) + 1, chinese).join('')}`);
  }
  for (const n of times(47, (i) => i)) {
    const { figures, body, zh } = (bodies[n % bodies.length] ?? bodies[0])?.(n) ?? { body: '', zh: '' };
    const name = `interviews/stress/${String(n * 10).padStart(3, '0')}-exchange-${n}`;
    const long = n % 5 === 0 ? ` ${sentence(n)} ${sentence(n + 1)}`.slice(0, 330) : '';
    await write(
      `${name}.md`,
      `---\nquestion: "Question ${n}?${long}"\ntags: [stress]\nsection: part-${(n % 9) + 1}\nspeaker: ana\ntakeaway: "${n === 7 ? endless : `Claim number ${n} of the conversation.${long}`}"\nkey: ${n < 6}\nterms: [${terms.slice(0, n % 12).join(', ')}]\n${figures === undefined ? '' : `${figures}\n`}---\n\n${body}`,
    );
    await write(`${name}.zh.md`, `---\nquestion: "问题${n}？"\ntakeaway: "${n % 5 === 0 ? chinese(n) : `第${n}个论断`}"\n---\n\n${zh}`);
  }
}

/** The content as it never was: every third exchange missing, the others with longer and longer headlines, and some that are gone. */
export function otherContent(now: Corpus): Earlier {
  const exchanges = now.exchanges.flatMap((exchange, index): Exchange[] => {
    if (index % 3 === 2) return index % 2 === 0 ? [] : [{ ...exchange, id: `${exchange.id}-gone` }];
    const text = Object.fromEntries(
      Object.entries(exchange.text).map(([lang, each]) => {
        const long = lang === 'zh' ? chinese(index) : `${sentence(index)} It was 10,000–20,000 then.`;
        return [lang, { ...each, takeaway: index % 5 === 4 ? endless : long.repeat(1 + (index % 4)).slice(0, 20 + 60 * (index % 7)) }];
      }),
    );
    return [{ ...exchange, text }];
  });
  return { corpus: { ...now, exchanges }, since: '2026-09-30', day: '2026-09-29' };
}

/** Two interviews with long titles in one theme, of which one has no Chinese; rich text wherever it may stand. */
export async function writeOddities(content: string): Promise<void> {
  const write = async (file: string, text: string) => {
    const full = path.join(content, file);
    await mkdir(path.dirname(full), { recursive: true });
    await writeFile(full, `${text}\n`);
  };
  const table =
    '| Year | What happened |\n|---|---|\n| 1950 | The town was founded beside the river |\n| 2024 | It has 10,000–20,000 people |';
  const rich = `A paragraph with \`code\` and 2–3 numbers.\n\n- One point\n- Another, with\n\n  > a quote\n\n${table}`;
  for (const [id, zh] of [
    ['first', true],
    ['second', false],
  ] as const) {
    const sections = times(5, (n) => `  - { id: part-${n}, title: "Part ${n} of the ${id} conversation" }`).join('\n');
    await write(
      `interviews/${id}/index.md`,
      `---\ntitle: "A long conversation with somebody who has much to say about rivers, the ${id} of two"\ndate: "2024"\nlang: en\npeople:\n  - { id: ana, name: Ana Lima, role: interviewee }\nsections:\n${sections}\n---\n\nContext.`,
    );
    if (zh) {
      const titles = times(5, (n) => `  - { id: part-${n}, title: "第${n}部分" }`).join('\n');
      await write(`interviews/${id}/index.zh.md`, `---\ntitle: 与安娜的一次很长的谈话，谈的是河流\nsections:\n${titles}\n---\n\n背景。`);
    }
    await write(
      `interviews/${id}/images/dot.svg`,
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="260"><rect width="40" height="260"/></svg>',
    );
    for (const n of times(5, (each) => each)) {
      const body =
        n === 1
          ? '- First the words\n- ![A dot](images/dot.svg)'
          : n === 2
            ? `> Before the table.\n>\n> ${table.replaceAll('\n', '\n> ')}`
            : rich;
      await write(
        `interviews/${id}/0${n}0-${id}-${n}.md`,
        `---\nquestion: What happened in 1950–1960?\ntags: [odd]\nsection: part-${n}\nspeaker: ana\ntakeaway: The ${id} claim number ${n}\nkey: ${n === 1}\nterms: [rich]\nfigures:\n  - { kind: number, value: "100–200", label: "between 100,000–1,000,000 of something, or 2–3 of another", alt: A range }\n---\n\n${body}`,
      );
    }
  }
  await write('terms/rich.md', `---\nterm: Rich text 10–20\n---\n\n${rich}`);
  await write(
    'themes/odd.md',
    `---\ntitle: Oddities\norder: 1\naccent: "#6d28d9"\nsteps: true\n---\n\nA summary with a list:\n\n- one\n- two`,
  );
}
