import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Findings } from '../../scripts/content/findings.ts';
import { readMarkdown } from '../../scripts/content/markdown/markdown.ts';
import { type Block, blocksToPlain } from '../../scripts/model/text/text.ts';
import { anyText } from '../arbitraries.ts';
import { loadFiles, smallPng } from './folder.ts';

async function read(markdown: string): Promise<Block[]> {
  const { corpus, list } = await loadFiles({ 'terms/a.md': `---\nterm: A\n---\n\n${markdown}\n`, 'terms/a.png': smallPng });
  expect(list.filter((line) => !/ (?:raw-html|typed-mark)$/.test(line))).toEqual([]);
  return corpus.terms[0]?.text.en?.definition ?? [];
}

/** Blocks in short: `p`, `ul`, `ol3`, `q`, `t`, `c`, `i`; `*` emphasis, `**` strong, `code`, `<href text>`, `/` break. */
function short(blocks: readonly Block[]): string {
  const inline = (nodes: Extract<Block, { type: 'paragraph' }>['children']): string =>
    nodes
      .map((node) => {
        if (node.type === 'text') return node.value;
        if (node.type === 'break') return '/';
        if (node.type === 'code') return `code(${node.value})`;
        return node.type === 'link' ? `<${node.href} ${inline(node.children)}>` : `${node.type}(${inline(node.children)})`;
      })
      .join('');
  const block = (node: Block): string => {
    switch (node.type) {
      case 'paragraph':
        return `p(${inline(node.children)})`;
      case 'list':
        return `${node.ordered ? `ol${node.start}` : 'ul'}(${node.items.map(short).join(', ')})`;
      case 'quote':
        return `q(${short(node.children)})`;
      case 'table':
        return `t(${node.align.join()}: ${[node.head, ...node.rows].map((row) => row.map(inline).join('|')).join('; ')})`;
      case 'code':
        return `c(${node.value})`;
      case 'image':
        return `i(${node.src} ${node.alt})`;
    }
  };
  return blocks.map(block).join(' ');
}

describe('passes', () => {
  it.each([
    ['Plain *emphasis* **strong** `a  b`', 'p(Plain emphasis(emphasis) strong(strong) code(a  b))'],
    ['one\ntwo  \nthree\\\nfour', 'p(one two/three/four)'],
    ['中文\n换行\nand English', 'p(中文换行 and English)'],
    [
      '[a](https://x.org/p?q=1) <https://y.org> [b](mailto:a@b.org)',
      'p(<https://x.org/p?q=1 a> <https://y.org https://y.org> <mailto:a@b.org b>)',
    ],
    ['[full][x], [x][], [x]\n\n[x]: http://x.org', 'p(<http://x.org full>, <http://x.org x>, <http://x.org x>)'],
    ['[](https://x.org) [c](<https://x.org/a b>)', 'p(<https://x.org https://x.org> <https://x.org/a%20b c>)'],
    ['- a\n- b\n  - c\n\n3. d\n4. e', 'ul(p(a), p(b) ul(p(c))) ol3(p(d), p(e))'],
    ['- a\n\n- b', 'ul(p(a), p(b))'],
    ['> a\n> > b\n>\n> - c', 'q(p(a) q(p(b)) ul(p(c)))'],
    ['| a | b |\n|:--|--:|\n| *1* | 2 |\n| 3 |', 't(left,right: a|b; emphasis(1)|2; 3|)'],
    ['```js\n{{ a }}\n```\n\n    indented', 'c({{ a }}) c(indented)'],
    ['before ![Alt](a.png "title") after', 'p(before) i(terms/a.png Alt) p(after)'],
    ['# One\n\n###### Six', 'p(strong(One)) p(strong(Six))'],
    ['&amp; \\* &#123;', 'p(& * {)'],
  ])('%j', async (markdown, expected) => {
    expect(short(await read(markdown))).toBe(expected);
  });
});

describe('becomes the text that was written', () => {
  it.each([
    ['<b>bold</b> and <br/>', 'p(<b>bold</b> and <br/>)'],
    ['<div>\n\n**a**\n\n</div>', 'p(<div>) p(strong(a)) p(</div>)'],
    ['<!-- a\nb --> c', 'p(<!-- a/b --> c)'],
    ['<script setup>\nalert(1)\n</script>', 'p(<script setup> alert(1) </script>)'],
    ['a\n---\nb\n\n***', 'p(a) p(---) p(b) p(***)'],
    ['a\n===', 'p(a ===)'],
    ['[a](javascript:alert(1)) [b](../c.md) [d](#e)', 'p([a](javascript:alert(1)) [b](../c.md) [d](#e))'],
    ['[*a*][x]\n\n[x]: data:text/html,x', 'p([*a*][x]) p([x]: data:text/html,x)'],
    ['[Ana]: Hello', 'p([Ana]: Hello)'],
    ['[a][] [b][c] ![d][e]', 'p([a][] [b][c] ![d][e])'],
    ['One[^1]\n\n[^1]: Note', 'p(One[^1]) p([^1]: Note)'],
    ['~~gone~~ ::slot:: $x$ {{ 1 + 1 }} www.x.org https://x.org', 'p(~~gone~~ ::slot:: $x$ {{ 1 + 1 }} www.x.org https://x.org)'],
    ['- [ ] todo', 'ul(p([ ] todo))'],
    ['**![a](a.png)** | x', 'p(strong(![a](a.png)) | x)'],
    ['> [a\n> b](x:y)', 'q(p([a/b](x:y)))'],
    ['| a |\n|---|\n| ![b](a.png) |', 't(: a; ![b](a.png))'],
  ])('%j', async (markdown, expected) => {
    expect(short(await read(markdown))).toBe(expected);
  });
});

it('leaves sections alone that follow an unclosed comment', async () => {
  const { corpus, list } = await loadFiles({
    'interviews/t/index.md': '---\ntitle: T\ndate: "2024"\nlang: en\npeople: [{ id: a, name: A, role: other }]\n---\n',
    'interviews/t/1-a.md':
      '---\nquestion: Q\n---\n\n<!-- open\n\n## Notes\n\nN\n\n### Deeper\n\n> ## Quoted\n\n## Transcript\n\nQuoted\n\n## notes\n\nmore\n',
  });
  expect(list).toEqual(['interviews/t/1-a.md:1:1 no-theme']);
  const text = corpus.exchanges[0]?.text.en;
  expect([text?.body, text?.notes, text?.transcript].map((blocks) => short(blocks ?? []))).toEqual([
    'p(<!-- open)',
    'p(N) p(strong(Deeper)) q(p(strong(Quoted))) p(more)',
    'p(Quoted)',
  ]);
});

const visible = (text: string) => text.replace(/\s/gu, '');
const plain = (markdown: string) => {
  const { parts } = readMarkdown(markdown, 'terms/a.md', 1, new Findings());
  return parts.map((part) => (part.type === 'block' ? blocksToPlain([part.block]) : '')).join('\n');
};

describe('laws', () => {
  it('gives back every visible character of plain text, whose marks are escaped', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), (texts) => {
        const paragraphs = texts.map((text) => text.replace(/[\s\0]+/gu, ' ').trim());
        const markdown = paragraphs.map((text) => text.replace(/[!-/:-@[-`{-~]/g, '\\$&')).join('\n\n');
        expect(visible(plain(markdown))).toBe(visible(paragraphs.join('')));
      }),
    );
  });

  it('loses no character of text that has no Markdown in it, whatever it means to HTML, Vue or Slidev', () => {
    const word = fc.constantFrom(
      'a',
      '中',
      '{{',
      '}}',
      '<b>',
      '</b',
      '<!--',
      '-->',
      '$x$',
      '::s::',
      '<<<',
      '@click',
      "'",
      '"',
      '%',
      '^',
      '<script>',
      '.',
      ', ',
      '\n',
      '\n\n',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        expect(visible(plain(words.join(' ')))).toBe(visible(words.join('')));
      }),
    );
  });

  it('never throws, and leaves no line end in a text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { parts } = readMarkdown(text, 'terms/a.md', 1, new Findings());
        const values = JSON.stringify(parts, (key, value) => (key === 'block' && value.type === 'code' ? null : value));
        expect(values.replace(/"type":"code","value":"[^"]*"/g, '')).not.toContain('\\n');
      }),
    );
  });
});
