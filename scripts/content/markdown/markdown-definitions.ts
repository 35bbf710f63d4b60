import type { Definition, Nodes, Root } from 'mdast';

/** The link definitions (`[label]: address`) of a text. */
export interface Definitions {
  /** The address that a label stands for, or null. */
  addressOf(identifier: string): string | null;
  /** Whether a definition has done its work, so that it need not be shown as text. */
  isUsed(node: Definition): boolean;
}

/** An address that may become a link, or null: only http, https and mailto do, and none that shows one host's name and leads to another (`https://good@evil`). */
export function linkAddress(url: string): string | null {
  if (!/^(?:https?:\/\/|mailto:)[^\s]/i.test(url) || !URL.canParse(url) || new URL(url).username !== '') return null;
  // As written where that is plain; else percent-encoded.
  return /^[\x21-\x7e]+$/.test(url) && !/["<>`\\^{|}]/.test(url) ? url : new URL(url).href;
}

/** Whether a reference may be resolved: one that looks like a footnote is text. */
export function isReference(label: string | null | undefined): boolean {
  return !(label ?? '').startsWith('^');
}

/** Collects the definitions of a text; the first of two with the same label counts. */
export function collectDefinitions(root: Root): Definitions {
  const byIdentifier = new Map<string, Definition>();
  const used = new Set<Definition>();
  visit(root, null, (node) => {
    if (node.type === 'definition' && !byIdentifier.has(node.identifier)) byIdentifier.set(node.identifier, node);
  });
  if (byIdentifier.size > 0) {
    visit(root, null, (node, parent) => {
      if (node.type !== 'linkReference' && node.type !== 'imageReference') return;
      const definition = byIdentifier.get(node.identifier);
      if (definition === undefined || !isReference(node.label)) return;
      // The same conditions as for showing them: a link needs a good address, an image its place in a paragraph.
      const shown = node.type === 'linkReference' ? linkAddress(definition.url) !== null : parent?.type === 'paragraph';
      if (shown) used.add(definition);
    });
  }
  return { addressOf: (identifier) => byIdentifier.get(identifier)?.url ?? null, isUsed: (node) => used.has(node) };
}

function visit(node: Nodes, parent: Nodes | null, see: (node: Nodes, parent: Nodes | null) => void): void {
  see(node, parent);
  if ('children' in node) for (const child of node.children) visit(child, node, see);
}
