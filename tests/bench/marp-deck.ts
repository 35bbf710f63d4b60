/** The same slides for Marp: headline, text, drawings and notes of a generated deck, in Marp's own default theme. */
import { parseSync } from '@slidev/parser/core';

/** A deck that was generated for Slidev, as Markdown for Marp CLI (with `--html`). */
export function asMarpDeck(markdown: string): string {
  const { slides } = parseSync(markdown, 'deck.md');
  const pages = slides.map(({ frontmatter, content, note }) => {
    const { headline, question, locator, href } = frontmatter as Record<string, string | undefined>;
    const source = locator === undefined ? [] : [href === undefined ? locator : `[${locator}](${href})`];
    const lines = [
      `# ${headline ?? ''}`,
      ...(question === undefined ? [] : [question]),
      ...listsIn(frontmatter),
      content.replaceAll(' v-pre', '').replace(/^::[\w-]+::$/gm, ''),
      ...source,
    ];
    return [...lines, ...(note === undefined ? [] : [`<!--\n${note}\n-->`])].join('\n\n');
  });
  return `---\nmarp: true\npaginate: true\n---\n\n${pages.join('\n\n---\n\n')}\n`;
}

/** What our layouts print from front matter: takeaways, sections, rows, sources. */
function listsIn(frontmatter: object): string[] {
  return Object.values(frontmatter).flatMap((value) =>
    Array.isArray(value)
      ? [
          value
            .map(
              (row: unknown) =>
                `- ${
                  typeof row === 'object' && row !== null
                    ? Object.values(row)
                        .filter((each) => typeof each === 'string')
                        .join(' · ')
                    : row
                }`,
            )
            .join('\n'),
        ]
      : [],
  );
}
