/** Inline text as the runs in which the theme sets it. */

import { type Face, faceIn } from '../outputs/metrics.ts';
import type { Inline } from './text.ts';
import type { Run } from './text-pieces.ts';

/** Inline code is set a little smaller, with room at either end: `code` in the theme's styles/text.css. */
const CODE = { scale: 0.9, padding: 0.3 } as const;

/** The runs of inline text: bold and italic words in their own faces. Line feeds inside a text are spaces, a break begins a line. */
export function inlineRuns(nodes: readonly Inline[], face: Face = 'sans'): Run[] {
  return nodes.flatMap((node): Run[] => {
    switch (node.type) {
      case 'text':
        return [{ text: asOneLine(node.value), face }];
      case 'code':
        return [{ text: asOneLine(node.value), face: faceIn(face, 'mono'), ...CODE }];
      case 'strong':
        return inlineRuns(node.children, faceIn(face, 'bold'));
      case 'emphasis':
        return inlineRuns(node.children, faceIn(face, 'italic'));
      case 'break':
        return [{ text: '\n', face }];
      default:
        return inlineRuns(node.children, face);
    }
  });
}

function asOneLine(text: string): string {
  return text.replace(/(?<!\s)\s*\n\s*/g, ' ');
}
