import type { Nodes, PhrasingContent, Root } from 'mdast';

/**
 * Finds images as people write them whose files have spaces or brackets in their names. `![a map](map 1.png)` is no image for CommonMark, and can mean
 * nothing else. For the parser it is text of a paragraph: there it becomes an image node.
 */
export function findSpacedImages(root: Root, source: string): void {
  if (!SPACED_IMAGE.test(source)) return;
  const visit = (node: Nodes) => {
    if (node.type === 'paragraph') node.children = node.children.flatMap((child) => withSpacedImages(child, source));
    else if ('children' in node) node.children.forEach(visit);
  };
  visit(root);
}

const SPACED_IMAGE =
  /!\[([^\]\n]{0,300})\]\(\s*((?:[^()<>\n]|\([^()<>\n]{0,100}\)){1,300}?\.(?:png|jpe?g|webp|gif|svg|avif|bmp|tiff?|heic))(?:\s+["'][^"'\n]{0,300}["'])?\s*\)/i;

/** A text cut where such images stand. One that is written with a backslash is meant as it stands. */
function withSpacedImages(node: PhrasingContent, source: string): PhrasingContent[] {
  if (node.type !== 'text') return [node];
  const nodes: PhrasingContent[] = [];
  const end = node.position?.end.offset ?? 0;
  let [from, searched] = [0, node.position?.start.offset ?? 0];
  for (const { 0: whole, 1: alt = '', 2: url = '', index } of node.value.matchAll(new RegExp(SPACED_IMAGE, 'gi'))) {
    const at = source.indexOf(whole, searched);
    if (at === -1 || at + whole.length > end || source[at - 1] === '\\' || !/[\s()]/.test(url)) continue;
    const position = { start: pointAt(at, source), end: pointAt(at + whole.length, source) };
    nodes.push({ ...node, value: node.value.slice(from, index) }, { type: 'image', url, alt, position });
    from = index + whole.length;
    searched = at + whole.length;
  }
  return [...nodes, { ...node, value: node.value.slice(from) }];
}

function pointAt(offset: number, source: string): { line: number; column: number; offset: number } {
  const lines = source.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, offset };
}
