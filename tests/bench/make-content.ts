/** A content folder as large as one likes, for measuring. The same numbers give the same files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { between, type Chance, chanceFrom, chinese, clause, pick, sentences, slugOf, thing } from './words.ts';

export interface ContentSize {
  interviews: number;
  exchanges: number;
  /** 40 themes make decks of usual size from 10,000 exchanges; 4 make huge ones. */
  themes?: number;
  /** Share of the interviews that are there in Chinese as well. */
  translated?: number;
  seed?: number;
}

/** Writes interviews, exchanges, themes, terms and tags below a folder. It has no errors; what is not translated is a warning. */
export function makeContent(folder: string, { interviews, exchanges, themes = 40, translated = 0.2, seed = 1 }: ContentSize): void {
  const chance = chanceFrom(seed);
  const themeIds = Array.from({ length: themes }, (_, index) => `theme-${index + 1}`);
  const tags = Array.from({ length: 60 }, (_, index) => `${slugOf(chance)}-${index}`);
  const terms = Array.from({ length: 80 }, (_, index) => `${slugOf(chance)}-${index}`);
  const write = (file: string, text: string) => {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  };
  write('tags.md', matter([`tags:`, ...tags.map((tag) => `  ${tag}: "What it means: ${clause(chance)}"`)], ''));
  themeIds.forEach((id, index) => {
    const head = [
      `title: Theme ${index + 1}, ${thing(chance)}`,
      `subtitle: ${quoted(clause(chance))}`,
      `order: ${index + 1}`,
      `steps: ${index % 3 === 1}`,
    ];
    write(`themes/${id}.md`, matter(head, sentences(3, chance)));
    if (translated > 0)
      write(`themes/${id}.zh.md`, matter([`title: 主题 ${index + 1}`, `subtitle: ${chinese(1, chance)}`], chinese(4, chance)));
  });
  for (const [index, id] of terms.entries()) {
    const name = id.replaceAll('-', ' ');
    write(`terms/${id}.md`, matter([`term: ${name}`, `aliases: [${name} (${index})]`], sentences(2, chance)));
    if (translated > 0) write(`terms/${id}.zh.md`, matter([`term: 术语 ${index}`], chinese(3, chance)));
  }
  const each = Math.floor(exchanges / interviews);
  for (let index = 0; index < interviews; index += 1) {
    const isTranslated = index < interviews * translated;
    const count = each + (index < exchanges % interviews ? 1 : 0);
    writeInterview({ id: `talk-${index + 1}`, index, count, isTranslated, themeIds, tags, terms, write }, chance);
  }
}

interface InterviewPlan {
  id: string;
  index: number;
  count: number;
  isTranslated: boolean;
  themeIds: readonly string[];
  tags: readonly string[];
  terms: readonly string[];
  write: (file: string, text: string) => void;
}

const SECTIONS = ['beginnings', 'money', 'people', 'water-and-land', 'what-comes-next'];

function writeInterview(plan: InterviewPlan, chance: Chance): void {
  const { id, index, count, isTranslated, write } = plan;
  const head = [
    `title: Talk ${index + 1} about ${thing(chance)}`,
    `date: "${2010 + (index % 14)}-${String(1 + (index % 12)).padStart(2, '0')}-15"`,
    'lang: en',
    'people:',
    `  - { id: host, name: Host ${index % 9} Marsh, role: interviewer }`,
    `  - { id: guest, name: Guest ${index} Okafor, role: interviewee, affiliation: ${quoted(`Institute of ${pick(plan.tags, chance)}`)} }`,
    `source: { title: ${quoted(clause(chance))}, publisher: The Ledger, url: "https://example.org/talks/${id}", media: "https://example.org/media/${id}", accessed: "2026-10-01" }`,
    'sections:',
    ...SECTIONS.map((section) => `  - { id: ${section}, title: ${quoted(section.replaceAll('-', ' '))} }`),
  ];
  write(`interviews/${id}/index.md`, matter(head, `${sentences(4, chance)}\n\n${sentences(3, chance)}`));
  if (isTranslated) {
    const sections = SECTIONS.map((section, place) => `  - { id: ${section}, title: 第 ${place + 1} 部分 }`);
    write(`interviews/${id}/index.zh.md`, matter([`title: 访谈 ${index + 1}`, 'sections:', ...sections], chinese(5, chance)));
  }
  for (let number = 1; number <= count; number += 1) {
    const name = `${String(number * 10).padStart(4, '0')}-${slugOf(chance)}-${number}`;
    const section = SECTIONS[Math.floor(((number - 1) / count) * SECTIONS.length)] ?? 'money';
    const figures = chance() < 0.25 ? figureOf(chance) : [];
    write(`interviews/${id}/${name}.md`, exchangeText(plan, number, section, figures, chance));
    if (isTranslated) write(`interviews/${id}/${name}.zh.md`, chineseText(figures, chance));
  }
}

function exchangeText(
  { index, themeIds, tags, terms }: InterviewPlan,
  number: number,
  section: string,
  figures: string[],
  chance: Chance,
): string {
  const own = new Set([
    themeIds[(index * 50 + number) % themeIds.length] ?? '',
    ...(chance() < 0.3 ? [pick(themeIds, chance)] : []),
    pick(tags, chance),
    pick(tags, chance),
  ]);
  const used = new Set(chance() < 0.4 ? [pick(terms, chance), pick(terms, chance)] : []);
  const seconds = number * 73;
  const head = [
    `question: ${quoted(`Why is it that ${thing(chance)} so often ${chance() < 0.5 ? 'fails' : 'works'} before ${thing(chance)} does?`)}`,
    `tags: [${[...own].join(', ')}]`,
    `section: ${section}`,
    'speaker: guest',
    `start: "${String(Math.floor(seconds / 3600)).padStart(2, '0')}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}"`,
    ...(chance() < 0.85 ? [`takeaway: ${quoted(clause(chance))}`] : []),
    ...(used.size === 0 ? [] : [`terms: [${[...used].join(', ')}]`]),
    ...(figures.length === 0 ? [] : ['figures:', ...figures]),
  ];
  const said = clause(chance);
  const points = Array.from({ length: between(2, 5, chance) }, () => `- ${emphasized(clause(chance), chance)}.`);
  const hasTranscript = chance() < 0.35;
  const quote = hasTranscript && chance() < 0.5 ? ['', `> ${said}.`] : [];
  const table =
    chance() < 0.05
      ? ['', '| year | share | note |', '| --- | ---: | --- |', `| 2019 | 12 % | ${thing(chance)} |`, `| 2023 | 31 % | ${thing(chance)} |`]
      : [];
  const transcript = hasTranscript
    ? ['', '## Transcript', '', `Guest: ${sentences(5, chance)} ${said}. ${sentences(6, chance)}`, '', sentences(6, chance)]
    : [];
  const notes = ['', '## Notes', '', sentences(between(2, 6, chance), chance), '', sentences(2, chance)];
  return matter(head, [...points, ...table, ...quote, ...notes, ...transcript].join('\n'));
}

function chineseText(figures: readonly string[], chance: Chance): string {
  const head = [`question: ${chinese(2, chance)}`, `takeaway: ${chinese(1, chance)}`];
  const translated = figures.length === 0 ? [] : ['figures:', `  - { alt: ${quoted(chinese(1, chance))} }`];
  const points = Array.from({ length: between(2, 4, chance) }, () => `- ${chinese(2, chance)}`);
  return matter([...head, ...translated], [...points, '', '## Notes', '', chinese(between(3, 8, chance), chance)].join('\n'));
}

function figureOf(chance: Chance): string[] {
  const alt = `    alt: ${quoted(clause(chance))}`;
  const kind = chance();
  if (kind < 0.4) return ['  - kind: number', `    value: "${between(2, 90, chance)} %"`, `    label: of ${thing(chance)}`, alt];
  const label = () => quoted(thing(chance));
  const several = (line: (index: number) => string) => Array.from({ length: between(3, 5, chance) }, (_, index) => line(index));
  if (kind < 0.65)
    return ['  - kind: bars', '    items:', ...several(() => `      - { label: ${label()}, value: ${between(3, 99, chance)} }`), alt];
  if (kind < 0.85)
    return ['  - kind: timeline', '    items:', ...several((index) => `      - { when: "${2001 + index * 4}", label: ${label()} }`), alt];
  const edges = ['    edges:', '      - { from: a0, to: a1 }', '      - { from: a1, to: a2, label: then }'];
  return ['  - kind: diagram', '    nodes:', ...several((index) => `      - { id: a${index}, label: ${label()} }`), ...edges, alt];
}

function emphasized(text: string, chance: Chance): string {
  if (chance() < 0.5) return text;
  const words = text.split(' ');
  const at = between(1, words.length - 3, chance);
  return [...words.slice(0, at), `**${words.slice(at, at + 2).join(' ')}**`, ...words.slice(at + 2)].join(' ');
}

function matter(head: readonly string[], body: string): string {
  return `---\n${head.join('\n')}\n---\n\n${body}\n`;
}

const quoted = (text: string) => JSON.stringify(text);
