/** Characters that are not what they seem: marks that nobody sees but that turn text around, and those that no font of the theme can show. */

import type { Place } from '../../model/problems/problem.ts';
import { blocksToPlain, inlineToPlain } from '../../model/text/text.ts';
import type { Findings } from '../findings.ts';
import type { Matter } from '../kinds/page-matter.ts';
import { isRecord } from '../kinds/yaml.ts';
import type { KeyPath } from '../kinds/yaml-position.ts';
import type { Part } from './markdown.ts';

/** Control characters (line ends aside), and those that turn the direction of the text around them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const HIDDEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069]/g;
/** Characters that are not ASCII, with the marks on them: one font has to have both. */
const NOT_ASCII = /[\0-\u007f]\p{M}+|[^\0-\u007f]\p{M}*/gu;

export interface Texts {
  file: string;
  /** The file as it is. */
  source: string;
  matter: Matter;
  parts: readonly Part[];
}

/** Reports each kind once for a file, with the characters and the place of the first. `canShow` is not asked of ASCII alone. */
export function reportStrangeCharacters(texts: Texts, canShow: (cluster: string) => boolean, findings: Findings): void {
  const read = readTexts(texts);
  const hidden = find(texts, read, (text) => text.match(HIDDEN) ?? []);
  if (hidden !== null) findings.add('hidden-character', hidden.place, { characters: hidden.characters });
  const shown = read.filter(({ isShown }) => isShown);
  const missing = find(texts, shown, (text) => (text.normalize().match(NOT_ASCII) ?? []).filter((cluster) => !canShow(cluster)));
  if (missing !== null) findings.add('no-glyph', missing.place, { characters: missing.characters });
}

interface ReadText {
  text: string;
  place: () => Place;
  isShown: boolean;
}

/** Values of the front matter, and the body up to its notes: what comes after them stands on no slide, or only as a draft. */
function readTexts({ file, matter, parts }: Texts): ReadText[] {
  const values = stringsIn(matter.data, []).map(({ path, text }) => ({ text, place: () => matter.at(path), isShown: true }));
  let isShown = true;
  const body = parts.map((part) => {
    const text = part.type === 'block' ? blocksToPlain([part.block]) : inlineToPlain(part.children);
    if (part.type === 'heading' && part.depth === 2 && /^(?:notes|transcript)$/i.test(text.trim())) isShown = false;
    return { text, place: () => ({ file, line: part.line, column: part.column }), isShown };
  });
  return [...values, ...body];
}

function stringsIn(value: unknown, path: KeyPath): { path: KeyPath; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => stringsIn(item, [...path, index]));
  return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => stringsIn(item, [...path, key])) : [];
}

/** The different characters that are found, and where the first of them stands: exactly, unless it was written as an escape. */
function find(
  { file, source }: Texts,
  texts: readonly ReadText[],
  charactersIn: (text: string) => readonly string[],
): { characters: string[]; place: Place } | null {
  const characters = new Set<string>();
  let place: Place | null = null;
  for (const { text, place: placeOf } of texts) {
    const [first, ...rest] = charactersIn(text);
    if (first === undefined) continue;
    for (const character of [first, ...rest]) characters.add(character);
    place ??= placeInSource(file, source, placeOf(), first);
  }
  return place === null ? null : { characters: [...characters], place };
}

/** From where the text begins, to the character itself. */
function placeInSource(file: string, source: string, start: Place, character: string): Place {
  const lines = source.split('\n');
  const before = lines.slice(0, start.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + start.column - 1;
  const at = source.indexOf(character, before);
  if (at === -1) return start;
  const line = source.slice(0, at).split('\n');
  return { file, line: line.length, column: (line.at(-1)?.length ?? 0) + 1 };
}
