/**
 * Where a browser may break a line: Unicode's rules (UAX 14, version 16) as Chromium applies them with `line-break: strict`. Between two ASCII
 * characters Chromium has a table of its own, which is older than Unicode's rules and breaks no URL at its slashes.
 */
// Our own rules rather than the `linebreak` package: of 33,600 test strings Chromium breaks 19 differently from these, 4,225 from the package's (Unicode 13).
import { type Character, describeCharacter, type LineClass } from './line-classes.ts';

/** Offsets at which a line may end, the text's end among them. */
export function breakOffsets(text: string): number[] {
  const units = toUnits(text);
  const offsets = units.slice(1).flatMap((unit, index) => (mayBreak(units, index + 1) ? [unit.offset] : []));
  return text === '' ? [] : [...offsets, text.length];
}

/** A character with the marks that combine with it. */
interface Unit extends Character {
  text: string;
  offset: number;
}

function toUnits(text: string): Unit[] {
  const units: Unit[] = [];
  let offset = 0;
  for (const character of text) {
    const { type, wide } = describeCharacter(character);
    const last = units.at(-1);
    const joins = type === 'CM' || type === 'ZWJ' || last?.text.endsWith('\u200d') === true;
    if (joins && last !== undefined && last.type !== 'SP' && last.type !== 'ZW') last.text += character;
    else units.push({ text: character, offset, type: type === 'CM' || type === 'ZWJ' ? 'AL' : type, wide });
    offset += character.length;
  }
  return units;
}

const NONE: Unit = { text: '', offset: 0, type: 'SOT', wide: false };

/** Whether a line may end before unit number `at`. */
function mayBreak(units: readonly Unit[], at: number): boolean {
  const unit = (index: number) => units[index] ?? NONE;
  const [before, after] = [unit(at - 1), unit(at)];
  if (after.type === 'SP') return false;
  if (before.type === 'SP') return true;
  if (before.type === 'AL' && after.type === 'AL') return false;
  if (before.type === 'ID' && after.type === 'ID') return !modifies(before, after);
  if (isAscii(before) && isAscii(after)) return asciiBreak(unit(at - 2).text, before.text, after.text);
  return !isKept(unit(at - 2), before, after, unit(at + 1), units, at);
}

function isAscii({ text }: Unit): boolean {
  return text.length === 1 && text < '\u007f';
}

/** Chromium's own table for ASCII. */
function asciiBreak(earlier: string, before: string, after: string): boolean {
  if (before === '-' && /\d/.test(after)) return /^[a-z\d]$/i.test(earlier);
  if (/[([{<]/.test(after) && /[!"#%&)*+,\-.:;=>?\\\]|}~]/.test(before)) return true;
  return (before === '-' && /[^!$),./:;?\]}]/.test(after)) || (before === '?' && /[^!"'),./:;?\]}]/.test(after));
}

/** Whether two neighbours stay together; numbers in the comments are those of Unicode's rules. */
function isKept(earlier: Unit, before: Unit, after: Unit, later: Unit, units: readonly Unit[], at: number): boolean {
  const [b, a] = [before.type, after.type];
  if (a === 'ZW' || b === 'ZW') return a === 'ZW';
  if (a === 'WJ' || b === 'WJ' || b === 'GL') return true;
  if (a === 'GL') return !is(b, 'BA', 'HY');
  if (is(a, 'CL', 'CP', 'EX', 'SY', 'IS') || b === 'OP') return true; // 13 to 15d
  if ((isQuote(a) || isQuote(b)) && isQuoteKept(earlier, before, after, later)) return true; // 15a to 19a
  if (is(a, 'BA', 'HY', 'NS', 'IN')) return true; // 21, 22
  return isKeptPair(earlier, before, after) || (b === 'RI' && a === 'RI' && regionals(units, at) % 2 === 1); // 30a
}

function isKeptPair(earlier: Unit, before: Unit, after: Unit): boolean {
  const [b, a] = [before.type, after.type];
  if (/[-\u2010]/.test(before.text) && is(earlier.type, 'SOT', 'SP', 'GL', 'ZW') && a === 'AL') return true; // 20a
  if (is(b, 'CL', 'CP') && is(earlier.type, 'NU') && is(a, 'PO', 'PR')) return true; // 25
  if (KEPT.has(`${b}-${a}`)) return true;
  if (a === 'OP') return is(b, 'AL', 'NU') && !after.wide; // 30
  if (b === 'CP') return is(a, 'AL', 'NU') && !before.wide;
  return modifies(before, after);
}

/** 30b: an emoji and its skin colour. */
function modifies(before: Unit, after: Unit): boolean {
  return after.text.length > 1 && /^\p{Emoji_Modifier}/u.test(after.text) && /^\p{Emoji_Modifier_Base}/u.test(before.text);
}

/** 17 and 23 to 29: double dashes, letters and numbers with each other and with their units. */
const KEPT: ReadonlySet<string> = new Set(
  'B2-B2 AL-NU NU-AL PR-ID ID-PO PR-AL PO-AL AL-PR AL-PO NU-PO NU-PR PR-NU PO-NU HY-NU IS-NU SY-NU NU-NU AL-AL IS-AL'.split(' '),
);

const is = (type: LineClass, ...types: LineClass[]) => types.includes(type);
const isQuote = (type: LineClass) => is(type, 'QU', 'PI', 'PF');

function isQuoteKept(earlier: Unit, before: Unit, after: Unit, later: Unit): boolean {
  const [b, a] = [before.type, after.type];
  if (b === 'PI' && (is(earlier.type, 'SOT', 'OP', 'GL', 'SP', 'ZW') || isQuote(earlier.type))) return true; // 15a
  if (a === 'PF' && (is(later.type, 'SOT', 'SP', 'GL', 'WJ', 'CL', 'CP', 'EX', 'IS', 'SY', 'ZW') || isQuote(later.type))) return true; // 15b
  if ((isQuote(a) && a !== 'PI') || (isQuote(b) && b !== 'PF')) return true; // 19
  if (isQuote(a)) return !before.wide || !later.wide; // 19a
  return !after.wide || !earlier.wide;
}

function regionals(units: readonly Unit[], at: number): number {
  let count = 0;
  for (let index = at - 1; index >= 0 && units[index]?.type === 'RI'; index -= 1) count += 1;
  return count;
}
