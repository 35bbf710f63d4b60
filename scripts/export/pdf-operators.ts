/** The operators of a page's content stream (ISO 32000-1, 7.8.2), in both directions. */

export interface Operation {
  operator: string;
  /** As they are written: numbers, names, strings, arrays and dictionaries, each as one text. */
  operands: string[];
}

/**
 * Reads a content stream, given with one character for each byte (latin1). Throws Error where a string, array or dictionary does not end.
 * An inline image is one operation, `BI`, with its bytes as operand.
 */
export function readOperations(content: string): Operation[] {
  const operations: Operation[] = [];
  let operands: string[] = [];
  let at = 0;
  while (true) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(content);
    if (match === null) break;
    const [token] = match;
    const start = match.index;
    const first = token.charCodeAt(0);
    at = start + token.length;
    if (first === PERCENT) continue;
    if (first === ROUND || token === '<<' || first === SQUARE) {
      at = first === ROUND ? endOfString(content, start) : endOfGroup(content, start);
      operands.push(content.slice(start, at));
    } else if (isOperand(first)) operands.push(token);
    else if (token === 'BI') {
      at = endOfImage(content, at);
      operations.push({ operator: 'BI', operands: [content.slice(start + 2, at)] });
      operands = [];
    } else {
      operations.push({ operator: token, operands });
      operands = [];
    }
  }
  return operations;
}

/** Operators as a content stream, each on a line. */
export function writeOperations(operations: readonly Operation[]): string {
  return operations.map(writeOperation).join('');
}

function writeOperation({ operator, operands }: Operation): string {
  // The operand of an inline image ends with its own operator.
  if (operator === 'BI') return `BI${operands.join(' ')}\n`;
  return operands.length === 0 ? `${operator}\n` : `${operands.join(' ')} ${operator}\n`;
}

const [PERCENT, ROUND, SQUARE, ANGLE, SLASH] = ['%', '(', '[', '<', '/'].map((character) => character.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
];

/** Comments, beginnings of strings and groups, hexadecimal strings, names, and runs of regular characters. */
const TOKEN = /%[^\r\n]*|<<|<[0-9A-Fa-f\s]*>|[([]|\/[^\s()<>[\]{}/%]*|[^\s()<>[\]{}/%]+/g;

function isOperand(first: number): boolean {
  // Names and hexadecimal strings; digits, sign and point of numbers.
  return first === SLASH || first === ANGLE || (first >= 0x2b && first <= 0x39);
}

function endOfString(content: string, start: number): number {
  let depth = 0;
  for (let at = start; at < content.length; at += 1) {
    const character = content[at];
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new Error('a string in a content stream does not end');
}

/** Of an array or a dictionary, with all that is nested in it. */
function endOfGroup(content: string, start: number): number {
  let depth = 0;
  for (let at = start; ; ) {
    BRACKET.lastIndex = at;
    const [bracket] = BRACKET.exec(content) ?? [];
    if (bracket === undefined) throw new Error('an array or dictionary in a content stream does not end');
    at = bracket === '(' ? endOfString(content, BRACKET.lastIndex - 1) : BRACKET.lastIndex;
    if (bracket === '[' || bracket === '<<') depth += 1;
    else if (bracket === ']' || bracket === '>>') depth -= 1;
    if (depth === 0) return at;
  }
}

/** What groups are made of; a hexadecimal string is passed over whole. */
const BRACKET = /\(|<<|>>|\[|\]|<[^<>]*>/g;

function endOfImage(content: string, start: number): number {
  END_OF_IMAGE.lastIndex = start;
  if (END_OF_IMAGE.exec(content) === null) throw new Error('an image in a content stream does not end');
  return END_OF_IMAGE.lastIndex;
}

const END_OF_IMAGE = /\sEI(?=\s|$)/g;
