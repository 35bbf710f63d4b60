import { z } from 'zod';

/** All labels that templates print, in one language. `{name}` is replaced by a value. */
export const localeSchema = z.strictObject({
  /** The full BCP 47 tag that documents carry, such as zh-Hans. */
  languageTag: z.string().min(2),
  /** The name of the language in that language. */
  name: z.string().min(1),
  labels: z.record(z.string(), z.string()),
});
export type Locale = z.infer<typeof localeSchema> & { code: string };
