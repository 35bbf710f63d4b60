import type { QuoteFault } from './quote-fault.ts';

/** What each kind of finding carries. */
export interface ProblemArgs {
  'unknown-tag': { tag: string; suggestion: string | null };
  'unknown-section': { section: string; suggestion: string | null };
  'unknown-person': { person: string; suggestion: string | null };
  'unknown-term': { term: string; suggestion: string | null };
  'unknown-key': { key: string; suggestion: string | null };
  'unknown-language': { language: string; known: string[] };
  'invalid-value': { key: string; reason: string };
  'missing-key': { key: string };
  'invalid-yaml': { reason: string };
  'unclosed-front-matter': Record<never, never>;
  'missing-front-matter': Record<never, never>;
  'refused-front-matter': { language: string };
  'duplicate-id': { id: string; kind: string; other: string };
  'invalid-file-name': { expected: string };
  'orphan-translation': { base: string };
  'missing-translation': { language: string; base: string };
  'translation-mismatch': { key: string; reason: string };
  'missing-interview': { interview: string };
  'empty-theme': { theme: string; query: string };
  'query-syntax': { found: string; expected: string };
  'no-theme': { tags: string[] };
  'unknown-heading': { heading: string };
  'missing-image': { src: string };
  'unsafe-path': { path: string };
  'image-name': { src: string };
  'file-too-large': { bytes: number; limit: number };
  'not-text': Record<never, never>;
  'unreadable-file': { reason: string };
  'unverified-quote': { quote: string; fault: QuoteFault; nearest: { text: string; line: number } | null };
  'unchecked-quote': { quote: string; translated: boolean };
  'other-speaker': { quote: string; other: string; speaker: string; line: number };
  'false-attribution': { name: string; speaker: string | null };
  'too-many-key-takeaways': { theme: string; count: number; limit: number };
  'empty-exchange': Record<never, never>;
  'misplaced-text': { key: string };
  'withheld-name': { where: string; name: string };
  'hidden-character': { characters: string[] };
  'no-glyph': { characters: string[] };
  'raw-html': { html: string };
  'image-too-large': { src: string; bytes: number; limit: number };
}
