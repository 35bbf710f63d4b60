/** Puts findings into words: severity, message and hint. The only place that does so. */
import type { Place, Problem, ProblemCode, Wording } from './problem.ts';
import type { ProblemArgs } from './problem-args.ts';

// Findings about images

const imageWording: Pick<
  Wording,
  'missing-image' | 'image-without-name' | 'far-image' | 'image-format' | 'broken-image' | 'flawed-image' | 'image-too-large'
> = {
  'missing-image': {
    severity: 'error',
    message: ({ src }) => `there is no image "${src}"`,
    hint: ({ src, suggestion }) =>
      suggestion === null
        ? 'image paths are relative to the file that names them'
        : suggestion.toLowerCase() === src.split('/').at(-1)?.toLowerCase()
          ? `there is "${suggestion}": small and capital letters in names differ`
          : `there is "${suggestion}"`,
  },
  'image-without-name': {
    severity: 'error',
    message: () => 'this image names no file',
    hint: () => 'write its name: ![what it shows](map.png)',
  },
  'far-image': {
    severity: 'error',
    message: ({ src }) => `"${src}" is not a file beside the text; pictures from elsewhere are not fetched`,
    hint: () => 'save it in the content folder and write its name: ![what it shows](map.png)',
  },
  'image-format': {
    severity: 'error',
    message: ({ src, format }) => `the image "${src}" is there, but its format (${format}) is not shown`,
    hint: () => 'save it as png, jpg, webp, gif or svg',
  },
  'broken-image': {
    severity: 'error',
    message: ({ src, flaw }) => `the image "${src}" ${flaw}`,
    hint: () => 'copy or export it again, and open it in a browser',
  },
  'flawed-image': {
    severity: 'warning',
    message: ({ src, flaw }) => `the image "${src}" ${flaw}`,
    hint: () => 'copy or export it again, with its fonts and pictures in it; or save it as png, which needs no other files',
  },
  'image-too-large': {
    severity: 'error',
    message: ({ src, bytes, limit }) => `the image "${src}" has ${bytes} bytes; at most ${limit} are shown`,
    hint: () => 'make it smaller: a slide is 1960 pixels wide at most',
  },
};

// Marks of other Markdown dialects that slides show as typed. `plain` are marks of Markdown in places for plain text

export type TypedMark = keyof typeof typedMarks;

const typedMarks = {
  footnote: { is: 'there are no footnotes', instead: 'write what it says in the text or the notes' },
  strike: { is: 'there is no struck-through text', instead: 'remove the words, or the marks' },
  task: { is: 'there are no task boxes', instead: 'write a word in place of the box, such as "done"' },
  address: { is: 'a bare address is no link', instead: 'write <https://...> or [words](https://...)' },
  formula: { is: 'there are no formulas', instead: 'write it with plain characters (E = mc²), or show it as a picture' },
  rule: { is: 'there are no lines between paragraphs', instead: 'remove it; slides divide themselves' },
  link: { is: 'links lead to https:, http: and mailto: addresses only', instead: 'write the whole address, or the words alone' },
  highlight: { is: 'there is no highlighted text', instead: 'write **words** for bold' },
  'wiki-link': { is: 'there are no links between content files', instead: 'write the words alone; terms and themes link themselves' },
  callout: { is: 'there are no callouts', instead: 'leave the mark out: a quote begins with >' },
  container: { is: 'there are no containers', instead: 'remove the line' },
  image: { is: 'a path with spaces or brackets needs <> around it', instead: 'write ![what it shows](<map 1.png>)' },
  'image-inside': { is: 'pictures stand between paragraphs, not in headings, tables or bold', instead: 'give it a line of its own' },
  plain: { is: 'this value is plain text, without Markdown', instead: 'remove the marks' },
} satisfies Record<string, { is: string; instead: string }>;

const typedMarkWording: Pick<Wording, 'typed-mark'> = {
  'typed-mark': {
    severity: 'warning',
    message: ({ mark, text }) => `"${text}" is shown as it is typed: ${typedMarks[mark].is}`,
    hint: ({ mark }) => typedMarks[mark].instead,
  },
};

type StoryCode =
  | 'unknown-exchange'
  | 'ambiguous-exchange'
  | 'exchange-not-in-theme'
  | 'step-without-exhibit'
  | 'story-without-answer'
  | 'answer-not-shown';

const storyWording: Pick<Wording, StoryCode> = {
  'unknown-exchange': {
    severity: 'error',
    message: ({ address }) => `there is no exchange "${address}"`,
    hint: ({ suggestion }) => orElse(suggestion, 'write its id: the file name without number and .md'),
  },
  'ambiguous-exchange': {
    severity: 'error',
    message: ({ address, interviews }) => `"${address}" is an exchange in ${interviews.length} interviews: ${listOf(interviews)}`,
    hint: ({ address, interviews }) => `write ${interviews[0]}/${address}`,
  },
  'exchange-not-in-theme': {
    severity: 'error',
    message: ({ address, theme }) => `the theme "${theme}" does not have the exchange "${address}"`,
    hint: () => "give the exchange a tag of the theme's query, or show another one",
  },
  'step-without-exhibit': {
    severity: 'warning',
    message: ({ exchange }) => `this step has no exhibit: "${exchange}" has neither a figure nor a quote`,
    hint: () => 'give the exchange a figure, or quote the answer in its points',
  },
  'story-without-answer': {
    severity: 'warning',
    message: () => 'the story has no answer',
    hint: () => 'add `answer:` with the sentence for the cover',
  },
  'answer-not-shown': {
    severity: 'warning',
    message: () => 'no step of the story carries the answer',
    hint: () => 'give one step `role: answer`',
  },
};

const wording: Wording = {
  ...imageWording,
  ...typedMarkWording,
  ...storyWording,
  'unknown-tag': {
    severity: 'error',
    message: ({ tag }) => `no theme and no tag list declares the tag "${tag}"`,
    hint: ({ suggestion }) => orElse(suggestion, 'declare it in tags.md or correct it'),
  },
  'unknown-section': {
    severity: 'error',
    message: ({ section }) => `the interview has no section "${section}"`,
    hint: ({ suggestion }) => orElse(suggestion, "add it to `sections` in the interview's index.md"),
  },
  'unknown-person': {
    severity: 'error',
    message: ({ person }) => `the interview has no person "${person}"`,
    hint: ({ suggestion }) => orElse(suggestion, "add the person to `people` in the interview's index.md"),
  },
  'unknown-term': {
    severity: 'error',
    message: ({ term }) => `there is no term "${term}"`,
    hint: ({ suggestion }) => orElse(suggestion, `write it: terms/${'<id>'}.md`),
  },
  'unknown-key': {
    severity: 'error',
    message: ({ key }) => `unknown key "${key}"`,
    hint: ({ suggestion }) => orElse(suggestion, 'remove it; README.md lists the keys'),
  },
  'unknown-language': {
    severity: 'error',
    message: ({ language }) => `there is no locale for the language "${language}"`,
    hint: ({ known }) => `known: ${known.join(', ')}; a new one is a file in templates/locales/`,
  },
  'invalid-value': { severity: 'error', message: ({ key, reason }) => `${key}: ${reason}`, hint: () => 'correct the value' },
  'missing-key': {
    severity: 'error',
    message: ({ key }) => `the key "${key}" is missing`,
    hint: ({ key }) => `add \`${key}:\` to the front matter`,
  },
  'invalid-yaml': {
    severity: 'error',
    message: ({ reason }) => `the front matter is not valid YAML: ${reason}`,
    hint: () => 'put texts that hold ": " or "#" in quotes',
  },
  'unclosed-front-matter': {
    severity: 'error',
    message: () => 'the front matter is never closed',
    hint: () => 'end it with a line that is just ---',
  },
  'missing-front-matter': {
    severity: 'error',
    message: () => 'the file has no front matter',
    hint: () => 'start it with a line ---, the keys, and a line ---',
  },
  'refused-front-matter': {
    severity: 'error',
    message: ({ language }) => `front matter in "${language}" is refused; only YAML is read`,
    hint: () => 'write --- alone on the first line',
  },
  'duplicate-id': {
    severity: 'error',
    message: ({ id, kind, other }) => `the ${kind} id "${id}" is already used by ${other}`,
    hint: () => 'give one of the two another name',
  },
  'theme-id-taken': {
    severity: 'error',
    message: ({ id, other }) => `the deck of a theme "${id}" would have the file name of ${other}`,
    hint: () => 'rename the file of the theme, and its id in queries and tags',
  },
  'invalid-file-name': {
    severity: 'error',
    message: () => 'this file name cannot be read',
    hint: ({ expected }) => `expected ${expected}`,
  },
  'orphan-translation': {
    severity: 'error',
    message: ({ base }) => `a translation of ${base}, which does not exist`,
    hint: () => 'rename it or write the base file',
  },
  'missing-translation': {
    severity: 'warning',
    message: ({ language, base }) => `no ${language} translation of ${base}; decks show the base text`,
    hint: ({ language, base }) => `write ${base.replace(/\.md$/, `.${language}.md`)}`,
  },
  'translation-mismatch': {
    severity: 'error',
    message: ({ key, reason }) => `${key}: ${reason}`,
    hint: () => 'a translation has the same items in the same order as its base file',
  },
  'missing-interview': {
    severity: 'error',
    message: ({ interview }) => `the interview "${interview}" has no index.md`,
    hint: () => 'write index.md with its title, date, lang and people',
  },
  'empty-theme': {
    severity: 'error',
    message: ({ theme, query }) => `no exchange matches the theme "${theme}" (query: ${query})`,
    hint: () => 'tag an exchange with it or correct the query',
  },
  'query-syntax': {
    severity: 'error',
    message: ({ found, expected }) => `the query cannot be read: found ${found === '' ? 'the end' : `"${found}"`}, expected ${expected}`,
    hint: () => 'queries are tags joined by and, or, not and parentheses',
  },
  'no-theme': {
    severity: 'warning',
    message: ({ tags }) => `no theme takes this exchange (tags: ${tags.length > 0 ? tags.join(', ') : 'none'})`,
    hint: () => 'add a tag that a theme asks for',
  },
  'unknown-heading': {
    severity: 'error',
    message: ({ heading }) => `unknown section "## ${heading}"`,
    hint: () => 'an exchange has points, then ## Notes, then ## Transcript',
  },
  'wide-table': {
    severity: 'warning',
    message: ({ columns }) => `the ${columns} columns of this table have no room beside each other, not even in small type`,
    hint: () => 'make two tables of it, turn rows into columns, or shorten its longest words',
  },
  'long-text': {
    severity: 'warning',
    message: ({ key, characters }) => `${key} has ${characters} characters: slides show it in small type, and some not whole`,
    hint: () => 'shorten it, and say the rest in the text',
  },
  'ignored-file': {
    severity: 'warning',
    message: ({ extension }) => `this file is not read: content is Markdown in files named .md, not ${extension}`,
    hint: () => 'rename it to .md; a transcript comes in by `import`',
  },
  'unsafe-path': {
    severity: 'error',
    message: ({ path }) => `"${path}" leads outside the content folder`,
    hint: () => 'copy the file into the content folder',
  },
  'file-too-large': {
    severity: 'error',
    message: ({ bytes, limit }) => `the file has ${bytes} bytes; at most ${limit} are read`,
    hint: () => 'split it into several exchanges',
  },
  'not-text': { severity: 'error', message: () => 'the file is not UTF-8 text', hint: () => 'save it as UTF-8' },
  'unreadable-file': {
    severity: 'error',
    message: ({ reason }) => `the file cannot be read: ${reason}`,
    hint: () => 'make it readable or remove it',
  },
  'unverified-quote': {
    severity: 'error',
    message: ({ quote, fault, nearest }) =>
      `${describeQuoteFault(fault, quote)}${nearest === null ? '' : `; the nearest passage, line ${nearest.line}: "${nearest.text}"`}`,
    hint: ({ fault }) => hintForQuote(fault),
  },
  'unchecked-quote': {
    severity: 'warning',
    message: ({ quote, translated }) =>
      `the quote "${quote}" cannot be checked: ${translated ? 'the translation has no transcript, and the words are not in that of the base file' : 'the exchange has no transcript'}`,
    hint: ({ translated }) =>
      translated
        ? 'add the translated answer as ## Transcript, or write a point in place of a quote'
        : 'add the full answer as ## Transcript',
  },
  'other-speaker': {
    severity: 'error',
    message: ({ quote, other, line }) => `the quote "${quote}" is what ${other} says in the transcript (line ${line})`,
    hint: ({ speaker }) => `quote ${speaker}, or correct \`speaker\``,
  },
  'false-attribution': {
    severity: 'error',
    message: ({ name, speaker }) =>
      `the quote is attributed to "${name}", which is ${speaker === null ? 'not the name of anybody in the interview' : `not a name of the speaker, ${speaker}`}`,
    hint: ({ speaker }) =>
      `${speaker === null ? '' : `write "— ${speaker}", `}${speaker === null ? 'leave' : 'or leave'} the name out: the slide adds it`,
  },
  'too-many-key-takeaways': {
    severity: 'warning',
    message: ({ theme, count, limit }) => `the theme "${theme}" has ${count} key takeaways; the bottom line shows the first ${limit}`,
    hint: () => 'take `key: true` from the less important exchanges',
  },
  'empty-exchange': {
    severity: 'warning',
    message: () => 'the exchange has neither points nor a transcript',
    hint: () => 'write two to five points below the front matter',
  },
  'misplaced-text': {
    severity: 'error',
    message: ({ key }) => `"${key}" belongs in the base file, not in a translation`,
    hint: () => 'a translation holds only text; remove the key',
  },
  'withheld-name': {
    severity: 'error',
    message: ({ where, name }) => `${where} says "${name}", and somebody of that name must not be named (\`attribution\`)`,
    hint: () => 'leave the name out; a part of a name that is an ordinary word too can stand in `ordinaryWords` of the person',
  },
  'likely-name': {
    severity: 'warning',
    message: ({ where, name }) => `${where} says "${name}", which may name somebody who must not be named (\`attribution\`)`,
    hint: () => 'leave it out if it does; else put it into `ordinaryWords` of the person',
  },
  'hidden-character': {
    severity: 'warning',
    message: ({ characters }) => `invisible characters: ${listOf(characters.map((each) => `${codeOf(each)}, ${effectOf(each)}`))}`,
    hint: () => 'remove them, unless the text is written from right to left',
  },
  'no-glyph': {
    severity: 'warning',
    message: ({ characters }) =>
      `no font of the theme has ${listOf(characters.map((each) => `"${each}" (${codesOf(each)})`))}: a box is shown`,
    hint: () => 'write it in other words, or add a font to theme/styles/scripts.css',
  },
  'raw-html': {
    severity: 'warning',
    message: ({ html }) => `${html} is shown as text: this is Markdown, not HTML`,
    hint: () => 'a backslash at the end of a line breaks it, *stars* emphasise, notes to yourself belong in another file',
  },
};

const MOST_LISTED = 5;

function listOf(items: readonly string[]): string {
  const more = items.length > MOST_LISTED ? `; and ${items.length - MOST_LISTED} more` : '';
  return items.slice(0, MOST_LISTED).join('; ') + more;
}

/** Returns the code points of a character and its combining marks, in Unicode notation: U+202E. */
function codesOf(cluster: string): string {
  return [...cluster].map(codeOf).join(' ');
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function effectOf(character: string): string {
  return character < '\u00a0' ? 'a control character that no slide shows' : 'which turns the direction of the text around it';
}

function orElse(suggestion: string | null, fallback: string): string {
  return suggestion === null ? fallback : `did you mean "${suggestion}"?`;
}

/** Makes a finding. Its code determines its severity. */
export function problem<C extends ProblemCode>(code: C, place: Place, args: ProblemArgs[C]): Problem {
  // `code` selects both `args` and the wording, so the types match, but TypeScript cannot follow that.
  return { ...place, code, severity: wording[code].severity, args } as Problem;
}

/** Returns the message of a finding and a hint about what to do, in plain English. */
export function describeProblem(finding: Problem): { message: string; hint: string } {
  const words = wording[finding.code] as { message: (args: Problem['args']) => string; hint: (args: Problem['args']) => string };
  return { message: words.message(finding.args), hint: words.hint(finding.args) };
}

/** Why a quote is rejected. */
export type QuoteFault =
  /** The words do not occur side by side. `at` is the first word that never follows those before it. */
  | { type: 'words'; at: string }
  /** A piece beside an ellipsis is so short that almost any text contains it. */
  | { type: 'short-piece'; piece: string }
  | { type: 'many-gaps'; most: number }
  /** The words occur, but in another order, too far apart, or with another speaker between them. */
  | { type: 'far-apart'; reach: number }
  /** An ellipsis replaces a "not", or brackets contain one. */
  | { type: 'negation' }
  /** The brackets hold more words than the rest of the quote. */
  | { type: 'brackets' };

/** Returns the message about a quote. */
function describeQuoteFault(fault: QuoteFault, quote: string): string {
  switch (fault.type) {
    case 'words':
      return `the transcript does not contain the quote "${quote}": it differs at "${fault.at}"`;
    case 'short-piece':
      return `the quote "${quote}" leaves words out around "${fault.piece}", which is too short to be told from other places`;
    case 'many-gaps':
      return `the quote "${quote}" leaves words out more than ${fault.most} times`;
    case 'far-apart':
      return `the transcript does not contain the quote "${quote}": its pieces are there, but not in this order in one answer, at most ${fault.reach} words apart`;
    case 'negation':
      return `the quote "${quote}" leaves out a "not", or puts one in`;
    case 'brackets':
      return `the quote "${quote}" has more words in brackets than words that were said`;
  }
}

/** Returns the hint about a quote. */
function hintForQuote({ type }: QuoteFault): string {
  if (type === 'words') return 'quote the words of ## Transcript, or write a point in place of a quote';
  return type === 'negation' ? 'quote the sentence as it was said' : 'quote each passage on its own';
}
