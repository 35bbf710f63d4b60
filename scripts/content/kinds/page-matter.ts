import grayMatter from 'gray-matter';
import type { Place } from '../../model/problems/problem.ts';
import { type Findings, startOf } from '../findings.ts';
import type { KeyPath } from './yaml.ts';
import { parseYaml } from './yaml.ts';

/** A content file split into its front matter (data with places) and its body (text). */
export interface PageMatter {
  file: string;
  /** The front matter before any schema, or null when it cannot be read. */
  data: Readonly<Record<string, unknown>> | null;
  /** The source of the front matter; the beginning of the file when the front matter is never closed. */
  source: string;
  /** Returns the place of a key or value. For a path that does not exist, the place of the nearest existing parent. */
  at(path: KeyPath, part?: 'key' | 'value'): Place;
  /** Returns the place of a character in a text value, as exactly as quotes and line folding allow. */
  inside(path: KeyPath, offset: number): Place;
  /** The Markdown below the front matter and its first line; null when the end of the front matter cannot be found. */
  body: { text: string; line: number } | null;
}

const MAX_LENGTH = 200_000;

/** Splits a content file. Parts that cannot be read are reported. */
export function readMatter(file: string, text: string, findings: Findings): PageMatter {
  const nothing: PageMatter = {
    file,
    data: null,
    source: text.slice(0, MAX_LENGTH),
    at: () => startOf(file),
    inside: () => startOf(file),
    body: null,
  };
  const fence = readFence(text);
  switch (fence.state) {
    case 'missing':
      findings.add('missing-front-matter', startOf(file), {});
      return nothing;
    case 'refused':
      findings.add('refused-front-matter', startOf(file), { language: fence.language });
      return nothing;
    case 'unclosed':
      findings.add('unclosed-front-matter', { file, line: fence.line, column: 1 }, {});
      return nothing;
    case 'closed':
      break;
  }
  const { source, body: rest } = split(text);
  const body = { text: rest, line: countLines(text, text.length - rest.length) };
  if (source.length > MAX_LENGTH) {
    findings.add('invalid-yaml', startOf(file), { reason: `it has ${source.length} characters; at most ${MAX_LENGTH} are read` });
    return { ...nothing, source: source.slice(0, MAX_LENGTH), body };
  }
  const yaml = parseYaml(source);
  for (const { line, column, reason } of yaml.failures) findings.add('invalid-yaml', { file, line, column }, { reason });

  const placeAt = (offset: number | null): Place => (offset === null ? startOf(file) : { file, ...yaml.placeOf(offset) });
  return {
    file,
    data: yaml.data,
    source,
    at: (path, part = 'value') => placeAt(yaml.offsetOf(path, part)),
    inside(path, offset) {
      const start = yaml.offsetOf(path, 'value');
      const value = path.reduce<unknown>(
        (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
        yaml.data,
      );
      if (start === null || typeof value !== 'string') return placeAt(start);
      return placeAt(start + offsetInSource(source.slice(start), value, offset));
    },
    body,
  };
}

type Fence = { state: 'missing' } | { state: 'refused'; language: string } | { state: 'unclosed'; line: number } | { state: 'closed' };

/**
 * Checks the fences before gray-matter does. gray-matter accepts another language on the first line, takes any line that begins with
 * `---` for the closing fence, and takes the whole file for front matter when there is no closing fence.
 */
function readFence(text: string): Fence {
  if (!text.startsWith('---') || text.charAt(3) === '-') return { state: 'missing' };
  const lineEnd = text.indexOf('\n');
  const language = text.slice(3, lineEnd === -1 ? undefined : lineEnd).trim();
  if (language !== '' && !/^ya?ml$/i.test(language)) return { state: 'refused', language: language.slice(0, 40) };
  const end = lineEnd === -1 ? -1 : text.indexOf('\n---', lineEnd);
  if (end === -1) return { state: 'unclosed', line: 1 };
  const next = text.indexOf('\n', end + 1);
  const line = text.slice(end + 1, next === -1 ? undefined : next);
  return line.trimEnd() === '---' ? { state: 'closed' } : { state: 'unclosed', line: countLines(text, end + 1) };
}

function split(text: string): { source: string; body: string } {
  // gray-matter passes the text from the end of the opening fence on, so its first line is the first line of the file.
  let source = '';
  const keep = (given: string) => {
    source = given;
    return {};
  };
  const refuse = (): never => {
    throw new TypeError('only YAML front matter is read');
  };
  // Always pass options: without them gray-matter caches, and a second failure of the same text goes unnoticed. The engines for
  // JavaScript and JSON are replaced for safety, although readFence rejects them already.
  const engines = { yaml: keep, javascript: refuse, json: refuse };
  const { content } = grayMatter(text, { language: 'yaml', engines });
  return { source, body: content };
}

function countLines(text: string, end: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/**
 * Converts an offset in the value into one in the source. Quotes, block headers and folding change the text, but not the order of its
 * visible characters.
 */
function offsetInSource(source: string, value: string, offset: number): number {
  const header = /^(?:["']|[|>][^\n]*\n)/.exec(source)?.[0].length ?? 0;
  const atEnd = offset >= value.length;
  let left = value.slice(0, offset).replace(/\s/g, '').length;
  for (let at = header; at < source.length; at += 1) {
    const visible = !/\s/.test(source.charAt(at));
    if (left === 0 && (visible || atEnd)) return at;
    if (visible) left -= 1;
  }
  return source.length;
}
