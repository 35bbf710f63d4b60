/**
 * Runs in a page, so it must not use anything outside itself. Loads the fonts of all text before the text is laid out: while a font is
 * still loading, Chromium asks the system for a replacement, word by word (0.3 s for the first deck of a page, 0.6 s for a Chinese one).
 * Missing fonts are ignored; the check of the shown page's fonts reports them.
 */
export async function loadFonts(): Promise<void> {
  interface Font {
    style: string;
    weight: string;
    families: string[];
    characters: Set<string>;
  }
  const plainName = (family: string) => family.trim().replace(/^["']|["']$/g, '');

  /**
   * Creates elements with the style and text of the page margins, to find out their fonts: margins are laid out only for printing, and are
   * not elements.
   */
  function showMargins(): Element {
    const margins = new Map<string, { style: string; text: string }>();
    for (const rule of [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])) {
      if (!(rule instanceof CSSPageRule)) continue;
      // The declarations of all rules for a margin apply together. Page numbers consist of digits.
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
    // Elements with the same tag, class, style and language, below the same ancestors, have the same font.
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

  /** By family: the code points that its faces cover. Parsed on request, because Chinese families have hundreds of faces. */
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
    // One family at a time, each for the characters that the families before it lack. Otherwise every family with a character would be
    // loaded.
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
