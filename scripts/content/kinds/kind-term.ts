import type { z } from 'zod';
import type { Term } from '../../model/corpus.ts';
import { termMatter, termTranslation } from '../../model/front-matter.ts';
import type { Block } from '../../model/text/text.ts';
import { wholeText } from '../markdown/whole-text.ts';
import type { Draft, Kind } from './page-draft.ts';

type TermText = Term['text'][string];
type TermMatter = z.output<typeof termMatter>;
type TermTranslation = z.output<typeof termTranslation>;

export type TermDraft = Draft<TermMatter, TermTranslation, Block[], TermText>;

export const termKind: Kind<TermMatter, TermTranslation, Block[], TermText> = {
  schema: termMatter,
  translationSchema: termTranslation,
  body: wholeText,
  text: ({ term, aliases }, { body }) => ({ term, aliases, definition: body }),
  translate: (base, { term, aliases }, { body }) => ({
    term: term ?? base.term,
    aliases: aliases ?? base.aliases,
    definition: body.length > 0 ? body : base.definition,
  }),
};
