/** How sure it is that letters are a name, from the way in which they are written. */
import type { Form } from './name-forms.ts';
import { ABBREVIATIONS, CAPITALISED_WORDS, ORDINARY_WORDS } from './ordinary-words.ts';
import { hasInitial, hasTitle, hasTones, isHandle, type Seen } from './seen-hit.ts';

/** certain: nothing else can be meant, or so little else that it must be looked at. likely: it may well be something else. */
export type Certainty = 'certain' | 'likely';
/** In a text that people read; in an address, an id or the name of a file, which are mostly in small letters. */
export type Where = 'text' | 'address';

/** Null: it is something else. The letters stand between the edges of words, and what is between them may be in a name. */
export function judgeForm(seen: Seen, form: Form, where: Where): Certainty | null {
  switch (form.kind) {
    case 'part':
      return judgePart(seen, form, where);
    case 'initialled':
      return seen.gaps().length === 0 ? judgeJoinedInitial(seen, form, where) : judgeInitialled(seen, form, where);
    case 'initials':
      return judgeInitials(seen, where);
    case 'whole':
      return form.common ? judgeOrdinaryWhole(seen, form, where) : judgeWhole(seen, form, where);
    case 'addressed':
      return 'certain';
    case 'familiar':
      return 'likely';
  }
}

function judgeWhole(seen: Seen, { reversed }: Form, where: Where): Certainty | null {
  const { letters } = seen.hit;
  const [gap] = seen.gaps();
  if (letters.length >= LEAST_TOGETHER || hasTones(seen)) return 'certain';
  // Al So, Li Na: short ones may be other words.
  if (gap === undefined) {
    if (ORDINARY_WORDS.has(letters) || (reversed && !seen.isCapital(0))) return null;
    return seen.isCapital(0) ? 'certain' : 'likely';
  }
  if (seen.hasCapitals()) return 'certain';
  if (reversed) return gap.text.includes(',') && seen.isCapital(0) ? 'certain' : 'likely';
  const isMarked = where === 'address' || !/\s/.test(gap.text);
  return isMarked || seen.isCapital(0) ? 'certain' : 'likely';
}

/** Will Young, May Long. */
function judgeOrdinaryWhole(seen: Seen, { reversed, script }: Form, where: Where): Certainty | null {
  const { letters } = seen.hit;
  const isJoined = seen.gaps().length === 0;
  if (isJoined && ORDINARY_WORDS.has(letters)) return null;
  if (seen.hasCapitals() && (!isJoined || letters.length >= LEAST_TOGETHER)) return 'certain';
  if ((reversed || (isJoined && letters.length < LEAST_TOGETHER)) && !seen.isCapital(0)) return null;
  return reversed || isJoined || where === 'address' || script === 'pinyin' ? 'likely' : 'certain';
}

/** Q. Zebulon, Zebulon Q. */
function judgeInitialled(seen: Seen, { common, reversed }: Form, where: Where): Certainty | null {
  if (!seen.hasCapitals()) return where === 'address' && !common ? 'certain' : null;
  const isMarked = /[.,]/.test(`${seen.gaps()[0]?.text ?? ''}${reversed ? seen.after(1) : ''}`);
  return isMarked ? 'certain' : 'likely';
}

/** zquist, quistz. */
function judgeJoinedInitial(seen: Seen, { common, reversed }: Form, where: Where): Certainty | null {
  const { letters } = seen.hit;
  if (ORDINARY_WORDS.has(letters) || letters.length < LEAST_JOINED) return null;
  if (reversed || common) return 'likely';
  return letters.length >= LEAST_TOGETHER || where === 'address' || isHandle(seen) ? 'certain' : 'likely';
}

function judgePart(seen: Seen, form: Form, where: Where): Certainty | null {
  const { letters } = seen.hit;
  if (hasTitle(seen) || hasInitial(seen)) return 'certain';
  if (form.declared) return null;
  if (form.script === 'pinyin') return judgePinyin(seen, form, where);
  if (form.common || ORDINARY_WORDS.has(letters)) return judgeOrdinary(seen, where);
  if (where === 'address') return letters.length < LEAST_IN_ADDRESS ? null : 'certain';
  return letters.length > 2 ? 'certain' : judgeShort(seen);
}

/** Li, Na. */
function judgeShort(seen: Seen): Certainty | null {
  // Li2CO3 is lithium carbonate.
  if (/^\d/.test(seen.after(1))) return null;
  if (ABBREVIATIONS.has(seen.hit.letters) && seen.isCapital(1)) return 'likely';
  return seen.isCapital(0) ? 'certain' : 'likely';
}

/** A given name of two syllables, or a family name, which stands for many characters. */
function judgePinyin(seen: Seen, { units, common }: Form, where: Where): Certainty | null {
  const { letters } = seen.hit;
  const isCapital = seen.isCapital(0);
  if (units.length > 1 && !common)
    return letters.length >= LEAST_TOGETHER || (isCapital && seen.gaps().length === 0) ? 'certain' : 'likely';
  return isCapital && where === 'text' && !ORDINARY_WORDS.has(letters) ? 'likely' : null;
}

/** Will, Young: a name in the middle of a sentence, with a capital that nothing else explains. */
function judgeOrdinary(seen: Seen, where: Where): Certainty | null {
  if (isHandle(seen)) return 'certain';
  if (where === 'address' || !seen.isCapital(0)) return null;
  const isPlain = /\p{Ll}/u.test(seen.word());
  const isWithin = /(?:^|\P{L})\p{Ll}+,? $/u.test(seen.before(24));
  const isFollowed = /^ \p{Lu}/u.test(seen.after(2));
  return isPlain && isWithin && !isFollowed && !CAPITALISED_WORDS.has(seen.hit.letters) ? 'certain' : 'likely';
}

/** J. Doe's initials stand in capitals, and mean a hundred other things. */
function judgeInitials(seen: Seen, where: Where): Certainty | null {
  if (where === 'address' || ABBREVIATIONS.has(seen.hit.letters)) return null;
  const isShort = seen.gaps().every(({ text }) => text === '.' || text === '. ');
  return isShort && /^\p{Lu}+$/u.test(seen.word()) ? 'likely' : null;
}

/** In letters. Shorter names written together ("Al So") would be found in ordinary words. */
const LEAST_TOGETHER = 6;
const LEAST_JOINED = 4;
const LEAST_IN_ADDRESS = 3;
