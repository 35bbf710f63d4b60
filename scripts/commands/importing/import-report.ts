/** Reports an import, in words and as JSON. */
import path from 'node:path';
import type { ImportFinding } from '../../import/finding.ts';
import { describeFinding } from '../../import/finding-text.ts';
import { unifiedDiff } from '../../import/merge/diff.ts';
import type { ImportPlan } from '../../import/plan-import.ts';
import { pathFromHere } from '../../shared/paths.ts';
import type { Imported, ImportOptions } from '../import.ts';
import { plural } from '../problems.ts';
import type { Settings } from '../settings.ts';

/** Reports every finding with its place in the imported file. */
export function sayFindings(findings: readonly ImportFinding[], { report }: Settings): void {
  for (const found of findings) {
    const { message, hint } = describeFinding(found);
    report.warn(
      `${found.file}:${found.line}:${found.column} ${found.severity} ${found.code}: ${message}; ${hint}`.replace(/\s*[\r\n]\s*/g, ' '),
    );
  }
}

/** Reports a line for each interview, and what happened to the exchanges of an existing one. */
export function sayImport(imported: Imported, options: ImportOptions, settings: Settings): void {
  const { plans, declared, failed } = imported;
  const { report, folders } = settings;
  const at = (file: string) => pathFromHere(path.join(folders.content, file));
  const mark = options.dryRun ? '·' : '✓';
  for (const plan of plans) {
    report.say(`${mark} ${at(`interviews/${plan.id}`)} ${plan.isNew ? describeNew(plan) : describeChanges(plan)}`);
    sayFiles(plan, at, report);
    if (options.explain) for (const line of explanations(plan, at)) report.say(line);
  }
  if (declared.length > 0) report.say(`${mark} ${at('tags.md')} ${plural(declared.length, 'new tag')}: ${declared.join(', ')}`);
  saySuggested(imported, options, report);
  if (options.dryRun) report.say('nothing was written (--dry-run)');
  else if (plans.length > 0 && failed.length === 0) report.say('next: npm run briefdeck -- check');
}

function sayFiles({ isNew, exchanges, terms }: ImportPlan, at: (file: string) => string, report: Settings['report']): void {
  if (!isNew) {
    for (const file of exchanges.added) report.say(`  + ${at(file)}`);
    for (const file of exchanges.changed) report.say(`  ~ ${at(file)}`);
    for (const file of exchanges.gone) report.warn(`  - ${at(file)} is not in the file any more; it stays: remove it yourself`);
  }
  if (terms.kept.length > 0) report.say(`  kept as in the content: ${plural(terms.kept.length, 'term')} of the file`);
}

function saySuggested({ plans }: Imported, { making }: ImportOptions, report: Settings['report']): void {
  const count = plans.flatMap(({ suggestions }) => suggestions).filter(({ open }) => open.length > 0).length;
  if (count === 0) return;
  const where = making.suggestTags
    ? 'written to `tags` where there were none'
    : 'written to `suggested`; with --suggest-tags they become tags';
  report.say(`${plural(count, 'exchange')} with tags suggested by the keywords of the themes: ${where}`);
}

/** Returns the report for --json. It contains the diff only when nothing is written. */
export function importAsJson(
  { plans, findings, failed, declared, changes }: Imported,
  { dryRun }: ImportOptions,
  { folders }: Settings,
): object {
  return {
    dryRun,
    content: pathFromHere(folders.content),
    interviews: plans.map(({ id, isNew, exchanges, people, sections, terms, suggestions }) => ({
      id,
      state: isNew ? 'new' : 'updated',
      exchanges,
      people,
      sections,
      terms,
      suggestions: suggestions.filter((each) => each.suggestions.length > 0),
    })),
    tags: declared,
    findings: findings.map((found) => ({ ...found, ...describeFinding(found) })),
    failed: failed.map(({ message, hint }) => ({ error: message, hint })),
    ...(dryRun ? { diff: unifiedDiff(changes) } : {}),
  };
}

function describeNew({ exchanges, sections, people, terms }: ImportPlan): string {
  const asking = people.filter(({ role }) => role === 'interviewer').map(({ name }) => name);
  const who = asking.length === 0 ? '' : ` (${asking.join(', ')} ${asking.length === 1 ? 'asks' : 'ask'})`;
  const parts = [
    `${plural(exchanges.added.length, 'exchange')}${sections === 0 ? '' : ` in ${plural(sections, 'section')}`}`,
    `${people.length === 1 ? '1 person' : `${people.length} people`}${who}`,
    ...(terms.added.length === 0 ? [] : [plural(terms.added.length, 'term')]),
  ];
  return `new: ${parts.join(', ')}`;
}

function describeChanges({ exchanges: { added, changed, kept, gone } }: ImportPlan): string {
  return `${added.length} added, ${changed.length} changed, ${kept.length} kept, ${gone.length} gone`;
}

function explanations({ suggestions }: ImportPlan, at: (file: string) => string): string[] {
  return suggestions.flatMap(({ file, suggestions: each }) =>
    each.flatMap(({ tag, because }) => [
      `${at(file)}: ${tag}`,
      ...because.map(
        ({ keyword, times, sentence }) => `    "${keyword}"${times > 1 ? `, ${times} times, first` : ''} in: ${shortened(sentence)}`,
      ),
    ]),
  );
}

function shortened(sentence: string): string {
  return sentence.length > 160 ? `${sentence.slice(0, 159).replace(/[\ud800-\udbff]$/, '')}…` : sentence;
}
