/** A page of the browser with the theme's own styles and fonts, which sets text in columns and reads back its lines. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-chromium';
import { launchBrowser } from '../../scripts/export/browser/browser.ts';

const root = path.resolve(import.meta.dirname, '../..');
const styles = path.join(root, 'templates/theme/styles');
const types: Record<string, string> = { '.css': 'text/css', '.woff2': 'font/woff2', '.woff': 'font/woff' };

/** Text to be set: HTML in an element of the theme, in a column. */
export interface Setting {
  html: string;
  lang: string;
  face: string;
  size: number;
  column: number;
  /** CSS for this element alone. */
  css?: string;
}

export interface TypePage {
  page: Page;
  /** The lines of each setting as the browser breaks them. */
  set: (settings: readonly Setting[]) => Promise<string[][]>;
  close: () => Promise<void>;
}

/** Opens the page; nothing is reached but the theme's files, handed over by this process. */
export async function openTypePage(): Promise<TypePage> {
  const { browser } = await launchBrowser({ explicit: null, env: process.env }, 9);
  const page = await browser.newPage();
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: await document() });
    const [, inPackage] = pathname.split('/@fontsource/');
    const file =
      inPackage === undefined ? path.join(styles, path.basename(pathname)) : path.join(root, 'node_modules/@fontsource', inPackage);
    return route.fulfill({ contentType: types[path.extname(file)] ?? 'text/plain', body: await readFile(file) });
  });
  await page.goto('http://type.test/');
  return { page, set: (settings) => page.evaluate(setAndRead, settings), close: () => browser.close() };
}

async function document(): Promise<string> {
  const index = await readFile(path.join(styles, 'index.ts'), 'utf8');
  const sheets = [...index.matchAll(/'\.\/([\w-]+\.css)'/g)].map(([, name]) => `<link rel="stylesheet" href="/${name}">`);
  return `<!doctype html><html><meta charset="utf-8">${sheets.join('')}<body></body></html>`;
}

/** Runs in the page. */
async function setAndRead(settings: readonly Setting[]): Promise<string[][]> {
  const holder = window.document.createElement('div');
  holder.className = 'slidev-layout';
  holder.style.cssText = 'height:auto;overflow:visible;width:2000px';
  for (const { html, lang, face, size, column, css } of settings) {
    const block = window.document.createElement('div');
    block.lang = lang;
    const family = face.startsWith('serif') ? 'serif' : face === 'mono' ? 'mono' : 'sans';
    block.style.cssText = `width:${column}px;font-family:var(--${family});font-size:${size}px;font-weight:${face.endsWith('bold') ? 700 : 400};font-style:${face.endsWith('italic') ? 'italic' : 'normal'};${css ?? ''}`;
    block.innerHTML = html;
    holder.append(block);
  }
  window.document.body.replaceChildren(holder);
  // Text asks for its fonts when it is laid out.
  holder.getBoundingClientRect();
  await window.document.fonts.ready;
  const range = window.document.createRange();
  /** The box of the first character from an offset on that has one: a space at a line's end has none. */
  const boxFrom = (node: Node, from: number, length: number): DOMRect | null => {
    for (let at = from; at < length; at += 1) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getClientRects()[0];
      if (box !== undefined && box.width > 0) return box;
    }
    return null;
  };
  /** Where in a text node the first line below `bottom` begins. Lines only ever go down, so halving finds it. */
  const nextLine = (node: Node, from: number, length: number, bottom: number): number => {
    let [low, high] = [from, length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((boxFrom(node, middle, length)?.top ?? Number.NEGATIVE_INFINITY) > bottom) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return [...holder.children].map((block) => {
    const lines = [''];
    let bottom = Number.NEGATIVE_INFINITY;
    const walker = window.document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      let from = 0;
      while (from < text.length) {
        const next = nextLine(node, from, text.length, bottom);
        lines.push((lines.pop() ?? '') + text.slice(from, next));
        const box = boxFrom(node, next, text.length);
        if (box === null) break;
        lines.push('');
        bottom = box.bottom - box.height / 3;
        from = next;
      }
    }
    return lines.slice(1);
  });
}
