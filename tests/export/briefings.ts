/** Briefings of a content folder, ready to be printed, without the command line around them. */
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { judgeDecks } from '../../scripts/commands/decks/judge-decks.ts';
import { prepareBriefing } from '../../scripts/commands/outputs/format-briefing.ts';
import type { Settings } from '../../scripts/commands/settings.ts';
import { loadWorkspace, type Workspace } from '../../scripts/commands/workspace.ts';
import type { PaperJob } from '../../scripts/export/run/export-job.ts';
import type { Briefing } from '../../scripts/model/outputs/briefing.ts';
import type { PaperSize } from '../../scripts/model/outputs/paper.ts';
import { planBriefing } from '../../scripts/plan/plan-briefing.ts';
import { projectRoot } from '../../scripts/shared/paths.ts';
import { createReport } from '../../scripts/shared/report.ts';

export interface PreparedBriefing {
  briefing: Briefing;
  job: PaperJob;
}

/** Every briefing of a content folder by its name, as of 23 November 2026. Those that are to be none are not in it; throws where one cannot be made. */
export async function briefingsOf(content: string, size: PaperSize = 'a4'): Promise<Map<string, PreparedBriefing>> {
  const settings = settingsFor(content);
  const workspace = await loadWorkspace(settings);
  const briefings = new Map<string, PreparedBriefing>();
  for (const verdict of await judgeDecks(workspace, [], settings)) {
    if (verdict.state !== 'wanted') continue;
    const prepared = await prepareBriefing(verdict, workspace, { paper: size, settings });
    if ('error' in prepared) throw prepared.error;
    briefings.set(prepared.job.name, { briefing: planOf(verdict.theme, verdict.lang, workspace), job: prepared.job });
  }
  return briefings;
}

const DAY = '2026-11-23';

function planOf(id: string, lang: string, { corpus, templates, earlier }: Workspace): Briefing {
  const theme = corpus.themes.find((each) => each.id === id);
  if (theme === undefined) throw new TypeError(`no theme ${id}`);
  return planBriefing(theme, { corpus, lang, today: DAY, earlier, measure: templates });
}

function settingsFor(content: string): Settings {
  return {
    folders: {
      content,
      slides: path.join(content, '../no-slides'),
      templates: path.join(projectRoot, 'templates'),
      out: path.join(content, '../out'),
    },
    languages: null,
    report: createReport({ json: false, quiet: true, out: new PassThrough(), err: new PassThrough() }),
    signal: new AbortController().signal,
    env: process.env,
    now: new Date(`${DAY}T00:00:00Z`),
  };
}
