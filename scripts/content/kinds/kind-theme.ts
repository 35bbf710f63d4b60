import type { z } from 'zod';
import type { Theme } from '../../model/corpus.ts';
import { themeMatter, themeTranslation } from '../../model/front-matter.ts';
import type { Block } from '../../model/text/text.ts';
import { wholeText } from '../markdown/whole-text.ts';
import type { Draft, Kind } from './page-draft.ts';

type ThemeText = Theme['text'][string];
type ThemeMatter = z.output<typeof themeMatter>;
type ThemeTranslation = z.output<typeof themeTranslation>;

export type ThemeDraft = Draft<ThemeMatter, ThemeTranslation, Block[], ThemeText>;

export const themeKind: Kind<ThemeMatter, ThemeTranslation, Block[], ThemeText> = {
  schema: themeMatter,
  translationSchema: themeTranslation,
  body: wholeText,
  text: ({ title, subtitle, keywords }, { body }) => ({ title, subtitle: subtitle ?? null, summary: body, keywords }),
  translate: (base, { title, subtitle, keywords }, { body }) => ({
    title: title ?? base.title,
    subtitle: subtitle ?? base.subtitle,
    summary: body.length > 0 ? body : base.summary,
    keywords: keywords ?? base.keywords,
  }),
};
