/** Slides as presentations that can be edited: each generated deck of the slides folder. */
import path from 'node:path';
import { NameFinder } from '../model/names/name-finder.ts';
import { withheldIn } from '../plan/withdrawal.ts';
import type { OutputRequest } from './outputs.ts';
import { type Glyphs, prepareJob } from './prepare-job.ts';
import type { Settings } from './settings.ts';
import { loadWorkspace, type Workspace } from './workspace.ts';

/** What makes a presentation of a deck's file, which is read anew for every try. The content says who must not be named in it. */
export function presentationRequest(
  file: string,
  dark: boolean,
  hasGlyph: Glyphs,
  settings: Settings,
  workspace: () => Promise<Workspace> = () => loadWorkspace(settings),
): OutputRequest {
  return {
    format: 'pptx',
    name: path.basename(file, '.md'),
    async prepare(shared) {
      const prepared = await prepareJob(file, dark ? 'dark' : 'light', hasGlyph, settings, null, shared);
      if ('error' in prepared) return prepared;
      const { job } = prepared;
      const sources = new Set(job.deck.slides.flatMap(({ source }) => source ?? []));
      const findWithheld = async (text: string) => {
        const withheld = withheldIn(sources, (await workspace()).corpus);
        return withheld.length === 0 ? null : (new NameFinder(withheld).find(text)?.text ?? null);
      };
      return { job: { ...job, format: 'pptx', findWithheld } };
    },
  };
}
