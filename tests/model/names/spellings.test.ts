/** Every spelling of a withheld name that a reader would recognise, and texts that only look like one. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { NameFinder } from '../../../scripts/model/names/name-finder.ts';

const finderOf = (name: string, { other = [] as string[], aliases = [] as string[], ordinaryWords = [] as string[] } = {}) =>
  new NameFinder([{ names: [name, ...other], aliases, ordinaryWords }]);

/** Who: texts in which they are named for certain. */
const CERTAIN: Record<string, readonly string[]> = {
  'Zebulon Quist': [
    'Zebulon Quist said',
    'so Quist said',
    'zebulon',
    'ZEBULON QUIST',
    'Quist, Zebulon',
    'Quist Zebulon',
    'ZebulonQuist',
    'zebulonquist',
    'quistZebulon',
    'zebulon_quist.png',
    'zebulon.quist@example.org',
    'z.quist',
    'zquist',
    'zquist@example.org',
    '@quist',
    '@zquist',
    'quist2024',
    'quist@example.org',
    '#ZebulonQuist',
    '#thankszebulonquist',
    'the interviewQuist file',
    'Quist’s river',
    "Quists'",
    'Mr Quist',
    'Mr. Quist',
    'Z. Quist',
    'Quist, Z.',
    'Zebulon\nQuist',
    'Zebulon\n    Quist',
    'Zebulon\u00a0Quist',
    'Zeb**ulon** Quist',
    'Zeb_ulon_',
    'Ze\u200bbulon',
    'Ze\u00adbulon',
    'Zebu-\nlon',
    'Zebu‐lon',
    'Z e b u l o n',
    'Q.u.i.s.t',
    'Q u i s t',
    'Zebulon%20Quist',
    'https://example.org/%5Aebulon',
    'https://example.org/Zebulon+Quist',
    'Zebulon&nbsp;Quist',
    'Zeb&#117;lon',
    'Zeb&#x75;lon',
    'Ｚｅｂｕｌｏｎ',
    '𝐙𝐞𝐛𝐮𝐥𝐨𝐧',
    '𝓠𝓾𝓲𝓼𝓽',
    'Ⓠⓤⓘⓢⓣ',
    'Zébülon',
    'Ze\u0301bulon',
    'Zеbulon',
    'Quіst',
    'Zebuloп Quiѕt',
    'Зебулон Квист, in Russian: Зебулон',
    'Ζεβουλόν',
    'Zebulon "Zeb" Quist',
    'Zebulon (Zeb) Quist',
    'Zebulon X. Quist',
    '„Quist“',
    '[Quist](x.md)',
    'Quist说',
    'Quist-Interview',
    'Quist/Lee',
    '[x](https://example.org/people/zebulon)',
  ],
  "Aoife O'Brien": [
    "O'Brien",
    'O’Brien',
    'OʼBrien',
    'O`Brien',
    'O´Brien',
    'OBrien',
    'Obrien',
    'O Brien',
    'O-Brien',
    'O′Brien',
    'o_brien',
    "O\\'Brien",
    'O&apos;Brien',
    'O&#39;Brien',
    'Brien',
    'A. O’Brien',
    'O%27Brien',
  ],
  'Jean-Luc Picardin': [
    'Jean-Luc',
    'Jean‐Luc',
    'Jean‑Luc',
    'Jean‒Luc',
    'Jean–Luc',
    'Jean—Luc',
    'Jean―Luc',
    'Jean−Luc',
    'Jean\u00adLuc',
    'JeanLuc',
    'Jeanluc',
    'Jean Luc',
    'jean.luc',
    'JEAN-LUC',
    'Luc',
    'J.-L. Picardin',
  ],
  'Anne Marie Holm': ['Anne Marie', 'Annemarie', 'AnneMarie', 'anne-marie', 'anne_marie', 'Anne-Marie Holm', 'annemarieholm'],
  'Annemarie Holm': ['Anne Marie', 'Anne-Marie', 'AnneMarie', 'anne_marie'],
  'Bjørn Ødegård': ['Bjorn', 'Bjoern', 'Bjørn', 'Odegard', 'Oedegaard', 'Ødegaard', 'Bjo\u0308rn'],
  'Łukasz Wałęsa': ['Lukasz', 'Walesa', 'WAŁĘSA', 'Wale\u0328sa'],
  'Jürgen Voß': ['Jurgen', 'Juergen', 'Voss', 'JÜRGEN', 'Ju\u0308rgen', 'Herr Voß', 'VOSS', 'Voẞ'],
  'Juergen Krauss': ['Jürgen', 'Krauß'],
  'Þóra Đinh': ['Thora', 'Þora', 'Dinh', 'thóra'],
  'Ægir Øst': ['Aegir', 'AEGIR'],
  'Işıl Çağlar': ['Isil', 'Caglar', 'IŞIL', 'çağlar'],
  'Михаил Горбачёв': [
    'Горбачев',
    'Горбачёва',
    'Горбачеву',
    'Gorbachev',
    'Gorbachyov',
    'Gorbatschow',
    'Mikhail',
    'Michail',
    'M. Gorbachev',
    'gorbachev',
  ],
  'Пётр Чайковский': ['Tchaikovsky', 'Chaykovskiy', 'Tschaikowski', 'Pyotr', 'Petr', 'Чайковского', 'Пeтр'],
  'Ivan Petrov': ['Иван', 'Петров', 'Петрова', 'ПЕТРОВ', 'Петров, Иван', 'Ivаn'],
  'Γιώργος Παπαδόπουλος': ['Παπαδοπουλος', 'Papadopoulos', 'Giorgos', 'ΠΑΠΑΔΟΠΟΥΛΟΣ'],
  'Maria Papadopoulou': ['Παπαδοπούλου'],
  李娜: [
    '李娜',
    '李 娜',
    '李·娜',
    'Li Na',
    'LI Na',
    'LI, Na',
    'Lina',
    'LiNa',
    'Na Li',
    'Lǐ Nà',
    'lǐ nà',
    'Ms Li',
    'Li laoshi',
    'li-na-lao-shi',
    'li lao shi',
    'Teacher Li',
    'Dr. Li',
    '李老师',
    '李女士',
    '李总',
    '李博士',
    '李經理',
  ],
  王小明: [
    '小明',
    'Wang Xiaoming',
    'Xiaoming Wang',
    'wang xiao ming',
    'Xiao Ming Wang',
    'xiaoming',
    'WANG Xiao-ming',
    'wangxiaoming',
    '王教授',
    'wang-jiao-shou',
  ],
  张丽华: ['張麗華', '丽华', 'Zhang Lihua', 'Lihua'],
  欧阳锋: ['欧阳老师', 'Ouyang Feng', '歐陽鋒'],
  单雪: ['Shan Xue', 'shan xue', 'Xue Shan'],
  曾志伟: ['Zeng Zhiwei', 'zhiwei'],
  吕思: ['Lü Si', 'Lyu Si', 'Lv Si', 'Lu Si'],
  'Li Na': ['Li said', 'Na Li', 'LI, Na', 'li-na-and-the-river.png', 'Ms Li', 'li_na'],
  'William "Bill" Gatesby': [
    'Bill Gatesby',
    'William Gatesby',
    'we asked Bill about it',
    'William',
    "'Bill' Gatesby",
    'Bill “the boss” Gatesby',
    'gatesby, bill',
  ],
  "Robert 'Bobby' Fyshe": ['Bobby', 'Bobby Fyshe', 'bobby-fyshe'],
  'Will Young': ['Young, Will', 'Will Young', 'Mr Young', 'Mr. Young', 'W. Young', 'Herr Young', 'we asked Will about it', '@young'],
  'José Ángel de la Cruz-Núñez': ['Jose', 'Nunez', 'Cruz Nunez', 'CRUZ-NÚÑEZ', 'cruznunez', 'Angel Cruz-Nuñez'],
};

/** Texts that may well mean them, or something else. */
const LIKELY: Record<string, readonly string[]> = {
  'Zebulon Quist': ['ZQ said', 'Z. Q. said'],
  李娜: ['小李', '老李', '李某', 'Li said so', 'lina', 'na li', 'li na'],
  'Will Young': ['Will it rain?', 'In Young', 'willyoung'],
  'Adam Newmanne': ['AN said'],
};

/** Texts that mean something else. */
const INNOCENT: Record<string, readonly string[]> = {
  'Will Young': ['it will rain', 'young people will come', 'a young man'],
  'Mark May': ['mark the place in may', 'a remark, maybe', 'marked', 'it may mark it'],
  'An Long': ['an apple a day, as long as', 'along', 'a belong-ing'],
  'Li Na': ['Lithium and Sodium', 'Li2CO3 and Na2SO4', 'nali', 'signals', 'public natural'],
  李娜: ['这里那么大', '李子', '木子', 'lithium', 'Lin and Anna', 'the line', 'public nature'],
  'Zebulon Quist': ['a quiz, a quest', 'acquisition', 'Zeb and the queen', 'banquists'],
  'Al So': ['also', 'Also, we went', 'ALSO'],
  'Ana Lima': ['animal', 'Manama', 'a limass', 'banana limabeans'],
  'Adam Newman': ['a new man', 'the new manager'],
  'A. Way': ['away', 'a long way off'],
  'Anna Way': ['away'],
  'Роман Лев': ['левый', 'прямо'],
  'Dario Amodei': ['mode, scenario', 'Darius'],
  'Klaus Klein': ['ein kleines Haus', 'klein, aber fein'],
};

const rows = (table: Record<string, readonly string[]>) =>
  Object.entries(table).flatMap(([name, texts]) => texts.map((text) => [name, text] as const));

describe('certain', () => {
  it.each(rows(CERTAIN))('%s in %j', (name, text) => {
    expect(finderOf(name).find(text)).not.toBeNull();
  });

  it('is told with its place', () => {
    const text = 'A day with M\u0301r. Que\u200bst & Zebulon%20Quist.';
    expect(finderOf('Zebulon Quist').find(text)).toEqual({ index: text.indexOf('Zebulon'), text: 'Zebulon%20Quist', certainty: 'certain' });
  });
});

describe('likely', () => {
  it.each(rows(LIKELY))('%s in %j', (name, text) => {
    expect(
      finderOf(name)
        .all(text)
        .map(({ certainty }) => certainty),
    ).toContain('likely');
    expect(finderOf(name).find(text)).toBeNull();
  });
});

describe('innocent', () => {
  it.each(rows(INNOCENT))('%s in %j', (name, text) => {
    expect(finderOf(name).all(text)).toEqual([]);
  });
});

describe('in the content that ships', () => {
  const folder = path.resolve(import.meta.dirname, '../../../content');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));

  it.each([
    'Mark May',
    'Will Young',
    'Li Na',
    '李娜',
    '王伟',
    '高明',
    'Al Gore',
    'Jane Doe',
    'Max Born',
    'Иван Иванов',
    'Peter Lang',
    'Zebulon Quist',
  ])('%s is not named for certain', (name) => {
    const finder = finderOf(name);
    expect(texts.flatMap((text) => finder.find(text) ?? [])).toEqual([]);
  });

  it('Dario Amodei is', () => {
    expect(texts.filter((text) => finderOf('Dario Amodei').find(text) !== null).length).toBeGreaterThan(0);
  });
});

describe('in addresses, ids and names of files', () => {
  it.each([
    ['Zebulon Quist', 'people/zebulon%2Dquist.png'],
    ['Zebulon Quist', '010-what-did-quist-say'],
    ['Zebulon Quist', 'quist.example.org'],
    ['Zebulon Quist', 'mailto:zq@x.org?subject=Quist'],
    ['Jürgen Voß', 'xn--jrgen-kva.example'],
    ['李娜', '010-li-na-lao-shi-he-liu-you-shen-me-bian-hua'],
    ['李娜', '010-li-na-de-he-liu'],
    ['李娜', 'images/%E6%9D%8E%E5%A8%9C.png'],
    ['Li Na', '010-li-na'],
    ['Иван Щербаков', '020-shcherbakov'],
  ])('%s in %j', (name, address) => {
    expect(finderOf(name).findInAddress(address)).not.toBeNull();
  });

  it.each([
    ['Will Young', '010-where-will-young-people-go'],
    ['An Li', 'an-island'],
    ['李娜', '010-zai-na-er'],
  ])('%s is not for certain in %j', (name, address) => {
    expect(finderOf(name).findInAddress(address)).toBeNull();
  });
});

it('parts that were declared as ordinary count with a title, an initial or the whole name only', () => {
  const river = finderOf('River Starts', { ordinaryWords: ['river', 'Starts'] });
  expect(['the river starts', 'River Starts', 'Mr Starts', 'R. Starts'].map((text) => river.find(text)?.text)).toEqual([
    'river starts',
    'River Starts',
    'Starts',
    'R. Starts',
  ]);
  expect(['a river', 'it starts', 'Starts with a river'].map((text) => river.find(text))).toEqual([null, null, null]);
});
