/** Words and sentences for content that nobody wrote: varied enough that text repeats no more than in real interviews. */

/** Numbers from a seed, evenly from 0 up to 1 (mulberry32, public domain). */
export type Chance = () => number;

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const pick = <T>(items: readonly T[], chance: Chance): T => items[Math.floor(chance() * items.length)] as T;

/** Between the two, both included. */
export const between = (least: number, most: number, chance: Chance): number => least + Math.floor(chance() * (most - least + 1));

const ADJECTIVES =
  'local early costly public steady modest private seasonal shared aging open rural careful uneven formal slow regional narrow cheap patient municipal quiet binding temporary independent'.split(
    ' ',
  );
const NOUNS =
  'budget river council pump survey contract harvest permit reservoir ledger market clinic grid tariff engineer audit village archive standard supplier ferry school forest orchard insurer loan turbine bridge sensor depot warehouse cooperative inspector pipeline forecast charter union bakery registry harbour tenant landlord curriculum vaccine shelter'.split(
    ' ',
  );
const VERBS =
  'delays funds replaces measures protects weakens publishes repairs outgrows reviews limits supports doubles questions records shapes postpones simplifies insures connects'.split(
    ' ',
  );
const OPENINGS = [
  'In practice',
  'By the second year',
  'For most of them',
  'Since the reform',
  'Where money is short',
  'On paper',
  'After the flood of 2019',
  'In her experience',
  'Seen from the ministry',
  'Without a register',
];
const ENDINGS = [
  'and nobody keeps the figures',
  'which took about 18 months',
  'at a cost of roughly 4.5 million a year',
  'although the law says otherwise',
  'so the decision moved to the regions',
  'because staff leave after two winters',
  'and that surprised even the auditors',
  'unless the province pays its share first',
  'while demand grew by 12 per cent',
  'as the engineers had warned in 2016',
];
const CHINESE =
  '预算由地方承担|工程师很早就提出过警告|合同每两年重新审查一次|居民并不了解这些数字|水价在改革之后上涨了百分之十二|登记制度至今没有建立|村里的学校先修好了屋顶|保险公司要求公开全部记录|这笔贷款拖延了将近十八个月|港口的仓库已经不够用了|审计报告让所有人感到意外|合作社自己承担了一半费用|冬天之后许多人离开了|标准由省里统一制定|市场比预期恢复得更快'.split(
    '|',
  );

const SYLLABLES = 'ar bel cor dan el far gor hal im jor kel lun mar nor os per quin ros sel tor ul ven wy yar zel'.split(' ');

/** `the local budget`, `the Torvenbel registry`: names make the words of a large content as many as in real ones. */
export function thing(chance: Chance): string {
  return `the ${chance() < 0.25 ? nameOf(chance) : pick(ADJECTIVES, chance)} ${pick(NOUNS, chance)}`;
}

function nameOf(chance: Chance): string {
  const name = Array.from({ length: between(2, 4, chance) }, () => pick(SYLLABLES, chance)).join('');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** 8 to 25 words, without the full stop. */
export function clause(chance: Chance): string {
  const opening = chance() < 0.5 ? `${pick(OPENINGS, chance)}, ` : '';
  const number = chance() < 0.3 ? ` ${between(2, 400, chance)} times over` : '';
  const ending = chance() < 0.7 ? ` ${pick(ENDINGS, chance)}` : ` next to ${thing(chance)}`;
  const text = `${opening}${thing(chance)} ${pick(VERBS, chance)} ${thing(chance)}${number}${ending}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function sentences(count: number, chance: Chance): string {
  return Array.from({ length: count }, () => `${clause(chance)}.`).join(' ');
}

/** `local-budget`: for ids and tags. */
export function slugOf(chance: Chance): string {
  return `${pick(ADJECTIVES, chance)}-${pick(NOUNS, chance)}`;
}

export function chinese(count: number, chance: Chance): string {
  return `${Array.from({ length: count }, () => pick(CHINESE, chance)).join('，')}。`;
}
