/** The formats that `--format` knows. Each has a file format-<name>.ts here that prepares it, and one in export/ that makes it. */
export const FORMATS = ['slides', 'briefing'] as const;
export type Format = (typeof FORMATS)[number];
