/** Finds the labels of a text and decides which of them are speakers. */
import type { ImportFinding } from '../../finding.ts';
import { finding } from '../../finding-text.ts';
import { participantsOf } from './head.ts';
import { type Label, nameAlone, parseLabel, timeAlone } from './label.ts';
import type { ReadingState } from './reading-state.ts';
import { isRole, looksNamed } from './speaker-words.ts';
import { decideSpeakers, labelKey, type Speakers } from './speakers.ts';
import type { TextLine } from './turn-lines.ts';

export function labelLines(lines: readonly TextLine[]): Pick<ReadingState, 'labels' | 'speakers'> {
  const labels = new Map<number, Label>();
  let paragraphs = 0;
  let before: TextLine | undefined;
  for (const line of lines) {
    const label = line.type === 'words' ? (parseLabel(labelText(line)) ?? nameBelowTime(lines, line)) : null;
    if (label !== null) labels.set(line.at, label);
    if (line.type === 'words' && (before?.type !== 'words' || label !== null)) paragraphs += 1;
    before = line;
  }
  const listed = lines.flatMap(({ text }) => participantsOf(text));
  const introduced = introductions(labels);
  for (const at of introduced.keys()) labels.delete(at);
  const known = [...listed, ...introduced.values()];
  return { labels, speakers: decideSpeakers([...labels.values()], { paragraphs, known }) };
}

/**
 * Finds lines such as `Interviewer: Ana Lee` in the head, which name people. A role that speaks as a label itself occurs more than once.
 */
function introductions(labels: ReadonlyMap<number, Label>): Map<number, string> {
  const roles = new Map<string, number>();
  for (const { name } of labels.values()) if (isRole(name)) roles.set(labelKey(name), (roles.get(labelKey(name)) ?? 0) + 1);
  const names = [...labels].filter(
    ([, { name, rest, mark }]) =>
      mark !== 'timed' && roles.get(labelKey(name)) === 1 && rest.length <= 40 && /\s/.test(rest.trim()) && looksNamed(rest),
  );
  return new Map(names.map(([at, { rest }]) => [at, rest.replace(/[(（,，].*$/, '').trim()]));
}

/** Reads time, name and words on separate lines, as in documents of Teams. */
function nameBelowTime(lines: readonly TextLine[], { at, raw }: TextLine): Label | null {
  const times = lines[at + 1]?.type === 'words' ? timeAlone(lines[at - 1]?.raw ?? '') : null;
  const name = times === null ? null : nameAlone(raw);
  return times === null || name === null ? null : { name, start: times[0], end: times[1], rest: '', mark: 'bare' };
}

/** Removes the marks of quotes and list items, where Markdown may have labels too. */
function labelText({ raw, isMarkdown }: TextLine): string {
  return isMarkdown ? raw.replace(/^(?:>\s?)+/, '').replace(/^[-*+]\s+(?=\S)/, '') : raw;
}

export function isAccepted(label: Label | undefined, { accepted }: Speakers): label is Label {
  return label !== undefined && accepted.has(labelKey(label.name));
}

/** Reports possible speakers whose label occurs only once. */
export function unsureLabels({ lines, labels, speakers, sections, draft, firstTurn }: ReadingState): ImportFinding[] {
  if (firstTurn === Number.POSITIVE_INFINITY) return [];
  const unsure = [...labels].filter(
    ([at, { name }]) => at > firstTurn && !sections.headings.has(at) && speakers.unsure.has(labelKey(name)),
  );
  return unsure.map(([at, { name }]) =>
    finding('unsure-speaker', { file: draft.file, line: lines[at]?.line ?? 1, column: 1 }, { label: name }),
  );
}
