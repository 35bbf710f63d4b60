import type { ShownRun } from '../shown.ts';
import type { LookTools } from './look-tools.ts';

export type LineTools = ReturnType<typeof lineTools>;

/** Reads the content of lines: texts with their look, and line breaks. Runs in the page, so it must not use anything outside itself. */
export function lineTools({ containers, lettersOf }: LookTools) {
  /** Runs of code, whose spaces are kept. */
  const kept = new WeakSet<ShownRun>();
  const trimStarts = (runs: readonly ShownRun[]) => {
    let spaced = true;
    for (const run of runs) {
      if ((run.broken || spaced) && !kept.has(run)) run.text = run.text.replace(/^ +/, '');
      if (run.broken || run.text !== '') spaced = run.text === '' || run.text.endsWith(' ');
    }
  };
  const trimEnds = (runs: readonly ShownRun[]) => {
    let atEnd = true;
    for (const run of [...runs].reverse()) {
      if (atEnd) run.text = run.text.replace(/ +$/, '');
      atEnd = run.broken || (atEnd && run.text === '');
    }
  };
  /** Collapses spaces as browsers do: one space between words, none at the ends of lines. */
  const trim = (runs: ShownRun[]): ShownRun[] => {
    trimStarts(runs);
    trimEnds(runs);
    return runs.filter(({ text, broken }) => text !== '' || broken);
  };

  /** Returns whether text is the slide's own number in the footer, which must change when slides are moved. */
  const isCount = (text: string, parent: Element): boolean => {
    const slide = parent.closest('.print-slide-container');
    return slide !== null && parent.closest('footer .page') !== null && text.trim() === String(containers.indexOf(slide) + 1);
  };

  const runsOf = (nodes: readonly Node[]): ShownRun[] => {
    const runs: ShownRun[] = [];
    let broken = false;
    const add = (node: Text, parent: Element) => {
      const keeps = getComputedStyle(parent).whiteSpace.startsWith('pre');
      const lines = keeps ? node.data.split('\n') : [node.data.replace(/[ \t\r\n\f]+/g, ' ')];
      for (const [index, text] of lines.entries()) {
        const run = { ...lettersOf(parent), text, broken: broken || index > 0, counts: isCount(text, parent) };
        if (keeps) kept.add(run);
        runs.push(run);
        broken = false;
      }
    };
    const visit = (node: Node) => {
      if (node instanceof Text && node.parentElement !== null) add(node, node.parentElement);
      else if (node instanceof HTMLBRElement) broken = true;
      else if (node instanceof Element) for (const child of node.childNodes) visit(child);
    };
    for (const node of nodes) visit(node);
    return trim(runs);
  };

  /** Returns the box of letters by the font's own measure, and the box of lines with the style's line height. Null when nothing is visible. */
  const boxesOf = (nodes: readonly Node[], lineHeight: number): { letters: DOMRect; rect: DOMRect } | null => {
    const rects = nodes.flatMap((node) => {
      const range = document.createRange();
      range.selectNode(node);
      return [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
    });
    if (rects.length === 0) return null;
    const [left, right] = [Math.min(...rects.map((rect) => rect.left)), Math.max(...rects.map((rect) => rect.right))];
    const [top, bottom] = [Math.min(...rects.map((rect) => rect.top)), Math.max(...rects.map((rect) => rect.bottom))];
    const height = Math.max(1, Math.round((bottom - top) / lineHeight)) * lineHeight;
    const rect = new DOMRect(left, (top + bottom - height) / 2, right - left, height);
    return { letters: new DOMRect(left, top, right - left, bottom - top), rect };
  };

  return { runsOf, boxesOf };
}
