import { stripVTControlCharacters } from 'node:util';

/**
 * The first line of what Vite, Rolldown or Slidev threw that says something, for people to read: without colours, and of several errors gathered in one
 * ("Build failed with 2 errors:") the first of them.
 */
export function plainReason(error: unknown): string {
  // Vite throws errors of other realms and plain objects too.
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  const lines = stripVTControlCharacters(String(message))
    .split('\n')
    .map((line) => line.trim());
  const reason = lines.find((line) => line !== '' && !/^Build failed with \d+ errors?:?$/.test(line)) ?? 'it says no reason';
  return reason.replace(/^\[(?:plugin [^\]]+|[A-Z_]+)\]\s*/, '');
}
