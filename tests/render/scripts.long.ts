/** The world's scripts: the planner's widths are the browser's, and every face and character comes from a font of the theme. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FACES, inLanguage } from '../../scripts/model/outputs/metrics.ts';
import { loadMetrics } from '../../scripts/render/fonts/load-metrics.ts';
import { makeBoxFont } from './box-font.ts';
import { openTypePage, type TypePage } from './type-page.ts';

const theme = path.resolve(import.meta.dirname, '../../templates/theme');
const { width, hasGlyph } = await loadMetrics(theme);

/** Words that need more than one glyph after the other: joined letters, marks, vowels before their consonant, pictures made of several characters. */
const words: Readonly<Record<string, string>> = {
  ar: 'النهر يتغير ببطء، ثم دفعة واحدة. هل هذا صحيح؟ ١٢٣٤ لا إله إلّا مُحَمَّدٌ می‌خواهم پیچیده',
  he: 'הנהר משתנה לאט, ואז בבת אחת! שָׁלוֹם עֲלֵיכֶם ק"מ ₪',
  hi: 'नदी धीरे-धीरे बदलती है, फिर एकदम। क्षेत्र श्री प्रश्न विद्यार्थी ज्ञान संस्कृत हिन्दी',
  th: 'แม่น้ำเปลี่ยนแปลงอย่างช้าๆ แล้วก็เปลี่ยนทันที ที่นี่ ผู้ใหญ่ ปี่ ฐาน ญาติ',
  ko: '강은 천천히 변하다가 한꺼번에 변합니다. 漢字',
  ja: '川はゆっくり変わり、そして「一気に」変わる。働く込む々ー…—',
  ta: 'ஆறு மெதுவாக மாறுகிறது ஸ்ரீ கௌரி',
  gu: 'નદી ધીમે ધીમે બદલાય છે ક્ષેત્ર',
  my: 'မြစ်သည် ဖြည်းဖြည်း ပြောင်းလဲသည်',
  lo: 'ແມ່ນ້ຳປ່ຽນຊ້າໆ',
  km: 'ទន្លេផ្លាស់ប្តូរយឺតៗ ស្រី ខ្មែរ',
  ka: 'მდინარე ნელა იცვლება',
  hy: 'Գետը դանդաղ է փոխվում',
  am: 'ወንዙ ቀስ በቀስ ይለወጣል።',
  ru: 'Река меняется медленно — ґ, ї, қ, ә, й, ё',
  el: 'Ο ποταμός αλλάζει αργά, ἀρχή, ᾧ, ΐ',
  vi: 'Dòng sông thay đổi chậm, rồi đột ngột: đường, ệ, ữ, ẵ',
  en: '🎉 👨‍👩‍👧 🌊 🇩🇪 👍🏽 1⃣ ❤ ✅ ✔ ☀ 🏳‍🌈 👁‍🗨 ☎ 🧑🏿‍💻 🏃‍♂ → ⇒ ∑ ∫ √ ─┌┐ ✓ ₹ ₽ ₿ ₪ ⁴ ⁵ ₁ ⅓ 𝄞 ♫ ℃ Ⅳ x̂ H̵ 𝐀 ⠿ ① ⑳ \ue000 𐎀',
};

const joined: Readonly<Record<string, string>> = {
  'hi-x-joiner': 'र्‍य क्‍ष',
  bn: 'নদী ধীরে ধীরে বদলায় ক্ষ জ্ঞ স্ত্রী বিশ্ববিদ্যালয়',
  te: 'నది నెమ్మదిగా మారుతుంది క్షేత్రం స్త్రీ',
  kn: 'ನದಿ ನಿಧಾನವಾಗಿ ಬದಲಾಗುತ್ತದೆ ಕ್ಷೇತ್ರ',
  ml: 'നദി പതുക്കെ മാറുന്നു ക്ഷേത്രം സ്ത്രീ',
  pa: 'ਦਰਿਆ ਹੌਲੀ ਹੌਲੀ ਬਦਲਦਾ ਹੈ',
  si: 'ගංගාව සෙමින් වෙනස් වේ ශ්‍රී',
};

let page: TypePage;
beforeAll(async () => {
  page = await openTypePage();
});
afterAll(() => page.close());

describe('the widths that the planner measures with are those of the browser', () => {
  const faces = ['sans', 'sans-bold', 'serif-bold'] as const;

  const measure = async (lang: string, text: string) => {
    const each = text.split(' ');
    const measured = [];
    for (const face of faces) {
      await page.set(each.map((word) => ({ html: `<b style="font-weight:inherit">${word}</b>`, lang, face, size: 50, column: 2000 })));
      const browser = await page.page.evaluate(() =>
        [...document.querySelectorAll('.slidev-layout b')].map((word) => word.getBoundingClientRect().width),
      );
      const planner = each.map((word) => inLanguage(width, lang)(word, face, 50));
      measured.push(...each.map((word, index) => ({ word, face, browser: browser[index] ?? 0, planner: planner[index] ?? 0 })));
    }
    return measured;
  };

  it.each(Object.entries(words))('in %s', async (lang, text) => {
    const different = (await measure(lang, text)).filter(({ browser, planner }) => Math.abs(browser - planner) > 0.01 * browser + 0.5);
    expect(different).toEqual([]);
  });

  // fontkit does not join all their letters.
  it.each(Object.entries(joined))('in %s, or wider', async (lang, text) => {
    const different = (await measure(lang, text)).filter(
      ({ browser, planner }) => planner < 0.99 * browser - 0.5 || planner > 1.5 * browser + 1,
    );
    expect(different).toEqual([]);
  });
});

describe('characters', () => {
  it('of every script named above have a font', () => {
    const shown = [...Object.values(words), ...Object.values(joined)].join(' ').replace(/[\ue000𐎀]/gu, '');
    const clusters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(shown.normalize())].map(({ segment }) => segment);
    expect(clusters.filter((cluster) => !hasGlyph(cluster))).toEqual([]);
  });

  it.each(['\ue000', '\u{10fffd}', '\u0378', '\ufdd0', '𐎀', '\u{1f8ff}'])('without a font (%j) are a box, and known to be', (character) => {
    expect(hasGlyph(character)).toBe(false);
    expect(FACES.map((face) => width(character, face, 100))).toEqual(FACES.map(() => 70));
  });

  it('that are not drawn need none', () => {
    expect(['\u200d', '\ufe0f', '\u00ad', '\u2060', '\u202b'].filter((character) => !hasGlyph(character))).toEqual([]);
  });
});

it('the box font is what box-font.ts makes', async () => {
  expect(Buffer.from(await readFile(path.join(theme, 'styles/box.ttf'))).equals(Buffer.from(makeBoxFont()))).toBe(true);
});
