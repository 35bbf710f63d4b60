/**
 * Finds where a browser may break a line: the rules of Unicode (UAX 14, version 16) as Chromium applies them with `line-break: strict`.
 * Between two ASCII characters Chromium has an older table of its own, which does not break URLs at slashes.
 */

/** Returns the offsets at which a line may end, including the end of the text. */
export function breakOffsets(text: string): number[] {
  const units = toUnits(text);
  const offsets = units.slice(1).flatMap((unit, index) => (mayBreak(units, index + 1) ? [unit.offset] : []));
  return text === '' ? [] : [...offsets, text.length];
}

/** A character with its combining marks. */
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

/** Whether a line may end before unit `at`. */
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

/** Chromium's table for ASCII. */
function asciiBreak(earlier: string, before: string, after: string): boolean {
  if (before === '-' && /\d/.test(after)) return /^[a-z\d]$/i.test(earlier);
  if (/[([{<]/.test(after) && /[!"#%&)*+,\-.:;=>?\\\]|}~]/.test(before)) return true;
  return (before === '-' && /[^!$),./:;?\]}]/.test(after)) || (before === '?' && /[^!"'),./:;?\]}]/.test(after));
}

/** Whether two neighbours stay together. Numbers in the comments are the rules of UAX 14. */
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

/** Rule 30b: an emoji and its skin tone. */
function modifies(before: Unit, after: Unit): boolean {
  return after.text.length > 1 && /^\p{Emoji_Modifier}/u.test(after.text) && /^\p{Emoji_Modifier_Base}/u.test(before.text);
}

/** Rules 17 and 23 to 29: double dashes, and letters and numbers with each other and with their units. */
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

// Line breaking classes (UAX 14), as far as they matter here. Taken from Unicode properties where possible

type LineClass =
  | 'AL' // letters and everything else
  | 'B2' // dashes that may stand at either end of a line
  | 'BA' // break after
  | 'CL' // closing
  | 'CM' // combines with the character before
  | 'CP' // closing parenthesis
  | 'EX' // exclamation and question marks
  | 'GL' // glue: no-break space
  | 'HY' // hyphen
  | 'ID' // ideographs, kana, Hangul syllables, emoji
  | 'IN' // ellipses
  | 'IS' // marks inside numbers
  | 'NS' // never at the start of a line
  | 'NU' // digits
  | 'OP' // opening
  | 'PF' // closing quotes
  | 'PI' // opening quotes
  | 'PO' // after numbers
  | 'PR' // before numbers
  | 'QU' // quotes that may open or close
  | 'RI' // halves of flags
  | 'SOT' // start and end of the text
  | 'SP'
  | 'SY' // slash
  | 'WJ'
  | 'ZW'
  | 'ZWJ';

/** Tried in this order. */
const CLASSES: readonly (readonly [LineClass, RegExp])[] = [
  ['SP', /[ \t\n\r\f]/],
  ['ZW', /\u200b/],
  ['ZWJ', /\u200d/],
  ['WJ', /[\u2060\ufeff]/],
  ['GL', /[\u00a0\u180e\u2007\u2011\u202f]/],
  ['BA', /[\u00ad\u058a\u2000-\u2006\u2008-\u200a\u2010\u2012\u2013\u2027\u2056\u2058-\u205b\u205d-\u205f\u3000|]/],
  ['B2', /[\u2014\u2e3a\u2e3b]/],
  ['HY', /-/],
  ['CP', /[)\]]/],
  ['CL', /[\u3001\u3002\uff0c\uff0e\uff61\uff64\ufe11\ufe12\ufe50\ufe52]/],
  ['EX', /[!?\u2762\u2763\uff01\uff1f\u061b\u061e\u061f\ufe56\ufe57]/],
  ['IN', /[\u2024-\u2026\u22ef\ufe19]/],
  ['IS', /[,.:;\u037e\u0589\u060c\u060d\u2044\ufe10\ufe13\ufe14]/],
  ['SY', /\//],
  [
    'NS',
    /[\u203c\u203d\u2047-\u2049\u3005\u301c\u303b\u303c\u309b-\u309e\u30a0\u30fb\u30fd\u30fe\uff1a\uff1b\uff65\uff9e\uff9f\ufe54\ufe55]/,
  ],
  // Small kana and the long vowel mark: `line-break: strict` does not allow them at the start of a line.
  [
    'NS',
    /[\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u3095\u3096\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6\u30fc\u31f0-\u31ff\uff67-\uff70]/,
  ],
  ['PO', /[%\u00a2\u00b0\u060b\u066a\u2030-\u2037\u20a7\u20b6\u20bb\u20be\u2103\u2109\ufe6a\uff05\uffe0]/],
  ['PR', /[+\\\u00b1\u2116\u2212\u2213\p{Sc}]/u],
  ['RI', /\p{Regional_Indicator}/u],
  ['QU', /["'\u275b-\u2760]/],
  ['PI', /\p{Pi}/u],
  ['PF', /\p{Pf}/u],
  ['OP', /[\u00a1\u00bf\p{Ps}]/u],
  ['CL', /\p{Pe}/u],
  ['NU', /[\u0030-\u0039\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/],
  [
    'ID',
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}\p{Extended_Pictographic}\u2e80-\u33ff\ufe30-\ufe34\uff01-\uff60\uffe2-\uffe4]/u,
  ],
  ['CM', /[\p{M}\u200c]/u],
];

/** East Asian wide characters. Quotes and brackets break differently between them than between letters. */
const WIDE =
  /^[\u1100-\u115f\u231a\u231b\u2329\u232a\u23e9-\u23f3\u2614\u2615\u2648-\u2653\u26a1\u26bd\u26be\u2705\u2728\u274c\u2753-\u2757\u2b50\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uffdc\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

interface Character {
  type: LineClass;
  wide: boolean;
}

const known = new Map<string, Character>();

/** Returns the line breaking properties of one character. */
function describeCharacter(character: string): Character {
  let described = known.get(character);
  if (described === undefined) {
    described = { type: CLASSES.find(([, pattern]) => pattern.test(character))?.[0] ?? 'AL', wide: WIDE.test(character) };
    known.set(character, described);
  }
  return described;
}
