/**
 * What Vite reads while it compiles a deck and asks no plugin about: files that a deck's style sheets name, and those of
 * `new URL('file', import.meta.url)`. Generated decks have neither.
 */
import type { Plugin } from 'vite';

/** Refuses slides whose style sheets name files. */
export function filesOfStyles(): Plugin {
  return {
    name: 'briefdeck:files-of-styles',
    enforce: 'pre',
    transform(code, id) {
      if (!STYLE.test(id)) return null;
      const [reference] = code.match(NAMES_FILE) ?? [];
      if (reference !== undefined) throw new Error(`a style in a deck may name no file: ${reference}`);
      return null;
    },
  };
}

/** Refuses slides whose scripts do. Must come after the plugin that makes scripts of slides. */
export function filesOfScripts(): Plugin {
  return {
    name: 'briefdeck:files-of-scripts',
    transform(code, id) {
      if (!SLIDE.test(id) || STYLE.test(id) || !code.includes('import.meta.url')) return null;
      // Slides may speak of it: only as code it reads a file.
      if (makesUrl(this.parse(code))) throw new Error('a script in a deck may name no file by new URL(..., import.meta.url)');
      return null;
    },
  };
}

const SLIDE = /__slidev_\d+\.md|\/@slidev\/title-renderer/;
const STYLE = /__slidev_\d+\.md\?.*\btype=style\b/;

/** Vite knows them by these very letters; what is spelled with escapes the browser asks for itself, and is told no. */
const NAMES_FILE = new RegExp(
  [
    /@(?:use|forward|config|plugin|reference|source)\b.*/,
    /\bfrom\s*["'].*/,
    /image-set\(.*/,
    // On the web is none of our files.
    /@import\b(?!\s*(?:url\(\s*)?["']?https?:).*/,
    /url\((?!\s*["']?(?:data:|https?:|#)).*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

/** Whether a syntax tree (ESTree) has `new URL(anything, import.meta.url)` in it. */
function makesUrl(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(makesUrl);
  const { type, callee, arguments: given } = node as { type?: string; callee?: { name?: string }; arguments?: unknown[] };
  if (type === 'NewExpression' && callee?.name === 'URL' && (given?.length ?? 0) > 1) return true;
  return Object.values(node).some(makesUrl);
}
