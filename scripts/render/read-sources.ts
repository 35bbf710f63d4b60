/** The content files that a generated deck says it was made from. */
export function readSources(markdown: string): Set<string> {
  const sources = new Set<string>();
  for (const [, value = ''] of markdown.matchAll(/^source: (".*")$/gm)) {
    // Front matter strings are JSON but for one escape that JSON does not know.
    sources.add(String(JSON.parse(value.replaceAll('\\x2d', '-'))));
  }
  return sources;
}

/** Whether a file in the slides folder was generated, and so may be replaced and removed. */
export function isGeneratedDeck(markdown: string): boolean {
  return /^briefdeck:$/m.test(markdown.slice(0, 4000));
}
