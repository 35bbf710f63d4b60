/** Content in which every title, name and section has the same length. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ENGLISH =
  'Everything that the keepers of rivers have told each other about water and drought since the first dam was built across the valley, long before anybody now alive can remember, and what their children make of it when August comes and the wells of all the villages have run dry again';
const CHINESE =
  '河流的守护者们自从第一座水坝横跨山谷建成以来彼此讲述的关于水与干旱的一切，以及他们的孩子在八月到来时如何理解这些话，而下游的城镇却仍在夜里浇灌草坪';
const ENDLESS = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

export type Words = 'english' | 'chinese' | 'endless';

/** Writes four themes of two interviews, whose titles and names have `length` characters. */
export async function writeLongTitles(content: string, length: number, words: Words): Promise<void> {
  const source = { english: ENGLISH, chinese: CHINESE, endless: ENDLESS }[words].repeat(6);
  const text = (count: number, from: number) => JSON.stringify(source.slice(from, from + count).trim());
  const title = (from: number) => text(length, from);
  const write = async (file: string, lines: string) => {
    await mkdir(path.dirname(path.join(content, file)), { recursive: true });
    await writeFile(path.join(content, file), lines);
  };
  for (const [index, theme] of ['river', 'lake', 'sea', 'pond'].entries())
    await write(`themes/${theme}.md`, `---\ntitle: ${title(index * 9)}\nsubtitle: ${title(index * 7 + 3)}\n---\n\nA summary.\n`);
  for (const [index, term] of ['water', 'dam'].entries())
    await write(`terms/${term}.md`, `---\nterm: ${title(index * 11)}\n---\n\nA definition.\n`);
  for (const [index, interview] of ['one', 'two'].entries()) {
    const people = ['interviewer', 'interviewee'].map(
      (role, at) => `  - { id: p${at}, name: ${text(length / 2, at * 5)}, role: ${role}, affiliation: ${text(length / 2, at * 3)} }`,
    );
    const front = [
      `title: ${title(index * 5 + 1)}`,
      'date: "2024-05-01"',
      `lang: ${words === 'chinese' ? 'zh' : 'en'}`,
      `people:\n${people.join('\n')}`,
      `source: { title: ${title(2)}, publisher: ${text(length / 2, 4)}, url: "https://example.org/talk" }`,
      `sections: [{ id: a, title: ${title(6)} }, { id: b, title: ${title(8)} }]`,
    ];
    await write(`interviews/${interview}/index.md`, `---\n${front.join('\n')}\n---\n`);
    for (const section of ['a', 'b']) {
      const exchange = [
        `question: ${title(12)}`,
        'tags: [river, lake, sea, pond]',
        `section: ${section}\nspeaker: p1\nkey: true\nterms: [water, dam]`,
        `takeaway: ${title(14)}`,
        `figures: [{ kind: number, value: "2–3", label: ${text(length / 2, 1)}, alt: Two to three }]`,
      ];
      await write(
        `interviews/${interview}/010-${section}-${interview}.md`,
        `---\n${exchange.join('\n')}\n---\n\n- A point.\n\n> A quote.\n\n## Transcript\n\nA quote.\n`,
      );
    }
  }
}
