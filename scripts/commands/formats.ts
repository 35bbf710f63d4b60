/** The formats that `--format` knows. Each has a file format-<name>.ts here that prepares it, and one in export/ that makes it. */
export const FORMATS = ['slides', 'briefing', 'handout'] as const;
export type Format = (typeof FORMATS)[number];
/** Those that are made when nobody says which. */
export const DEFAULT_FORMATS: readonly Format[] = ['slides', 'briefing'];
