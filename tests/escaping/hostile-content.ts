/** A content folder with a given text in every place where text can stand. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Findings } from '../../scripts/content/findings.ts';
import { readMarkdown } from '../../scripts/content/markdown/markdown.ts';

export interface Hostile {
  /** Every text that must be found on some slide of the deck and in the briefing, as its author meant it. */
  shown: string[];
  /** Texts that decks show and briefings do not. */
  onSlides: string[];
  /** The same for presenter's notes. */
  noted: string[];
}

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** Writes the folder; the texts are used one after the other, again from the first when there are no more. */
export async function writeHostile(content: string, texts: readonly string[]): Promise<Hostile> {
  const shown: string[] = [];
  const onSlides: string[] = [];
  const noted: string[] = [];
  let used = 0;
  /** The next text with something to see within `most` characters. */
  const take = (most: number): string => {
    for (let tries = 0; tries < texts.length; tries += 1) {
      const text = (texts[used++ % texts.length] ?? '')
        .slice(0, most)
        .replace(/[\ud800-\udbff]$/, '')
        .trim();
      if (/[\p{L}\p{N}]/u.test(text)) return text;
    }
    return 'plain';
  };
  const show = (most: number) => {
    const text = take(most);
    shown.push(text);
    return text;
  };
  const yaml = (text: string) => JSON.stringify(text);
  const say = (most: number) => yaml(show(most));
  const state = () => {
    const text = take(100);
    onSlides.push(text);
    return yaml(text);
  };
  /** As Markdown that means just this text. */
  const point = (most = 160) => literal(show(most));
  const files = new Map<string, string | Buffer>();
  const talk = 'interviews/talk';
  files.set(`${talk}/x.png`, PIXEL);

  files.set(
    `${talk}/index.md`,
    [
      '---',
      `title: ${say(200)}`,
      'date: "2024"',
      'lang: en',
      'people:',
      `  - { id: ana, name: ${say(100)}, role: interviewee, affiliation: ${say(100)} }`,
      `  - { id: ben, name: ${say(100)}, role: interviewer }`,
      `source: { title: ${say(120)}, publisher: ${say(100)}, url: "https://example.org/a?b=c&d=%7B%7B#e", accessed: "2024", note: ${say(120)} }`,
      `sections: [{ id: one, title: ${say(120)} }, { id: two, title: ${say(120)} }]`,
      '---',
    ].join('\n'),
  );
  const summary = take(100);
  noted.push(summary);
  files.set(
    'themes/hostile.md',
    [
      '---',
      `title: ${say(100)}`,
      `subtitle: ${say(100)}`,
      `answer: ${say(100)}`,
      `open: ${say(100)}`,
      'steps: true',
      'story:',
      `  - { role: situation, show: exchange-1, say: ${say(100)} }`,
      '  - { role: evidence, show: [exchange-6, exchange-2] }',
      '  - { role: evidence, show: exchange-7 }',
      `  - { role: answer, show: exchange-4, say: ${say(100)} }`,
      'certainty:',
      `  states: [{ text: ${state()}, show: exchange-1 }]`,
      `  expects: [{ text: ${state()} }]`,
      `  open: [{ text: ${state()} }]`,
      `---\n\n${literal(summary)}\n`,
    ].join('\n'),
  );
  files.set('themes/shared.md', `---\ntitle: ${say(100)}\nsubtitle: ${say(100)}\n---\n`);
  const aliases = [take(40), take(40)].map(yaml).join(', ');
  files.set('terms/one.md', `---\nterm: ${say(60)}\naliases: [${aliases}]\n---\n\n${point()}\n\n- ${point(80)}\n`);
  // No two terms may have one name, and the texts may all be alike.
  files.set('terms/two.md', `---\nterm: ${yaml(`2 ${show(60)}`)}\n---\n\n${point()}\n`);

  let number = 0;
  const exchange = (matter: readonly string[], body: string) => {
    number += 1;
    const head = [`question: ${yaml(take(200))}`, 'speaker: ana', ...matter];
    const tags = number % 2 === 0 ? 'tags: [hostile, shared]' : 'tags: [hostile]';
    files.set(`${talk}/${number}-exchange-${number}.md`, `---\n${[...head, tags].join('\n')}\n---\n\n${body}\n`);
  };
  const takeaway = () => `takeaway: ${say(200)}`;
  const notes = () => {
    const texts = [take(160), take(160)];
    noted.push(...texts);
    // Each line of it stands on a line of its own.
    const table = `| ${literal(texts[0] ?? '')} | b |\n|---|---|\n| ${literal(texts[1] ?? '')} | c |`;
    return `## Notes\n\n${literal(texts[0] ?? '')}\\\nbroken\n\n8. ${literal(texts[1] ?? '')}\n   - within\n9. ninth\n\n${table}`;
  };

  exchange(
    [takeaway(), 'section: one', 'key: true', 'terms: [one, two]', 'start: "00:01"'],
    `${point()}\n\n- ${point()}\n- **${point(40)}** and *${point(40)}*\n\n  1. ${point(80)}\n\n${notes()}`,
  );
  exchange(
    ['section: one', 'key: true'],
    `- [${point(60)}](https://example.org/x "${literal(take(30))}") ${code(show(60))}\n- ![${literal(take(60))}](x.png)`,
  );
  exchange(
    [takeaway(), 'section: two'],
    `| ${point(40)} | ${point(40)} |\n|---|---|\n| ${point(40)} | ${point(40)} |\n\n${fence(show(120))}`,
  );
  exchange([takeaway(), 'section: two'], `> ${point()}\n\n${point()}\n\n${notes()}`);
  // Without points and without a takeaway: the answer's leading sentences, under the question.
  exchange([], `## Transcript\n\n${point(100)}`);
  exchange([takeaway(), `figures: [{ kind: number, value: ${say(20)}, label: ${say(60)}, alt: ${yaml(take(60))} }]`], `- ${point(60)}`);
  exchange(
    [
      takeaway(),
      `figures: [{ kind: bars, unit: ${yaml(take(20))}, alt: ${yaml(take(60))}, items: [{ label: ${say(40)}, value: 3, text: ${say(30)} }, { label: ${say(40)}, value: 4 }] }]`,
    ],
    `- ${point(60)}`,
  );
  exchange(
    [
      takeaway(),
      `figures: [{ kind: timeline, alt: ${yaml(take(60))}, items: [{ when: ${say(30)}, label: ${say(60)} }, { when: ${say(30)}, label: ${say(60)} }] }]`,
    ],
    `- ${point(60)}`,
  );
  const [from, to] = ['a', `b${take(50)}`];
  exchange(
    [
      takeaway(),
      `figures: [{ kind: diagram, alt: ${yaml(take(60))}, nodes: [{ id: ${from}, label: ${say(40)} }, { id: ${yaml(to)}, label: ${say(40)} }], edges: [{ from: ${from}, to: ${yaml(to)}, label: ${say(30)} }] }]`,
    ],
    `- ${point(60)}`,
  );
  for (const figure of [
    `kind: comparison, columns: [{ label: ${say(40)}, text: ${say(40)}, items: [${say(40)}] }, { label: ${say(40)}, mark: true }]`,
    `kind: opposites, sides: { less: ${say(20)}, more: ${say(20)} }, items: [{ label: ${say(40)}, side: less, value: 3, text: ${say(30)} }, { label: ${say(40)}, side: more, value: 4 }]`,
    `kind: ladder, limit: ${say(40)}, steps: [${say(40)}, ${say(40)}], margin: ${say(40)}`,
    `kind: quadrants, x: { label: ${say(20)}, low: ${say(20)}, high: ${say(20)} }, y: { label: ${say(20)}, low: ${say(20)}, high: ${say(20)} }, cells: [{ x: low, y: high, label: ${say(40)} }]`,
  ])
    exchange([takeaway(), `figures: [{ ${figure}, alt: ${yaml(take(60))} }]`], `- ${point(60)}`);
  // As pasted: what the words mean in Markdown is up to them; between them stand words of ours.
  for (const part of [1, 2, 3]) {
    const pasted = [1, 2, 3].flatMap((each) => {
      const mark = `pasted${part}x${each}`;
      shown.push(mark);
      return [acceptable(take(200)), mark];
    });
    exchange([takeaway()], pasted.join('\n\n'));
  }
  for (const [file, data] of files) {
    await mkdir(path.join(content, path.dirname(file)), { recursive: true });
    await writeFile(path.join(content, file), data);
  }
  return { shown, onSlides, noted };
}

/** Markdown that means a text: every ASCII mark escaped, on one line. */
function literal(text: string): string {
  return onOneLine(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

function onOneLine(text: string): string {
  return text
    .replaceAll('\0', '')
    .replace(/[\r\n]+/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

/** Inline code between more backticks than it holds. */
function code(text: string): string {
  const ticks = backticks(text, 1);
  return `${ticks} ${onOneLine(text)} ${ticks}`;
}

/** A code block. */
function fence(text: string): string {
  const ticks = backticks(text, 3);
  return `${ticks}\n${text.replaceAll('\0', '').replace(/\r\n?/g, '\n')}\n${ticks}`;
}

function backticks(text: string, least: number): string {
  return '`'.repeat(Math.max(least, ...[...text.matchAll(/`+/g)].map(([found]) => found.length + 1)));
}

/** A pasted text, or words in its place when content refuses it: for a heading that is none, or an image that is not there. */
function acceptable(text: string): string {
  const pasted = text.replaceAll('\0', '');
  const findings = new Findings();
  const { parts, images } = readMarkdown(pasted, 'interviews/talk/1-a.md', 1, findings);
  const isHeading = parts.some((part) => part.type === 'heading' && part.depth <= 2);
  const isMissing = images.some((image) => image.path !== 'interviews/talk/x.png');
  return findings.problems.some(({ severity }) => severity === 'error') || isHeading || isMissing ? 'refused' : pasted;
}
