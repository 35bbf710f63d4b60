import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../scripts/model/problems/problem-text.ts';
import { loadFiles } from './folder.ts';

async function marks(markdown: string, name = 'A'): Promise<string[]> {
  const { problems } = await loadFiles({ 'terms/a.md': `---\nterm: ${JSON.stringify(name)}\n---\n\n${markdown}\n` });
  return problems.map((finding) => {
    const { file, line, column, severity } = finding;
    return `${file}:${line}:${column} ${severity} ${describeProblem(finding).message}`;
  });
}

describe('Markdown that is shown as it is typed', () => {
  it.each([
    ['a claim[^1]\n\n[^1]: The note.', '5:8', '[^1]', 'there are no footnotes'],
    ['some ~~struck~~ words', '5:6', '~~struck~~', 'there is no struck-through text'],
    ['- one\n- [x] done', '6:3', '[x]', 'there are no task boxes'],
    ['see https://example.org/page', '5:5', 'https://example.org/page', 'a bare address is no link'],
    ['see www.example.org', '5:5', 'www.example.org', 'a bare address is no link'],
    ['energy $E = mc^2$ is', '5:8', '$E = mc^2$', 'there are no formulas'],
    ['above\n\n---\n\nbelow', '7:1', '---', 'there are no lines between paragraphs'],
    ['see [the plan](plan.md)', '5:5', '[the plan](plan.md)', 'links lead to https:, http: and mailto: addresses only'],
    ['a ==marked== word', '5:3', '==marked==', 'there is no highlighted text'],
    ['see [[rivers]]', '5:5', '[[rivers]]', 'there are no links between content files'],
    ['> [!NOTE]\n> Words.', '5:3', '[!NOTE]', 'there are no callouts'],
    [':::warning\nWords.', '5:1', ':::warning', 'there are no containers'],
  ])('%j is a warning with its place', async (markdown, place, text, is) => {
    expect(await marks(markdown)).toEqual([`terms/a.md:${place} warning "${text}" is shown as it is typed: ${is}`]);
  });

  it('is reported once for each kind', async () => {
    expect(await marks('~~a~~ ~~b~~ [^1] ~~c~~ [^2]\n\nH<sub>2</sub>O <mark>a</mark> <sub>b</sub>')).toEqual([
      'terms/a.md:5:1 warning "~~a~~" is shown as it is typed: there is no struck-through text',
      'terms/a.md:5:13 warning "[^1]" is shown as it is typed: there are no footnotes',
      'terms/a.md:7:2 warning <sub> is shown as text: this is Markdown, not HTML',
      'terms/a.md:7:16 warning <mark> is shown as text: this is Markdown, not HTML',
    ]);
  });

  it.each([
    'US$5 to US$6, $100 million/$200, and $5 and $6',
    'from 1~2 to 3~~4, ~ about',
    '`$x$`, `~~a~~` and `https://example.org`',
    '<https://example.org> and [www.example.org](https://example.org)',
    '\\~~a~~, \\[^1] and \\$x$',
    'if a == b and b == c',
    '[Ana]: Hello',
  ])('%j is nobody’s mistake', async (markdown) => {
    expect(await marks(markdown)).toEqual([]);
  });

  it.each([
    '*A* river',
    'A **river**',
    'A `river`',
    'A _river_',
    'A [river](https://example.org)',
    'A<br>river',
    'A ~~river~~',
    '一条*河*流',
  ])('%j is plain text in front matter', async (name) => {
    const [warning = '', ...others] = await marks('Words.', name);
    expect(warning).toMatch(/^terms\/a\.md:2:7 warning "[^"]+" is shown as it is typed: this value is plain text, without Markdown$/);
    expect(others).toEqual([]);
  });

  it.each(['2 * 3 * 4', 'snake_case_name', 'a < b > c', 'See https://example.org/a_b_c', '5*', "It's [sic]"])('%j is not', async (name) => {
    expect(await marks('Words.', name)).toEqual([]);
  });

  it('may be said: transcripts are what they are', async () => {
    const { list } = await loadFiles({
      'interviews/t/index.md': '---\ntitle: T\ndate: "2024"\nlang: en\npeople: [{ id: a, name: A, role: other }]\n---\n',
      'interviews/t/1-a.md': '---\nquestion: Q\n---\n\n- A\n\n## Transcript\n\n~~a~~ https://example.org <b>\n',
    });
    expect(list).toEqual(['interviews/t/1-a.md:1:1 no-theme']);
  });
});

it.each(['.markdown', '.mdx', '.txt'])('a file named %s is not read, and that is said', async (extension) => {
  const { problems } = await loadFiles({ [`terms/a${extension}`]: '---\nterm: A\n---\n', 'media/talk.txt': 'Hello' });
  expect(problems.map((finding) => `${finding.file} ${describeProblem(finding).message}`)).toEqual([
    `terms/a${extension} this file is not read: content is Markdown in files named .md, not ${extension}`,
  ]);
});
