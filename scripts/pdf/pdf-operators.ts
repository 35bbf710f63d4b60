/** Parses and writes the operators of a page's content stream (ISO 32000-1, 7.8.2). */

export interface Operation {
  operator: string;
  /** Numbers, names, strings, arrays and dictionaries, each as the text in the stream. */
  operands: string[];
}

/**
 * Parses a content stream, given with one character per byte (latin1). Throws Error when a string, array or dictionary does not end. An
 * inline image is one operation, `BI`, with its bytes as operand.
 */
export function readOperations(content: string): Operation[] {
  const operations: Operation[] = [];
  let operands: string[] = NONE;
  let at = 0;
  while (true) {
    at = startOfToken(content, at);
    if (at === content.length) break;
    const first = content.charCodeAt(at);
    const start = at;
    at = endOfToken(content, at);
    if (first === PERCENT) continue;
    const token = content.slice(start, at);
    if (isOperand(first)) operands = operands === NONE ? [token] : pushed(operands, token);
    else if (token === 'BI') {
      at = endOfImage(content, at);
      operations.push({ operator: 'BI', operands: [content.slice(start + 2, at)] });
      operands = NONE;
    } else {
      operations.push({ operator: token, operands });
      operands = NONE;
    }
  }
  return operations;
}

/** Shared by all operators without operands. Never changed. */
const NONE: string[] = [];

function pushed(operands: string[], token: string): string[] {
  operands.push(token);
  return operands;
}

/** Skips white space, and closing brackets without an opening one. */
function startOfToken(content: string, from: number): number {
  let at = from;
  while (at < content.length && SKIPPED[content.charCodeAt(at)] === 1) at += 1;
  return at;
}

/** Parsed by hand: pages have a hundred thousand tokens, and a regular expression takes twice as long. */
function endOfToken(content: string, start: number): number {
  const first = content.charCodeAt(start);
  if (first === ROUND) return endOfString(content, start);
  if (first === SQUARE) return endOfGroup(content, start);
  if (first === ANGLE) {
    if (content.charCodeAt(start + 1) === ANGLE) return endOfGroup(content, start);
    const end = content.indexOf('>', start);
    if (end === -1) throw new Error('a string in a content stream does not end');
    return end + 1;
  }
  let at = start + 1;
  if (first === PERCENT) {
    while (at < content.length && content[at] !== '\r' && content[at] !== '\n') at += 1;
    return at;
  }
  while (at < content.length && ENDS_TOKEN[content.charCodeAt(at)] !== 1) at += 1;
  return at;
}

/** Writes operators as a content stream, one per line. */
export function writeOperations(operations: readonly Operation[]): string {
  return operations.map(writeOperation).join('');
}

function writeOperation({ operator, operands }: Operation): string {
  // The operand of an inline image includes its closing operator.
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

/** Returns a table with 1 for each of the characters, by its code of one byte. */
function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

const WHITE = ' \t\r\n\f\v\0\u00a0';
const SKIPPED = tableOf(`${WHITE}>]){}`);
const ENDS_TOKEN = tableOf(`${WHITE}()<>[]{}/%`);

function isOperand(first: number): boolean {
  // First characters of names, strings and groups; digits, sign and point of numbers.
  return first === SLASH || first === ANGLE || first === ROUND || first === SQUARE || (first >= 0x2b && first <= 0x39);
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

/** Returns the end of an array or dictionary, including everything nested in it. */
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

/** Brackets and strings in groups. A hexadecimal string is skipped as a whole. */
const BRACKET = /\(|<<|>>|\[|\]|<[^<>]*>/g;

function endOfImage(content: string, start: number): number {
  END_OF_IMAGE.lastIndex = start;
  if (END_OF_IMAGE.exec(content) === null) throw new Error('an image in a content stream does not end');
  return END_OF_IMAGE.lastIndex;
}

const END_OF_IMAGE = /\sEI(?=\s|$)/g;
