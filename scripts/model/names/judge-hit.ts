/** How sure it is that letters which spell a name are the name. */
import type { Characters } from './folded-text.ts';
import { type Certainty, judgeForm, type Where } from './judge-form.ts';
import type { Form } from './name-forms.ts';
import { ORDINARY_WORDS } from './ordinary-words.ts';
import { endsWord, type Gap, type Hit, isEdge, Seen } from './seen-hit.ts';

/** Null: it is something else. */
export function judgeHit(hit: Hit, form: Form, text: Characters, where: Where): Certainty | null {
  const seen = new Seen(hit, text);
  const judged = form.script === 'unspaced' ? judgeUnspaced(form, seen) : judgeSpaced(form, seen, where);
  return judged === 'likely' && form.ordinary.has(hit.letters) ? null : judged;
}

function judgeSpaced(form: Form, seen: Seen, where: Where): Certainty | null {
  const edges = judgeEdges(seen, form, where);
  const gaps = edges === null ? null : judgeGaps(seen, form);
  const written = gaps === null ? null : judgeForm(seen, form, where);
  return written !== null && (edges === 'likely' || gaps === 'likely') ? 'likely' : written;
}

/** Chinese names stand anywhere, with a dot or a space between family name and given name at most. */
function judgeUnspaced({ kind }: Form, seen: Seen): Certainty | null {
  const gaps = seen.gaps();
  if (gaps.some(({ text }) => !/^[\s\p{P}\p{S}]{1,3}$/u.test(text) || BREAKS.test(text))) return null;
  // A foreign name in Katakana has edges.
  if (/\p{Script=Katakana}/u.test(seen.word()) && /\p{Script=Katakana}/u.test(`${seen.before(1)}${seen.after(1)}`)) return null;
  if (kind !== 'whole' && gaps.length > 0) return null;
  return kind === 'familiar' ? 'likely' : 'certain';
}

/** A name stands between the edges of words. */
function judgeEdges(seen: Seen, { kind, units, script }: Form, where: Where): Certainty | null {
  const { length } = seen.hit.letters;
  if (kind === 'whole' && units.length > 1 && length >= LEAST_INSIDE) return 'certain';
  const begins = isEdge(seen.character(seen.first - 1), seen.character(seen.first));
  if (begins && endsWord(seen)) return 'certain';
  // Petrov, Petrova, Petrovu: Slavic names are declined.
  const isDeclined = begins && length >= LEAST_DECLINED && /^\p{Script=Cyrillic}{1,3}(?!\p{L})/u.test(seen.after(4));
  if (isDeclined) return seen.isCapital(0) && script !== 'pinyin' ? 'certain' : 'likely';
  const isName = kind === 'whole' || kind === 'part';
  return where === 'address' && isName && length >= LEAST_WITHIN_ADDRESS ? 'likely' : null;
}

/** Whether what stands between the letters may stand within a name. */
function judgeGaps(seen: Seen, form: Form): Certainty | null {
  const { borders } = seen.hit;
  const gaps = seen.gaps();
  if (gaps.some(({ text }) => /[\p{L}\p{N}]/u.test(text) || text.length > LONGEST_GAP)) return null;
  const between = gaps.filter(({ before }) => borders.includes(before));
  if (between.some((gap) => isBreak(gap, seen, form))) return null;
  // Syllables of pinyin may be parted anywhere.
  const isSyllable = ({ text }: Gap) => form.script === 'pinyin' && /^[\s\p{Pd}_.'’]{1,2}$/u.test(text);
  const within = gaps.filter((gap) => !borders.includes(gap.before) && !isSyllable(gap));
  return within.length === 0 ? 'certain' : judgeParted(within, between.length, seen, form);
}

/** Whether a sentence or a paragraph ends there, so that "Will. Young people" is no name. Names that no word resembles are found all the same. */
function isBreak({ text, before }: Gap, { hit: { borders } }: Seen, { kind, common, script }: Form): boolean {
  const unit = [0, ...borders].findLast((border) => border < before) ?? 0;
  const isInitial = before - unit === 1;
  return (BREAKS.test(text) && !isInitial && (common || script === 'pinyin')) || (kind === 'initialled' && /\n\s*\n/.test(text));
}

/** Zebu-lon, Z e b u l o n, Anne Marie: what is one word, in pieces. "A new man" is not Newman. */
function judgeParted(within: readonly Gap[], between: number, seen: Seen, { kind }: Form): Certainty | null {
  const { letters } = seen.hit;
  if (letters.length < LEAST_PARTED || kind === 'initials' || kind === 'initialled') return null;
  if (within.some(({ text }) => BREAKS.test(text) || text.length > LONGEST_PART_GAP)) return null;
  const isSpacedOut = within.length === letters.length - 1 - between && within.length >= LEAST_SPACED_OUT;
  if (isSpacedOut) return 'certain';
  const cuts = within.map(({ before }) => before);
  const pieces = [0, ...cuts].map((from, index) => letters.slice(from, cuts[index] ?? letters.length));
  const isOrdinary = pieces.some((piece) => ORDINARY_WORDS.has(piece) || piece.length < 2);
  const isCapital = seen.isCapital(0);
  if (isOrdinary && !isCapital && within.some(({ text }) => /^\s+$/u.test(text))) return null;
  const isSure = ({ text, before }: Gap) => {
    const isHyphen = !/\s/u.test(text) || /^[-‐]\s*\n\s*$/u.test(text);
    return isHyphen ? !isOrdinary || isCapital : isCapital && seen.isCapital(before);
  };
  return within.every(isSure) ? 'certain' : 'likely';
}

/** The end of a sentence, a paragraph or a cell. */
const BREAKS = /[.!?;:。！？；：|]\s|\n\s*\n|\t/u;
/** In characters. */
const LONGEST_GAP = 8;
const LONGEST_PART_GAP = 3;
/** In letters. A whole name of so many is found within other words. */
const LEAST_INSIDE = 9;
const LEAST_WITHIN_ADDRESS = 5;
const LEAST_DECLINED = 4;
/** Shorter ones in pieces are other words. */
const LEAST_PARTED = 5;
/** In gaps: Q u i s t. */
const LEAST_SPACED_OUT = 3;
