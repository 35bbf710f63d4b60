/**
 * Runs in a page, so it may use nothing from outside itself: loads the fonts of all its text before any of it is laid out. Text whose font is still on its
 * way has Chromium ask the system for another one, word by word (0.3 s for the first deck of a page, 0.6 s for a Chinese one). What does not come is left to
 * whoever waits for the fonts of the shown page.
 */
export async function loadFonts(): Promise<void> {
  interface Font {
    style: string;
    weight: string;
    families: string[];
    characters: Set<string>;
  }
  const plainName = (family: string) => family.trim().replace(/^["']|["']$/g, '');

  /** The margins of paper are laid out by printing alone. They are no elements: elements with their style and text tell their fonts. */
  function showMargins(): Element {
    const margins = new Map<string, { style: string; text: string }>();
    for (const rule of [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])) {
      if (!(rule instanceof CSSPageRule)) continue;
      // What all rules say of a margin is in force together. Page numbers are made of digits.
      for (const margin of (rule as CSSPageRule & { cssRules?: CSSRuleList }).cssRules ?? []) {
        const { name, style } = margin as CSSRule & { name: string; style: CSSStyleDeclaration };
        const strings = [...style.getPropertyValue('content').matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, text = '']) => text);
        const before = margins.get(name) ?? { style: '', text: '0123456789' };
        margins.set(name, { style: `${before.style};${style.cssText}`, text: before.text + strings.join('') });
      }
    }
    const shown = document.createElement('div');
    shown.hidden = true;
    for (const { style, text } of margins.values()) {
      const box = document.createElement('div');
      box.style.cssText = style;
      box.textContent = text;
      shown.append(box);
    }
    document.body.append(shown);
    return shown;
  }

  function usedFonts(): Iterable<Font> {
    // Elements with the same names below each other have the same font.
    const kinds = new Map<string, number>();
    const known = new Map<Element | null, number>([[document.documentElement, 0]]);
    const kindOf = (element: Element | null): number => {
      const found = known.get(element);
      if (found !== undefined || element === null) return found ?? 0;
      const looks = ['class', 'style', 'lang'].map((name) => element.getAttribute(name));
      const key = [kindOf(element.parentElement), element.tagName, ...looks].join('/');
      const kind = kinds.get(key) ?? kinds.size + 1;
      kinds.set(key, kind);
      known.set(element, kind);
      return kind;
    };
    const texts = new Map<number, { element: Element; text: string }>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const { parentElement: element, textContent } = node;
      if (element === null || textContent === null) continue;
      const kind = kindOf(element);
      const text = texts.get(kind)?.text ?? '';
      texts.set(kind, { element, text: text + textContent });
    }
    const fonts = new Map<string, Font>();
    for (const { element, text } of texts.values()) {
      const { fontStyle: style, fontWeight: weight, fontFamily } = getComputedStyle(element);
      const key = `${style} ${weight} ${fontFamily}`;
      const characters = new Set([...(fonts.get(key)?.characters ?? []), ...text]);
      fonts.set(key, { style, weight, families: fontFamily.split(',').map(plainName), characters });
    }
    return fonts.values();
  }

  /** By family: the code points that its faces are for. Read when they are asked for, since Chinese families have hundreds of faces. */
  function readRanges(): (family: string) => readonly (readonly [first: number, last: number])[] {
    const faces = new Map<string, string[]>();
    for (const { family, unicodeRange } of document.fonts) {
      const found = faces.get(plainName(family));
      if (found === undefined) faces.set(plainName(family), [unicodeRange]);
      else found.push(unicodeRange);
    }
    const read = (range: string): readonly [number, number] => {
      const [first = '', last = first] = range.trim().slice('U+'.length).split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
    };
    const ranges = new Map<string, readonly (readonly [number, number])[]>();
    return (family) => {
      const known = ranges.get(family) ?? [...new Set(faces.get(family))].flatMap((each) => each.split(',').map(read));
      ranges.set(family, known);
      return known;
    };
  }

  const margins = showMargins();
  const fonts = [...usedFonts()];
  margins.remove();
  const rangesOf = readRanges();
  const loading: Promise<unknown>[] = [];
  for (const { style, weight, families, characters } of fonts) {
    let rest = [...characters];
    // Family by family, for what those before it do not have. Of all at once, every one that has a character would be loaded.
    for (const family of families) {
      const ranges = rangesOf(family);
      const isIn = (character: string) => {
        const code = character.codePointAt(0) ?? 0;
        return ranges.some(([first, last]) => first <= code && code <= last);
      };
      const own = rest.filter(isIn);
      if (own.length > 0) loading.push(document.fonts.load(`${style} ${weight} 16px "${family}"`, own.join('')));
      rest = rest.filter((character) => !own.includes(character));
      if (rest.length === 0) break;
    }
  }
  await Promise.allSettled(loading);
}
